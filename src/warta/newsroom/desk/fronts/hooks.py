"""How fronts and breaking news sit in Wagtail's admin; importing this module registers it."""

from typing import Any, Final

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from warta.newsroom.desk.entries import Entry
from warta.newsroom.desk.fronts import urls
from warta.newsroom.permissions import Verb

_ACTIONS: Final = (
    ("warta.arrange", _("Arrange a front"), _("Front arranged")),
    ("warta.break", _("Break news"), _("Breaking news put up")),
    ("warta.end_breaking", _("End breaking news"), _("Breaking news ended")),
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what is done to fronts in the history."""
    for action, label, message in _ACTIONS:
        actions.register_action(action, label, message)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Add the screens."""
    return urls.urlpatterns


@hooks.register("register_admin_menu_item")
def fronts() -> MenuItem:
    """Lead to the fronts."""
    return Entry(Verb.ARRANGE, _("Fronts"), reverse_lazy("fronts"), name="fronts", icon_name="table", order=120)


@hooks.register("register_admin_menu_item")
def breaking() -> MenuItem:
    """Lead to the breaking news."""
    return Entry(
        Verb.BREAK, _("Breaking news"), reverse_lazy("breaking"), name="breaking", icon_name="warning", order=130
    )
