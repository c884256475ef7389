"""Finds the article that shall stand at a place: what readers see now, newest first, by words of its headline."""

from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from warta.lexicon import addresses
from warta.newsroom.models import Article, Rubric

SHOWN: Final = 12
SEARCHED: Final = 20_000
"""How many of the newest are searched; an older one is found by its address."""
_MOST_WORDS: Final = 8


def found(query: str, rubric: Rubric | None, now: datetime) -> list[Article]:
    """Return the newest articles with all words in their headlines, or the one whose address was given.

    Without words they are the newest, of a rubric those under it: one query, whatever the size of the archive.
    """
    shown = _visible(now)
    number = addresses.article_id(urlsplit(query.strip()).path) if "/" in query else None
    if number is not None:
        return list(shown.filter(pk=number))
    words = query.split()[:_MOST_WORDS]
    if words:
        newest = _visible(now).order_by("-first_published_at", "-id").values("pk")[:SEARCHED]
        shown = shown.filter(pk__in=newest)
        for word in words:
            shown = shown.filter(headline__icontains=word)
    elif rubric is not None:
        shown = shown.filter(rubric=rubric)
    return list(shown.order_by("-first_published_at", "-id")[:SHOWN])


def _visible(now: datetime) -> QuerySet[Article]:
    unexpired = Q(expire_at=None) | Q(expire_at__gt=now)
    return Article.objects.filter(unexpired, live=True).select_related("rubric")
