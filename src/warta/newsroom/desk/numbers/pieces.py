"""What was published in a week or a month, and how many read it until its end: the rows that reports are made of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings

from warta.lexicon.zones import zone
from warta.newsroom.desk.numbers import words
from warta.newsroom.desk.numbers.periods import Period
from warta.newsroom.desk.numbers.shared import Shared
from warta.newsroom.models import Article, Byline
from warta.newsroom.numbers import numbers

MOST: Final = 20_000
"""Articles of one period that are looked at, the newest: more than a large newsroom publishes in a month."""
_KEPT_S: Final = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """One article, who reported it, and its readers on each day of the period."""

    article_id: int
    headline: str
    rubric_id: int
    at: datetime
    by: tuple[int, ...]
    days: Mapping[date, int]

    @property
    def readers(self) -> int:
        """Return its readers in the period."""
        return sum(self.days.values())


@dataclass(frozen=True, slots=True)
class Sum:
    """What some pieces come to."""

    articles: int
    readers: int

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> "Sum":
        """Return the sum of pieces."""
        readers = [piece.readers for piece in pieces]
        return cls(len(readers), sum(readers))

    @property
    def each(self) -> int:
        """Return how many readers an article had on average."""
        return round(self.readers / self.articles) if self.articles else 0


_kept: Final[Shared[Sequence[Piece]]] = Shared(_KEPT_S)


def pieces(period: Period, now: datetime) -> Sequence[Piece]:
    """Return what was published in a period, the newest first; worked out once in two minutes for everybody.

    Two queries of the newsroom, and of the reads some for every 500 articles.
    """
    return _kept.get(period, lambda: _asked(period, now))


def until(found: Sequence[Piece], day: date) -> list[Piece]:
    """Return what was published up to a day, with its readers up to then: the same days of the period before."""
    return [
        replace(piece, days={at: readers for at, readers in piece.days.items() if at <= day})
        for piece in found
        if words.today(piece.at) <= day
    ]


def forget() -> None:
    """Work everything out anew when it is asked for next."""
    _kept.forget()


def daily(found: Iterable[Piece], days: Sequence[date]) -> list[int]:
    """Return the readers of some pieces on each of some days."""
    sums: dict[date, int] = defaultdict(int)
    for piece in found:
        for day, readers in piece.days.items():
            sums[day] += readers
    return [sums[day] for day in days]


def _asked(period: Period, now: datetime) -> Sequence[Piece]:
    here = zone(settings.WARTA_ZONE)
    span = (
        datetime.combine(period.first, time(), here),
        datetime.combine(period.last + timedelta(days=1), time(), here),
    )
    published = Article.objects.filter(live=True, first_published_at__gte=span[0], first_published_at__lt=span[1])
    rows = list(
        published.order_by("-first_published_at", "-pk").values_list(
            "pk", "headline", "rubric_id", "first_published_at"
        )[:MOST]
    )
    by: dict[int, list[int]] = defaultdict(list)
    bylines = Byline.objects.filter(
        role=Byline.REPORTER,
        article__live=True,
        article__first_published_at__gte=span[0],
        article__first_published_at__lt=span[1],
    )
    for article_id, contributor_id in bylines.order_by("sort_order", "pk").values_list("article_id", "contributor_id"):
        if contributor_id not in by[article_id]:
            by[article_id].append(contributor_id)
    last = min(period.last, words.today(now))
    readers = numbers().readers([row[0] for row in rows], period.first, last, now)
    return [
        Piece(pk, headline, rubric_id, at, tuple(by.get(pk, ())), readers.get(pk, {}))
        for pk, headline, rubric_id, at in rows
        if at is not None
    ]
