"""Tell readers that an urgent report is not yet verified."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom.models import Article, Verification


@transaction.atomic
def mark_unverified(article: Article, *, by: Any, now: datetime, words: str) -> Verification:
    """Set the notice on an article, or give it other words; a follow-up that is named stays.

    Raises: ValidationError without words.
    Source: Dewan Pers 1/2012, 2(c).
    """
    notice = Verification.objects.filter(article=article).first() or Verification(article=article, noted_at=now)
    notice.words, notice.made_by = words.strip(), notice.made_by or by
    notice.full_clean()
    notice.save()
    log(instance=article, action="warta.mark_unverified", user=by, data={"words": notice.words})
    article.leave_dispatch()
    return notice
