"""Name the article that brings what an unverified report lacked."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom.models import Article, Verification


@transaction.atomic
def follow_up(notice: Verification, *, by: Any, now: datetime, article: Article) -> Verification:
    """Link the follow-up and the report to each other; called again, another follow-up takes the place of the first.

    Raises: ValidationError when an article is to follow itself up.
    Source: Dewan Pers 1/2012, 2(d).
    """
    notice.article.leave_dispatch()
    notice.follow_up, notice.followed_up_at = article, now
    notice.full_clean()
    notice.save()
    log(instance=notice.article, action="warta.follow_up", user=by, data={"follow_up": article.pk})
    notice.article.leave_dispatch()
    return notice
