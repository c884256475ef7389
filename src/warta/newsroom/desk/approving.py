"""Submit, send back, publish: what the editor's screen offers to each role, and what becomes of a press."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.utils import get_latest_str
from wagtail.log_actions import LogFormatter
from wagtail.snippets.action_menu import ActionMenuItem

from warta.newsroom.actions.send_back import NotSubmittedError, send_back
from warta.newsroom.actions.submit import submit
from warta.newsroom.actions.take_up import take_up
from warta.newsroom.desk.asking import AskView, OnArticleForm
from warta.newsroom.desk.moments import Moment, moment
from warta.newsroom.models import Article, Outcome, Submission
from warta.newsroom.permissions import Verb, may, may_publish
from warta.newsroom.states import ImpossibleMoveError

SEND_BACK = "wagtailsnippets_newsroom_article:send_back"


class ByRole:
    """For the editor's views: publishes only what this person's desk publishes, and submits to the desk that does."""

    def get_available_actions(self) -> list[str]:
        """Return what may be pressed: publishing needs the right on the article as it is stored."""
        actions = [name for name in super().get_available_actions() if name != "publish"]  # type: ignore[misc]
        stored = self._stored()
        if stored is not None and stored.withdrawn_at is not None:
            return actions
        if may(self.request.user, Verb.PUBLISH, stored):  # type: ignore[attr-defined] # the view's own
            actions.append("publish")
        if may(self.request.user, Verb.SUBMIT, stored):  # type: ignore[attr-defined] # likewise
            actions.append("submit")
        return actions

    def is_valid(self, form: Any) -> bool:
        """Refuse to publish into a rubric that another desk publishes."""
        is_valid = bool(super().is_valid(form))  # type: ignore[misc] # the view's own
        rubric = form.cleaned_data.get("rubric") if is_valid else None
        if rubric is None or self.action != "publish":  # type: ignore[attr-defined] # likewise
            return is_valid
        if not may_publish(self.request.user, self._stored(), rubric.pk):  # type: ignore[attr-defined] # likewise
            words = gettext("The desk of “%(rubric)s” publishes this rubric: submit the article to it instead.")
            self.produced_error_code, self.produced_error_message = "rubric", words % {"rubric": rubric}
            form.add_error("rubric", self.produced_error_message)
            return False
        return True

    def submit_action(self) -> None:
        """Hand what was just saved to the desk."""
        article: Article = self.object  # type: ignore[attr-defined] # the view's own
        try:
            submit(article, by=self.request.user, now=timezone.now())  # type: ignore[attr-defined] # likewise
        except ImpossibleMoveError:
            messages.error(self.request, gettext("This article is withdrawn: it cannot be submitted."))  # type: ignore[attr-defined]

    def get_success_message(self, instance: Any = None) -> Any:
        """Say what happened in the newsroom's words."""
        if self.action == "submit":  # type: ignore[attr-defined] # the view's own
            return gettext("Submitted: “%(headline)s” waits for its desk now.") % {
                "headline": get_latest_str(instance or self.object)  # type: ignore[attr-defined] # likewise
            }
        return super().get_success_message(instance)  # type: ignore[misc] # likewise

    def _stored(self) -> Article | None:
        number = self.kwargs.get("pk")  # type: ignore[attr-defined] # the view's own
        return get_object_or_404(Article, pk=number) if number else None


class NoteForm(OnArticleForm):
    """What is to be changed, in words to the writer."""

    note = forms.CharField(
        label=_("What is to be changed?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5, "autofocus": True})
    )


class SendBackView(AskView):
    """Sends a submitted article back to its writer, with a note."""

    form_class = NoteForm
    heading = _("Send back to the writer")
    said = _("Its writer gets it back with your note, sees it above the text, and can submit it again.")
    button = _("Send back")
    done = _("Sent back with your note: “%(headline)s”.")

    def find(self) -> Article:
        """Return the article while something of it waits."""
        waiting = Submission.objects.filter(outcome="").select_related("article")
        return get_object_or_404(waiting, article=self.kwargs["pk"]).article

    def do(self, given: dict[str, Any]) -> None:
        """Send it back."""
        try:
            send_back(self.article, by=self.request.user, now=timezone.now(), note=given["note"])
        except NotSubmittedError as error:
            raise Http404 from error

    def next_url(self) -> str:
        """Return the desk."""
        return reverse("wagtailadmin_home")


def standing(article: Article) -> Iterator[Moment]:
    """Return how the last submission of an article stands, while it matters: one query."""
    last = article.submissions.select_related("by", "decided_by").order_by("-pk").first() if article.pk else None
    if last is None:
        return
    if last.outcome == Outcome.OPEN:
        what = gettext("Waiting for its desk, submitted by %(who)s on") % {"who": name_of(last.by)}
        yield Moment(what, moment(last.at, article))
    elif last.outcome == Outcome.SENT_BACK:
        what = gettext("Sent back by %(who)s:") % {"who": name_of(last.decided_by)}
        yield Moment(what, f"“{last.note}”", is_loud=True)


def name_of(user: Any) -> str:
    """Return how colleagues call somebody."""
    return (user.get_full_name() or user.get_username()) if user is not None else pgettext("person", "somebody")


def take_up_when_saved(article: Article, by: Any) -> None:
    """Note that the desk works on a submitted article, once somebody else than its writer saves it."""
    if may(by, Verb.SEND_BACK, article):
        take_up(article, by=by)


class SubmitItem(ActionMenuItem):
    """Hands the article to its desk."""

    name = "action-submit"
    label = _("Submit to the desk")
    icon_name = "resubmit"
    order = 20

    def is_shown(self, context: Any) -> bool:
        """Show it to whom the desk publishes for."""
        if context.get("locked_for_user") or context.get("model") is not Article:
            return False
        article, user = context.get("instance"), context["request"].user
        return not may(user, Verb.PUBLISH, article) and (article is None or may(user, Verb.SUBMIT, article))


class SendBackItem(ActionMenuItem):
    """Leads to the page that sends a submitted article back."""

    name = "send-back"
    label = _("Send back to the writer…")
    icon_name = "undo"
    order = 30

    def is_shown(self, context: Any) -> bool:
        """Show it while something waits, to whom may send it back."""
        article = context.get("instance")
        if context.get("model") is not Article or article is None or not article.pk:
            return False
        if not may(context["request"].user, Verb.SEND_BACK, article):
            return False
        return bool(article.submissions.filter(outcome="").exists())

    def get_url(self, parent_context: Any) -> str:
        """Return the page's address."""
        return reverse(SEND_BACK, args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def submit_item(model: Any) -> ActionMenuItem | None:
    """Offer to submit."""
    return SubmitItem() if model is Article else None


@hooks.register("register_snippet_action_menu_item")
def send_back_item(model: Any) -> ActionMenuItem | None:
    """Offer to send back."""
    return SendBackItem() if model is Article else None


@hooks.register("construct_snippet_action_menu")
def publish_by_right(menu_items: list[Any], request: Any, context: Any) -> None:
    """Offer to publish and take back only what is this person's to publish; who cannot publish submits first of all.

    Of a withdrawn article drafts can be saved, no more.
    """
    article = context.get("instance")
    if context.get("model") is Article and article is not None and article.withdrawn_at is not None:
        menu_items[:] = [item for item in menu_items if item.name not in {"action-publish", "action-submit"}]
    if context.get("model") is Article and not may(request.user, Verb.PUBLISH, article):
        menu_items[:] = [item for item in menu_items if item.name not in {"action-publish", "action-unpublish"}]
        menu_items.sort(key=lambda item: item.name != "action-submit")


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what the desk did in the history."""

    @actions.register_action("warta.submit")
    class Submit(LogFormatter):
        label = _("Submit to the desk")
        message = _("Submitted to the desk")

    @actions.register_action("warta.send_back")
    class SendBack(LogFormatter):
        label = _("Send back")

        def format_message(self, log_entry: Any) -> str:
            """Tell the note."""
            return gettext("Sent back: “%(note)s”") % {"note": log_entry.data.get("note", "")}
