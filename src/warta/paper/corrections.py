"""The corrections of the whole paper, newest first, cut by keyset: one query at any size."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db.models import QuerySet

from warta.paper.lists import Cursor
from warta.paper.models import Told
from warta.paper.pages import Correction, Teaser
from warta.paper.store import ALL, visible

_correction: Final = msgspec.json.Decoder(Correction)
_teaser: Final = msgspec.json.Decoder(Teaser)


@dataclass(frozen=True, slots=True)
class ToldCorrection:
    """A correction, the article that it puts right, and since when readers could know."""

    correction: Correction
    article: Teaser
    told_at: datetime

    @property
    def delay(self) -> timedelta:
        """Return how long the error stood: nothing when it was put right before the article was published."""
        return max(self.correction.at - self.article.published_at, timedelta())

    @property
    def cursor(self) -> Cursor:
        """Return the place just behind it."""
        return Cursor(self.told_at, self.correction.id)


def latest(
    *, now: datetime, limit: int, behind: Cursor | None = None, since: datetime | None = None, name: str = ALL
) -> list[ToldCorrection]:
    """Return at most `limit` corrections, newest first, from behind a place on, none older than `since`.

    With the name of a list, those of its articles alone.
    """
    rows = Told.objects.filter(visible(now))
    if name != ALL:
        rows = rows.filter(page__placements__list=name)
    if behind is not None:
        rows = rows.filter(told_at__lte=behind.published_at).exclude(
            told_at=behind.published_at, correction_id__gte=behind.article_id
        )
    if since is not None:
        rows = rows.filter(told_at__gte=since)
    found = rows.order_by("-told_at", "-correction_id").values_list("data", "page__teaser", "told_at")[:limit]
    return [ToldCorrection(_correction.decode(data), _teaser.decode(teaser), at) for data, teaser, at in found]


def newest_before(instant: datetime, *, now: datetime) -> datetime | None:
    """Return when the newest correction before an instant was told, to find the day before."""
    return _first(Told.objects.filter(visible(now), told_at__lt=instant).order_by("-told_at", "-correction_id"))


def oldest_from(instant: datetime, *, now: datetime) -> datetime | None:
    """Return when the oldest correction at or after an instant was told, to find the day after."""
    return _first(Told.objects.filter(visible(now), told_at__gte=instant).order_by("told_at", "correction_id"))


def _first(rows: QuerySet[Told]) -> datetime | None:
    return rows.values_list("told_at", flat=True).first()
