"""The article's editor as one of several that may be open: what grew from an older text is joined, not overwritten."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.snippets.views.snippets import EditView

from warta.newsroom.actions.edit import StaleTextError, claim, go_on, open_editor, refuse
from warta.newsroom.actions.join import join
from warta.newsroom.comparing import as_sent, compare
from warta.newsroom.desk.approving import ByRole, take_up_when_saved
from warta.newsroom.desk.joining import show
from warta.newsroom.desk.places import Labels, names_of_others
from warta.newsroom.desk.publishing import ChecksFirst
from warta.newsroom.desk.rules.overview import RuleButtons
from warta.newsroom.models import OpenEditor


class TabForm(WagtailAdminModelForm):
    """Carries which open editor it is, and the number of what it sends (`editor.js` counts)."""

    tab = forms.UUIDField(required=False, widget=forms.HiddenInput)
    turn = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)

    @property
    def changed_data(self) -> list[str]:
        """Return the changed fields of the article alone."""
        return [name for name in super().changed_data if name not in {"tab", "turn"}]

    def save(self, commit: bool = True) -> Any:
        """Save the row too, unless it is a withdrawn article's: that stays as readers had it, as a live one's does."""
        return super().save(commit=commit and self.instance.withdrawn_at is None)


class EditorView(RuleButtons, ByRole, ChecksFirst, EditView):
    """Wagtail's editor, in which no save, submit or publish overwrites what its text does not know (answer: 409).

    Wagtail lets a stale save through (its RFC 95: notify, never block), writes and publishes in two transactions, and
    lets an autosave overwrite the revision that other editors started from; here each is a revision of its own, thinned
    later (`actions/thin.py`), and autosaves leave no entry in the history.
    """

    overwrite_revision = None
    is_out_of_date = False  # decided in the transaction that writes, by one conditional update

    def get_initial(self) -> dict[str, Any]:
        """Open an editor when the page is asked for."""
        initial: dict[str, Any] = super().get_initial()
        if self.request.method == "GET" and not self.hydrate_create_view:
            editor = open_editor(self.live_object, by=self.request.user, now=timezone.now())
            initial |= {"tab": editor.key, "turn": 0}
        return initial

    def form_valid(self, form: Any) -> HttpResponse:
        """Save (and publish or submit) in one transaction, if nobody else saved meanwhile."""
        self.form = form
        tab, turn = form.cleaned_data.get("tab"), form.cleaned_data.get("turn") or 0
        try:
            with transaction.atomic():
                editor = claim(self.live_object, tab=tab, turn=turn, by=self.request.user)
                form.instance.catch_up()  # it may have been published or withdrawn since the form's row was read
                response: HttpResponse = super().form_valid(form)
                if getattr(self, "new_revision", None):
                    take_up_when_saved(self.live_object, self.request.user)
                    go_on(editor, self.new_revision, turn=turn, now=timezone.now())
        except StaleTextError:
            mine = as_sent(form.save(commit=False))
            now = timezone.now()
            refused = refuse(self.live_object, mine, tab=tab, by=self.request.user, now=now)
            return answer_stale(self.request, refused, wanted=self.action, as_json=self.expects_json_response)
        return response

    def get_delete_url(self) -> str:
        """Offer to delete nothing that readers had (`deleting.py`)."""
        return "" if self.live_object.first_published_at else str(super().get_delete_url())

    def save_instance(self) -> Any:
        """Save a revision; only what a person pressed is named in the history."""
        action = self.action_class(
            self.form.instance,
            user=self.request.user,
            form=self.form,
            log_action=None if self.expects_json_response else "wagtail.edit",
            clean=not self.saving_as_draft,
        )
        instance = action.execute(skip_permission_checks=True)
        self.new_revision = action.revision
        return instance


class TabView(View):
    """Tells a browser's journal up to which turn a tab's text is saved: what it holds beyond that is not."""

    def get(self, request: HttpRequest, key: UUID) -> JsonResponse:
        """Answer with the last turn; 404 for a tab that saved nothing, or is somebody else's."""
        editor = get_object_or_404(OpenEditor, key=key, user=request.user.pk)
        return JsonResponse({"turn": editor.turn})


class SessionView(View):
    """Tells an editor that stayed open who is signed in now, and the token with which its form is sent from then on."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """Answer; 401 for nobody (`signin/guard.py`)."""
        return JsonResponse({"user": request.user.pk, "token": get_token(request)})


def answer_stale(request: HttpRequest, refused: OpenEditor, *, wanted: str, as_json: bool) -> HttpResponse:
    """Join what does not conflict at once; else show both texts (an autosave is told where)."""
    editor = OpenEditor.objects.select_related("article", "revision", "user").get(pk=refused.pk)
    if as_json:
        told = {
            "success": False,
            "error_code": "invalid_revision",
            "error_message": _("Somebody saved a newer version. What you typed is kept: put both texts together."),
            "join_url": reverse("wagtailsnippets_newsroom_article:join", args=[editor.article_id, editor.pk]),
        }
        return JsonResponse(told, status=409)
    compared = compare(editor)
    if compared.merged.conflicts or editor.revision is None:
        return show(request, editor, wanted=wanted)
    places = Labels(editor.article).of(compared.merged.changed_by("theirs"))
    who = names_of_others(editor)
    join(editor, by=request.user, now=timezone.now(), choices={})
    messages.success(request, joined_words(who, places, wanted=wanted))
    return redirect("wagtailsnippets_newsroom_article:edit", editor.article_id)


def joined_words(who: str, places: list[str], *, wanted: str) -> str:
    """Return what a person is told when two texts became one without a question."""
    told = _("%(who)s saved this article while you wrote. Both texts are now one; theirs are: %(places)s.") % {
        "who": who,
        "places": ", ".join(places) or _("nothing that readers see"),
    }
    if wanted in {"publish", "submit"}:
        told += " " + _("Nothing was published or submitted yet: read it once more, then press again.")
    return told
