"""How the press rules sit in Wagtail's admin; importing this module registers it."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.action_menu import ActionMenuItem

from warta.newsroom.models import Article
from warta.newsroom.permissions import Verb, may
from warta.newsroom.states import LIVE, State

_RULED: Final = LIVE | {State.WITHDRAWN, State.SCHEDULED}

_ACTIONS: Final = (
    ("warta.withdraw", _("Withdraw"), _("Withdrawn")),
    ("warta.put_back", _("Put back"), _("Put back after a withdrawal")),
    ("warta.correct", _("Correct"), _("Correction published")),
    ("warta.receive_reply", _("Receive a reply"), _("Request to reply received")),
    ("warta.answer_reply", _("Answer a reply"), _("Right of reply answered")),
    ("warta.decline_reply", _("Decline a reply"), _("Right of reply declined")),
    ("warta.move_deadline", _("Move a deadline"), _("Deadline of a reply moved")),
    ("warta.mark_unverified", _("Mark as unverified"), _("Marked as not yet verified")),
    ("warta.follow_up", _("Follow up"), _("Follow-up named")),
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what the press rules do in the history."""
    for action, label, message in _ACTIONS:
        actions.register_action(action, label, message)


class RulesItem(ActionMenuItem):
    """Leads to what the press rules say of an article."""

    name = "rules"
    label = _("Corrections, replies, withdrawal…")
    icon_name = "list-ul"
    order = 40

    def is_shown(self, context: Any) -> bool:
        """Show it for what readers have, had or are about to have, to whom may correct it."""
        article = context.get("instance")
        if context.get("model") is not Article or article is None or article.state not in _RULED:
            return False
        return may(context["request"].user, Verb.CORRECT, article)

    def get_url(self, parent_context: Any) -> str:
        """Return the page's address."""
        return reverse("wagtailsnippets_newsroom_article:rules", args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def rules_item(model: Any) -> ActionMenuItem | None:
    """Offer it for articles."""
    return RulesItem() if model is Article else None
