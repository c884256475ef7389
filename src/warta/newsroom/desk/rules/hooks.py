"""How the press rules sit in Wagtail's admin; importing this module registers it."""

from typing import Any, Final

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from warta.newsroom.desk.entries import Entry
from warta.newsroom.desk.rules import urls
from warta.newsroom.permissions import Verb

_ACTIONS: Final = (
    ("warta.withdraw", _("Withdraw"), _("Withdrawn")),
    ("warta.put_back", _("Put back"), _("Put back after a withdrawal")),
    ("warta.correct", _("Correct"), _("Correction published")),
    ("warta.receive_reply", _("Receive a reply"), _("Request to reply received")),
    ("warta.answer_reply", _("Answer a reply"), _("Right of reply answered")),
    ("warta.decline_reply", _("Decline a reply"), _("Right of reply declined")),
    ("warta.move_deadline", _("Move a deadline"), _("Deadline of a reply moved")),
    ("warta.mark_unverified", _("Mark as unverified"), _("Marked as not yet verified")),
    ("warta.unrank", _("Take out of most read"), _("Taken out of most read")),
    ("warta.rank_again", _("Put back among most read"), _("Put back among most read")),
    ("warta.follow_up", _("Follow up"), _("Follow-up named")),
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what the press rules do in the history."""
    for action, label, message in _ACTIONS:
        actions.register_action(action, label, message)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Add the list of duties."""
    return urls.of_desk


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """Lead to the list of duties."""
    return Entry(
        Verb.SEE, _("Press rules"), reverse_lazy("press_rules"), name="rules", icon_name="clipboard-list", order=150
    )
