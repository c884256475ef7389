"""More of what the desk may ask: minutes, the most read with their figures, and many articles over a span of days."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.conf import settings

from warta import plain
from warta.lexicon.zones import zone
from warta.reads import rows, windows
from warta.reads.buckets import hour_of
from warta.reads.lists import DAY
from warta.reads.rolling import KEPT_AS_DAYS, KEPT_DAYS

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)


def by_minute(now: datetime, minutes: int = 60) -> list[tuple[datetime, int]]:
    """Return the reads of the whole paper in the running minute and those before it, the oldest first."""
    last = now.astimezone(UTC).replace(second=0, microsecond=0)
    first = last - (minutes - 1) * _MINUTE
    asked = "SELECT minute_at, reads FROM reads_pulse WHERE minute_at >= %s AND minute_at <= %s"
    found = {plain.instant(at): int(reads) for at, reads in rows.ask(asked, first, last)}
    return [(at, found.get(at, 0)) for at in (first + minute * _MINUTE for minute in range(minutes))]


def top(limit: int) -> list[tuple[int, int]]:
    """Return the most read articles of the last 24 hours with their readers, those too that no list may show."""
    asked = rows.ask("SELECT items FROM reads_ranking WHERE name = %s", DAY)
    return [(number, int(readers)) for number, readers in json.loads(asked[0][0])[:limit]] if asked else []


def readers_by_day(article_ids: Sequence[int], first: date, last: date, *, now: datetime) -> dict[int, dict[date, int]]:
    """Return the readers of some articles on each day of the paper's zone that has any; some questions for 500 of them.

    What is older than a year is known by months alone, under their first day.
    """
    found: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for ids in rows.chunks(article_ids):
        for number, day, readers in _days(ids, first, last, now):
            found[number][day] += readers
    return {number: dict(days) for number, days in found.items()}


def _days(ids: list[int], first: date, last: date, now: datetime) -> Iterator[tuple[int, date, int]]:
    today = windows.day_of(now)
    tables = ["reads_readday"]
    if first <= today - timedelta(days=KEPT_AS_DAYS):
        tables.append("reads_readmonth")
    for table in tables:
        asked = (
            f"SELECT article_id, day, readers FROM {table}"  # noqa: S608 — names of ours
            f" WHERE article_id IN {plain.places(ids)} AND day >= %s AND day <= %s"
        )
        for number, day, readers in rows.ask(asked, *ids, first.isoformat(), last.isoformat()):
            yield number, date.fromisoformat(day) if isinstance(day, str) else day, readers
    span = list(_hours(first, last, now))
    if span:
        asked = (
            f"SELECT article_id, hour_at, readers FROM reads_readhour WHERE hour_at IN {plain.places(span)}"  # noqa: S608 — names of ours
            f" AND article_id IN {plain.places(ids)}"
        )
        for number, hour_at, readers in rows.ask(asked, *span, *ids):
            yield number, windows.day_of(plain.instant(hour_at)), readers


def _hours(first: date, last: date, now: datetime) -> Iterator[datetime]:
    """Return the hours of some days that may still be kept as hours: a day longer than they must be."""
    here = zone(settings.WARTA_ZONE)
    begin = hour_of(datetime.combine(first, time(), here))
    end = min(hour_of(datetime.combine(last + timedelta(days=1), time(), here)), hour_of(now) + _HOUR)
    at = max(begin, hour_of(now) - timedelta(days=KEPT_DAYS + 1))
    while at < end:
        yield at
        at += _HOUR
