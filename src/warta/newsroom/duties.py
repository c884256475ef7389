"""What the press rules ask of the newsroom and is still open: replies that wait, reports that are not yet verified."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from warta.newsroom.models import Article, RightOfReply, Rubric, Verification

_SHOWN: Final = 20
_OLD: Final = timedelta(hours=24)
"""How long a report may stand unverified before it is a pressing duty."""


def open_duties(rubrics: QuerySet[Rubric], now: datetime) -> Iterator[tuple[Article, str, bool]]:
    """Return open duties of these rubrics: the article, what is to be done, whether it presses; two queries.

    Source: Dewan Pers 1/2012, 2(c) and 4(b).
    """
    replies = RightOfReply.objects.open().filter(article__rubric__in=rubrics).select_related("article__rubric")
    for reply in replies.order_by("due_at")[:_SHOWN]:
        words = (
            _("The reply of %(party)s is overdue.") if reply.is_overdue(now) else _("%(party)s waits for their reply.")
        )
        yield reply.article, words % {"party": reply.party}, reply.is_overdue(now)
    notices = Verification.objects.filter(follow_up=None, article__live=True, article__rubric__in=rubrics)
    for notice in notices.select_related("article__rubric").order_by("noted_at")[:_SHOWN]:
        yield notice.article, _("Not yet verified: link the follow-up."), notice.noted_at < now - _OLD
