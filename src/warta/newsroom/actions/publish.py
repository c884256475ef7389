"""Publish an article."""

from datetime import datetime
from typing import Any

from django.db import transaction

from warta.lexicon import zones
from warta.newsroom.models import Article


@transaction.atomic
def publish(article: Article, *, by: Any, now: datetime) -> Article:
    """Make the article's present text live, with a revision, its audit row and its Dispatch in one transaction.

    An article without `first_published_at` gets `now`; one whose `go_live_at` lies ahead is scheduled.
    Raises: UnderEmbargoError; ImpossibleInstantError for a date of publication no newspaper can mean.
    """
    if article.first_published_at is None:
        article.first_published_at = article.go_live_at if article.go_live_at and article.go_live_at > now else now
    zones.possible(article.first_published_at)
    revision = article.save_revision(user=by, clean=False)
    article.publish(revision, user=by, skip_permission_checks=True)
    article.refresh_from_db()
    return article
