"""How the newsroom sits in Wagtail's admin, through its supported hooks."""

from typing import Any

from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.images.views.chooser import viewset as photo_chooser
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from warta.newsroom.desk import audit as _audit  # noqa: F401 — registers itself
from warta.newsroom.desk import bulk as _bulk  # noqa: F401 — registers itself
from warta.newsroom.desk import republished as _republished  # noqa: F401 — registers itself
from warta.newsroom.desk.article import ArticleViewSet
from warta.newsroom.desk.fronts import hooks as _fronts_hooks  # noqa: F401 — registers itself
from warta.newsroom.desk.home import Home
from warta.newsroom.desk.numbers import hooks as _numbers_hooks  # noqa: F401 — registers itself
from warta.newsroom.desk.rules import hooks as _rules_hooks  # noqa: F401 — registers itself
from warta.newsroom.desk.rules.overview import DutiesPanel
from warta.newsroom.desk.subjects import PaperGroup
from warta.newsroom.desk.uploading import AddMany, UploadOne

register_snippet(ArticleViewSet)
register_snippet(PaperGroup)
photo_chooser.create_view_class = UploadOne

_NOT_OURS = {"explorer", "documents", "reports", "help"}


@hooks.register("register_admin_urls", order=-1)
def photo_urls() -> list[Any]:
    """Answer in place of Wagtail's own view at this address."""
    return [path("images/multiple/add/", AddMany.as_view(), name="photos_add_many")]


@hooks.register("construct_main_menu")
def without_pages(request: Any, menu_items: list[Any]) -> None:
    """Leave out Wagtail's page tree: an article is no page in a tree."""
    menu_items[:] = [item for item in menu_items if item.name not in _NOT_OURS]


@hooks.register("construct_homepage_panels")
def home(request: Any, panels: list[Any]) -> None:
    """Begin with what needs this person now: duties of the press rules first."""
    panels[:] = [DutiesPanel(request.user), Home(request.user)]


@hooks.register("insert_global_admin_css")
def newsroom_css() -> str:
    """Our accent and wordmark."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("newsroom/newsroom.css"))


@hooks.register("insert_global_admin_js")
def newsroom_js() -> str:
    """Start the fields in place of inline scripts, and name the nameless."""
    scripts = ((versioned_static(f"newsroom/{name}.js"),) for name in ("start", "labels"))
    return format_html_join("", '<script src="{}"></script>', scripts)


@hooks.register("register_account_menu_item")
def security(request: Any) -> dict[str, Any]:
    """Lead from the account page to second factors, sessions and sign-ins."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Signing in and security"),
        "help_text": _("Passkeys, authenticator app, recovery codes, where you are signed in."),
    }


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name our own actions in the history."""

    @actions.register_action("warta.join")
    class Join(LogFormatter):
        label = _("Join two texts")
        message = _("Joined with the text of another editor")

    @actions.register_action("warta.note")
    class WriteNote(LogFormatter):
        label = _("Write a note")
        message = _("Left a note")

    @actions.register_action("warta.settle_note")
    class SettleNote(LogFormatter):
        label = _("Settle a note")
        message = _("Settled a note")
