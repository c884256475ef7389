"""Put a withdrawn article back: the way out of a mistaken withdrawal."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from warta.newsroom.models import Article
from warta.newsroom.states import State


class NotWithdrawnError(ValueError):
    """The article is not withdrawn."""


@transaction.atomic
def put_back(article: Article, *, by: Any, now: datetime, note: str, text: Revision | None = None) -> Article:
    """Publish a withdrawn article again as readers had it, under its old date; `note` is for the audit alone.

    A newer draft stays the newest, and waits for its desk if it was submitted. `text` is published instead if given.
    Raises: NotWithdrawnError.
    """
    row = Article.objects.select_for_update().get(pk=article.pk)
    if row.withdrawn_at is None:
        raise NotWithdrawnError(f"article {article.pk} is not withdrawn")
    text = text or row.live_revision or row.save_revision(user=by, clean=False)
    Article.objects.filter(pk=row.pk).update(
        withdrawn_at=None,
        withdrawal_ground="",
        withdrawal_reason="",
        state=State.DRAFT,
        live_revision=None,
        first_published_at=row.first_published_at or now,
    )
    log(
        instance=row,
        action="warta.put_back",
        user=by,
        data={"ground": row.withdrawal_ground, "reason": row.withdrawal_reason, "note": note.strip()},
    )
    row.publish(text, user=by, skip_permission_checks=True)
    article.refresh_from_db()
    return article
