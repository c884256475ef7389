"""What the press rules leave open: replies that wait, and reports that nobody has verified yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef

from warta.lexicon.press_rules import FOLLOW_UP_WITHIN
from warta.newsroom.models import RightOfReply, Verification
from warta.newsroom.permissions import articles_for

MOST: Final = 100
"""How many of each kind are told at once, the most urgent first; a desk with more has other worries."""


@dataclass(frozen=True, slots=True)
class Duties:
    """The open duties on the articles that somebody may see, the most urgent first."""

    replies: list[RightOfReply]
    unverified: list[Verification]
    now: datetime

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.replies or self.unverified)

    @property
    def overdue(self) -> int:
        """Return how many should have been done by now."""
        late = sum(reply.is_overdue(self.now) for reply in self.replies)
        return late + sum(is_overdue(notice, self.now) for notice in self.unverified)


def duties(user: Any, now: datetime, *, most: int = MOST) -> Duties:
    """Return the open duties of somebody: two queries, besides those that tell who they are."""
    seen = Exists(articles_for(user).filter(pk=OuterRef("article_id")))  # asked of each open one, not of all articles
    replies = RightOfReply.objects.open().filter(seen).select_related("article")
    notices = Verification.objects.filter(seen, followed_up_at=None).select_related("article")
    return Duties(list(replies.order_by("due_at")[:most]), list(notices.order_by("noted_at")[:most]), now)


def is_overdue(notice: Verification, now: datetime) -> bool:
    """Tell whether a report has been unverified for longer than the paper wants.

    Source: Dewan Pers 1/2012, 2(d); the number of hours is ours.
    """
    return notice.followed_up_at is None and notice.noted_at + FOLLOW_UP_WITHIN < now
