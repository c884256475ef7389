"""Take note of a request to reply."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from warta.lexicon import zones
from warta.lexicon.press_rules import reply_deadline
from warta.newsroom.actions.twice import AGAIN_WITHIN, SentTwiceError
from warta.newsroom.models import Article, RightOfReply


@transaction.atomic
def receive_reply(
    article: Article,
    *,
    by: Any,
    now: datetime,
    party: str,
    words: str,
    received_at: datetime | None = None,
    due_at: datetime | None = None,
) -> RightOfReply:
    """Note who wants to reply to an article; without a deadline it is two working days in the article's zone.

    Raises: ValidationError; SentTwiceError.
    Source: UU 40/1999, 1(11) and 5(2).
    """
    received_at = received_at or now
    reply = RightOfReply(
        article=article,
        party=party.strip(),
        words=words.strip(),
        received_at=received_at,
        due_at=due_at or reply_deadline(received_at, zones.zone(article.zone)),
        made_by=by,
    )
    reply.full_clean()
    _need_new(reply, now=now)
    reply.save()
    log(
        instance=article,
        action="warta.receive_reply",
        user=by,
        data={"reply": reply.pk, "party": reply.party, "due_at": reply.due_at.isoformat()},
    )
    return reply


def _need_new(reply: RightOfReply, *, now: datetime) -> None:
    """Refuse what the same person noted a moment ago, or of the same instant; the article's row is held meanwhile."""
    Article.objects.select_for_update().get(pk=reply.article_id)
    same = RightOfReply.objects.filter(
        article=reply.article_id, party=reply.party, words=reply.words, made_by=reply.made_by
    )
    if same.filter(Q(received_at=reply.received_at) | Q(received_at__gt=now - AGAIN_WITHIN)).exists():
        raise SentTwiceError(f"the same request to reply to article {reply.article_id} was noted already")
