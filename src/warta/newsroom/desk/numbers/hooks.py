"""How the numbers sit in Wagtail's admin; importing this module registers it."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from warta.newsroom.desk.entries import Entry
from warta.newsroom.desk.numbers import article, reports, views
from warta.newsroom.models import Article
from warta.newsroom.permissions import Verb


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Add the screens."""
    return [
        path("numbers/", views.NumbersView.as_view(), name="numbers"),
        path("numbers/stream/", views.StreamView.as_view(), name="numbers_stream"),
        path("numbers/article/<int:pk>/", article.ArticleNumbersView.as_view(), name="numbers_article"),
        path("numbers/reports/", reports.ReportsView.as_view(), name="numbers_reports"),
        path("numbers/reports/<str:kind>/<int:pk>/", reports.ReportView.as_view(), name="numbers_report"),
    ]


@hooks.register("register_admin_menu_item")
def numbers() -> MenuItem:
    """Lead to what is read now."""
    return Entry(Verb.SEE, _("Numbers"), reverse_lazy("numbers"), name="numbers", icon_name="view", order=140)


@hooks.register("register_snippet_listing_buttons")
def of_listed(snippet: Any, user: Any, next_url: str = "") -> Iterator[Button]:
    """Lead from an article in the list to its numbers."""
    if isinstance(snippet, Article) and snippet.first_published_at:
        url = reverse("numbers_article", args=[snippet.pk])
        yield Button(_("Numbers"), url, icon_name="view", priority=50)
