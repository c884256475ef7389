"""Who republished what: other sites that show an article of this paper, and what was corrected in it since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse_lazy
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from warta.newsroom.desk.entries import Entry
from warta.newsroom.models import Article
from warta.newsroom.permissions import Verb, articles_for

_PAGE: Final = 50
Found = Callable[[int, int], Sequence[tuple[int, Any]]]
"""Returns at most so many copies behind a number, each with its own: `delivery.republished.newest`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article on another site, as the desk sees it; `changed` says what readers there should be told."""

    article: Article
    host: str
    first_at: datetime
    last_at: datetime
    loads: int

    @property
    def changed(self) -> str:
        """Return what happened to the article since it was taken over; nothing when it stands as it was."""
        if self.article.withdrawn_at:
            return _("Withdrawn")
        is_corrected = any(
            said.published_at and said.published_at > self.first_at for said in self.article.corrections.all()
        )
        return _("Corrected since") if is_corrected else ""


class Republished(View):
    """The copies of the articles that somebody may see, the newest first, cut by number."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show those behind a number (`before`)."""
        before = request.GET.get("before", "")
        behind = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else 0
        found = import_string(settings.WARTA_REPUBLISHED)(_PAGE + 1, behind)
        heading = _("Republished elsewhere")
        context = {
            "rows": _rows(request.user, [copy for _number, copy in found[:_PAGE]]),
            "older": found[_PAGE - 1][0] if len(found) > _PAGE else None,
            "licence": settings.WARTA_REPUBLISH,
            "breadcrumbs_items": [{"url": "", "label": heading}],
            "header_icon": "globe",
            "page_title": heading,
            "header_title": heading,
        }
        return TemplateResponse(request, "newsroom/republished.html", context)


def _rows(user: Any, copies: Sequence[Any]) -> list[Row]:
    wanted = articles_for(user).filter(pk__in={copy.article_id for copy in copies})
    articles = {article.pk: article for article in wanted.select_related("rubric").prefetch_related("corrections")}
    return [
        Row(articles[copy.article_id], copy.host, copy.first_at, copy.last_at, copy.loads)
        for copy in copies
        if copy.article_id in articles
    ]


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Add the list."""
    return [path("republished/", Republished.as_view(), name="republished")]


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """Lead to the list."""
    return Entry(
        Verb.SEE,
        gettext_lazy("Republished elsewhere"),
        reverse_lazy("republished"),
        name="republished",
        icon_name="globe",
        order=160,
    )
