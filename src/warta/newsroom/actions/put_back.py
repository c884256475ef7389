"""Put a withdrawn article back: the way out of a mistaken withdrawal."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom.actions.publish import publish
from warta.newsroom.models import Article
from warta.newsroom.states import State


class NotWithdrawnError(ValueError):
    """The article is not withdrawn."""


@transaction.atomic
def put_back(article: Article, *, by: Any, now: datetime, note: str) -> Article:
    """Publish a withdrawn article again as it is in its row, under its old date; `note` is for the audit alone.

    Raises: NotWithdrawnError.
    """
    ground, reason = article.withdrawal_ground, article.withdrawal_reason
    if (
        not Article.objects.filter(pk=article.pk)
        .exclude(withdrawn_at=None)
        .update(withdrawn_at=None, withdrawal_ground="", withdrawal_reason="", state=State.DRAFT)
    ):
        raise NotWithdrawnError(f"article {article.pk} is not withdrawn")
    article.withdrawn_at, article.withdrawal_ground, article.withdrawal_reason = None, "", ""
    article.state = State.DRAFT
    log(
        instance=article,
        action="warta.put_back",
        user=by,
        data={"ground": ground, "reason": reason, "note": note.strip()},
    )
    return publish(article, by=by, now=now)
