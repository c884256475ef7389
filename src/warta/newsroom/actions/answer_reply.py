"""Answer a right of reply by an article, or decline it with a reason, or move its deadline."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom.models import Article, RightOfReply


class ClosedReplyError(ValueError):
    """The request was answered or declined already."""


@transaction.atomic
def answer_reply(reply: RightOfReply, *, by: Any, now: datetime, answer: Article) -> RightOfReply:
    """Name the article that carries the reply; both name each other as soon as it is published.

    Raises: ClosedReplyError; ValidationError when an article is to answer itself.
    Source: UU 40/1999, 5(2); Dewan Pers 1/2012, 4(b).
    """
    _hold_open(reply)
    reply.answer, reply.answered_at = answer, now
    reply.full_clean()
    reply.save()
    _log(reply, "warta.answer_reply", by, answer=answer.pk)
    reply.article.leave_dispatch()
    return reply


@transaction.atomic
def decline_reply(reply: RightOfReply, *, by: Any, now: datetime, reason: str) -> RightOfReply:
    """Decline a request with a reason, which is kept.

    Raises: ClosedReplyError; ValidationError without a reason.
    """
    _hold_open(reply)
    reply.declined_at, reply.decline_reason = now, reason.strip()
    reply.full_clean()
    reply.save()
    _log(reply, "warta.decline_reply", by, reason=reply.decline_reason)
    return reply


@transaction.atomic
def move_deadline(reply: RightOfReply, *, by: Any, now: datetime, due_at: datetime) -> RightOfReply:
    """Give an open request another deadline.

    Raises: ClosedReplyError; ValidationError.
    """
    _hold_open(reply)
    before, reply.due_at = reply.due_at, due_at
    reply.full_clean()
    reply.save()
    _log(reply, "warta.move_deadline", by, before=before.isoformat(), due_at=due_at.isoformat())
    return reply


def _hold_open(reply: RightOfReply) -> None:
    if not RightOfReply.objects.open().select_for_update().filter(pk=reply.pk).exists():
        raise ClosedReplyError(f"the request of {reply.party} was answered or declined already")


def _log(reply: RightOfReply, action: str, by: Any, **data: Any) -> None:
    log(instance=reply.article, action=action, user=by, data={"reply": reply.pk, "party": reply.party, **data})
