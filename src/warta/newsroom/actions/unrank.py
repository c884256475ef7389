"""Take an article out of the lists of the most read, and put it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom.models import Article, Unranked
from warta.newsroom.permissions import Verb, need


class NoReasonToUnrankError(ValueError):
    """It needs a reason, which is kept."""


class RankedError(ValueError):
    """The article stands where its readers put it, or was taken out already."""


@transaction.atomic
def unrank(article: Article, *, by: Any, now: datetime, reason: str) -> None:
    """Take an article out of the lists of the most read, wherever it would stand; it is counted all the same.

    Raises: PermissionDenied; NoReasonToUnrankError; RankedError.
    """
    need(by, Verb.ARRANGE, article)
    if not reason.strip():
        raise NoReasonToUnrankError("an article is taken out of the lists for a reason")
    if not Unranked.objects.get_or_create(article=article, defaults={"reason": reason.strip(), "by": by, "at": now})[1]:
        raise RankedError(f"article {article.pk} was taken out of the lists already")
    log(instance=article, action="warta.unrank", user=by, data={"reason": reason.strip()})
    Unranked.leave_dispatch(article)


@transaction.atomic
def rank_again(article: Article, *, by: Any) -> None:
    """Let an article stand again where its readers put it.

    Raises: PermissionDenied; RankedError.
    """
    need(by, Verb.ARRANGE, article)
    if not Unranked.objects.filter(article=article).delete()[0]:
        raise RankedError(f"article {article.pk} was not taken out of the lists")
    log(instance=article, action="warta.rank_again", user=by)
    Unranked.leave_dispatch(article)
