"""What the press rules say of one article, and of all: the open duties first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button

from warta.newsroom.desk.asking import ARTICLE, crumbs
from warta.newsroom.duties import duties
from warta.newsroom.models import Article, Correction, RightOfReply, Unranked, Verification
from warta.newsroom.permissions import Verb, articles_for, may

_PAGE: Final = 50
_ON_HOME: Final = 8
_KINDS: Final[dict[str, QuerySet[Any]]] = {
    "corrections": Correction.objects.published().select_related("article", "published_by"),
    "replies": RightOfReply.objects.select_related("article", "answer"),
    "unverified": Verification.objects.select_related("article", "follow_up"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that this person may do to the article as it is now."""

    name: str
    label: str

    def url(self, article: Article) -> str:
        """Return its address."""
        return reverse(f"{ARTICLE}:{self.name}", args=[article.pk])


def ways(user: Any, article: Article) -> list[Way]:
    """Return what somebody may do to an article under the press rules, as it is stored now."""
    found = []
    if may(user, Verb.CORRECT, article):
        if article.live or article.status_string == "scheduled" or article.go_live_at:
            found.append(Way("correct", _("Correct this article")))
            found.append(Way("unverified", _("Mark as unverified")))
        if article.first_published_at:
            found.append(Way("receive", _("Note a right of reply")))
    if may(user, Verb.WITHDRAW, article) and article.first_published_at:
        found.append(Way("put_back", _("Put back")) if article.withdrawn_at else Way("withdraw", _("Withdraw")))
    if may(user, Verb.ARRANGE, article) and article.live:
        is_out = Unranked.objects.filter(article=article).exists()
        label = _("Put back among most read") if is_out else _("Take out of most read")
        found.append(Way("rank_again" if is_out else "unrank", label))
    return found


class RulesOfArticle(View):
    """Everything that the press rules say of one article, and what can be done."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        article = get_object_or_404(Article, pk=pk)
        context = {
            "article": article,
            "now": timezone.now(),
            "ways": [(way.label, way.url(article), way.name) for way in ways(request.user, article)],
            "may_correct": may(request.user, Verb.CORRECT, article),
            "corrections": Correction.objects.published().filter(article=article).select_related("published_by"),
            "replies": RightOfReply.objects.filter(article=article).select_related("answer", "article"),
            "notices": Verification.objects.filter(article=article).select_related("follow_up", "article"),
            **crumbs(article, _("Press rules")),
        }
        return TemplateResponse(request, "newsroom/rules/article.html", context)


class AllRules(View):
    """The duties of the desk: what is open first; then everything of one kind, newest first, cut by number."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the open duties, or one kind (`kind`), from behind a row on (`before`)."""
        kind = request.GET.get("kind", "")
        user, now = request.user, timezone.now()
        heading = _("Press rules")
        context: dict[str, Any] = {
            "kind": kind if kind in _KINDS else "",
            "kinds": [
                ("", _("Open")),
                ("corrections", _("Corrections")),
                ("replies", _("Rights of reply")),
                ("unverified", _("Not yet verified")),
            ],
            "now": now,
            "may_correct": may(user, Verb.CORRECT),
            "breadcrumbs_items": [{"url": "", "label": heading}],
            "header_icon": "clipboard-list",
            "page_title": heading,
            "header_title": heading,
        }
        if kind in _KINDS:
            rows = _page(kind, user, request.GET.get("before", ""))
            context |= {kind: rows[:_PAGE], "older": rows[_PAGE - 1].pk if len(rows) > _PAGE else None}
        else:
            context["duties"] = duties(user, now)
        return TemplateResponse(request, "newsroom/rules/all.html", context)


class DutiesPanel(Component):
    """The open duties on the desk's home; nothing when there are none."""

    name = "duties"
    template_name = "newsroom/rules/duties.html"
    order = 5

    def __init__(self, user: Any) -> None:
        self._user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the most urgent of them: two queries."""
        now = timezone.now()
        found = duties(self._user, now, most=_ON_HOME)
        return {"duties": found, "now": now, "may_correct": may(self._user, Verb.CORRECT)}


class RuleButtons:
    """For the editor's view: the way to the press rules of its article, its preview for outsiders, its numbers."""

    @property
    def header_more_buttons(self) -> list[Any]:
        """Add one button for each thing that this person may do."""
        buttons = list(super().header_more_buttons)  # type: ignore[misc] # the view's own
        article, user = self.object, self.request.user  # type: ignore[attr-defined] # likewise
        found: Sequence[Way] = ways(user, article)
        more = [Way("share", _("Preview for outsiders")), Way("rules", _("Press rules")), *found]
        buttons += [
            Button(
                way.label,
                url=way.url(article),
                icon_name="view" if way.name == "share" else "clipboard-list",
                priority=60 + place,
            )
            for place, way in enumerate(more)
        ]
        if article.first_published_at:
            url = reverse("numbers_article", args=[article.pk])
            buttons.append(Button(_("Numbers"), url=url, icon_name="view", priority=59))
        return buttons


def _page(kind: str, user: Any, before: str) -> list[Any]:
    rows = _KINDS[kind].filter(article__in=articles_for(user))
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    return list(rows.order_by("-pk")[: _PAGE + 1])
