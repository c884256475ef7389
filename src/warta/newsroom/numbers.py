"""What the newsroom is told of what is read: plain values, from a function that `settings.WARTA_NUMBERS` names.

The newsroom knows no reads: `config/numbers.py` asks them in its name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

Unit = Literal["hour", "day", "month"]


class Point(NamedTuple):
    """How much was read in the span that begins at an instant."""

    at: datetime
    reads: int


@dataclass(frozen=True, slots=True)
class Top:
    """One of the most read articles of 24 hours: its readers, and its reads hour by hour."""

    article_id: int
    readers: int
    hours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole paper at an instant.

    `now` is how many reads there were in the last `now_minutes`; `hours` are the 24 until the one that runs, `before`
    the same hours `before_days` ago (none when nothing is known of them). Sources, devices and rubrics (by number)
    are of these 24 hours. `sieved` is what was dropped in them, in words for people.
    """

    at: datetime
    now: int
    now_minutes: int
    minutes: tuple[Point, ...]
    hours: tuple[Point, ...]
    before: tuple[Point, ...]
    before_days: int
    top: tuple[Top, ...]
    sources: Mapping[str, int]
    devices: Mapping[str, int]
    rubrics: Mapping[int, int]
    stored: int
    sieved: Sequence[tuple[str | Promise, int]]
    lists_made_at: datetime | None
    """When the lists of the most read were made, if that is longer ago than it may be."""


@dataclass(frozen=True, slots=True)
class OfArticle:
    """How one article was read: in spans of one unit since it was published, none left out.

    `engaged` says how many visits of the last days lasted how long (five steps), `quarters` how many came how far.
    """

    unit: Unit
    points: tuple[Point, ...]
    readers: int
    engaged: tuple[int, ...] = ()
    quarters: tuple[int, ...] = ()
    depth_days: int = 0


class Numbers(Protocol):
    """Who can be asked."""

    def snapshot(self, now: datetime) -> Snapshot:
        """Return the whole paper at an instant."""

    def of_article(self, article_id: int, since: datetime, now: datetime) -> OfArticle:
        """Return how one article was read since it was published."""

    def last_hours(self, article_ids: Sequence[int], now: datetime) -> Mapping[int, tuple[int, ...]]:
        """Return how each of some articles was read, hour by hour, in the last 24 hours."""

    def readers(self, article_ids: Sequence[int], first: date, last: date, now: datetime) -> dict[int, dict[date, int]]:
        """Return the readers of each of some articles on each day from `first` to `last` on which it had any.

        What is older than a year is known by months alone, under their first day.
        """


def numbers() -> Numbers:
    """Return whom the settings name."""
    found: Numbers = import_string(settings.WARTA_NUMBERS)()
    return found
