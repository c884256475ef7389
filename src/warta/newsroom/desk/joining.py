"""The screen that sets two texts of one article side by side and makes them one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic import PermissionCheckedMixin

from warta.lexicon.marks import Mark, marked
from warta.newsroom.actions.edit import StaleTextError
from warta.newsroom.actions.join import join
from warta.newsroom.comparing import Comparison, compare
from warta.newsroom.desk.places import Labels, names_of_others
from warta.newsroom.merge import ABSENT, CHOICES, Choice, Conflict, Piece, UnsettledError
from warta.newsroom.models import Article, OpenEditor

EDIT = "wagtailsnippets_newsroom_article:edit"
JOIN = "wagtailsnippets_newsroom_article:join"


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the text on the screen."""

    place: str
    label: str
    theirs: list[Mark]
    mine: list[Mark]
    side: str
    may_keep_both: bool = False
    is_out: bool = False
    """One of the two has taken it out, and nobody else touched it."""

    @property
    def is_conflict(self) -> bool:
        """Tell whether a person must choose."""
        return self.side == "conflict"


class JoinView(PermissionCheckedMixin, View):
    """Shows a refused text beside the newest one, and saves the two as one."""

    model: Any = None
    permission_required = "change"

    def get(self, request: HttpRequest, pk: int, tab: int) -> HttpResponse:
        """Show both texts; when nothing is refused any more, go back to the editor."""
        editor = self._editor(pk, tab)
        if editor.refused is None:
            return redirect(EDIT, editor.article_id)
        return show(request, editor, wanted="edit", status=200)

    def post(self, request: HttpRequest, pk: int, tab: int) -> HttpResponse:
        """Save both texts as one, as was chosen."""
        editor = self._editor(pk, tab)
        if editor.refused is None:
            return redirect(EDIT, editor.article_id)
        places = compare(editor).merged.conflicts
        choices = {place: chosen for place in places if (chosen := _choice(request.POST.get(f"choice-{place}")))}
        seen = request.POST.get("seen", "")
        try:
            join(editor, by=request.user, now=timezone.now(), choices=choices, seen=int(seen) if seen.isdigit() else -1)
        except StaleTextError:
            messages.warning(request, _("The article was saved once more meanwhile. This is its newest text."))
            return show(request, self._editor(pk, tab), wanted="edit")
        except UnsettledError:
            messages.error(request, _("Choose one of the texts at every place marked with “Choose”."))
            return show(request, editor, wanted="edit", chosen=choices)
        messages.success(request, _("Both texts are saved as one. Read it once more before you publish."))
        return redirect(EDIT, editor.article_id)

    def _editor(self, pk: int, tab: int) -> OpenEditor:
        found = OpenEditor.objects.select_related("article", "revision", "user").filter(pk=tab, article=pk)
        editor = found.filter(user=self.request.user.pk).first()
        if editor is None:
            raise Http404
        if not self.user_has_permission_for_instance("change", editor.article):
            raise Http404
        return editor


def show(
    request: HttpRequest, editor: OpenEditor, *, wanted: str, status: int = 409, chosen: Any = None
) -> HttpResponse:
    """Answer with the screen that shows both texts."""
    compared = compare(editor)
    context = {
        "article": editor.article,
        "title": get_latest_str(editor.article),
        "rows": _rows(editor.article, compared),
        "conflicts": len(compared.merged.conflicts),
        "who": names_of_others(editor),
        "chosen": chosen or {},
        "seen": compared.theirs.pk if compared.theirs else "",
        "saved_at": compared.theirs.created_at if compared.theirs else None,
        "wanted": wanted,
        "action_url": reverse(JOIN, args=[editor.article_id, editor.pk]),
        "edit_url": reverse(EDIT, args=[editor.article_id]),
        "breadcrumbs_items": [
            {"url": reverse("wagtailsnippets_newsroom_article:list"), "label": _("Articles")},
            {"url": reverse(EDIT, args=[editor.article_id]), "label": get_latest_str(editor.article)},
            {"url": "", "label": _("Put both texts together")},
        ],
        "header_icon": "doc-full",
        "page_title": _("Put both texts together"),
        "header_title": _("Put both texts together"),
    }
    return TemplateResponse(request, "newsroom/join.html", context, status=status)


def _rows(article: Article, compared: Comparison) -> list[Row]:
    labels = Labels(article)
    rows = []
    for place, entry in compared.merged.places():
        if isinstance(entry, Conflict):
            rows.append(_conflict(labels, place, entry))
        elif ":" in place or entry.side != "same":
            rows.append(_piece(labels, place, entry))
    return rows


def _conflict(labels: Labels, place: str, entry: Conflict) -> Row:
    theirs, mine = labels.words(place, entry.theirs), labels.words(place, entry.mine)
    both = ":" in place and ABSENT not in (entry.theirs, entry.mine)
    shown = entry.theirs if entry.theirs is not ABSENT else entry.mine
    return Row(
        place, labels.label(place, shown), marked(theirs, against=mine), marked(mine, against=theirs), "conflict", both
    )


def _piece(labels: Labels, place: str, entry: Piece) -> Row:
    is_out = entry.value is ABSENT
    shown = entry.was if is_out else entry.value
    words = [Mark(labels.words(place, shown), is_changed=False)]
    return Row(place, labels.label(place, shown), words, words, entry.side, is_out=is_out)


def _choice(value: Any) -> Choice | None:
    return value if value in CHOICES else None
