"""What the desk may ask of what was read. Every answer is one question over a bounded number of rows."""

from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from warta import plain
from warta.reads import rows, windows
from warta.reads.buckets import hour_of
from warta.reads.rolling import KEPT_DAYS
from warta.reads.sieve import Rule, Signal

NOW_MINUTES: Final = 5
"""How many minutes are "now"."""
Trait = Literal["source", "device", "rubric"]
_HOUR: Final = timedelta(hours=1)


def reading_now(now: datetime) -> int:
    """Return how many reads the whole paper had in the last five minutes."""
    asked = "SELECT SUM(reads) FROM reads_pulse WHERE minute_at > %s AND minute_at <= %s"
    [(reads,)] = rows.ask(asked, now - timedelta(minutes=NOW_MINUTES), now)
    return int(reads or 0)


def by_hour(now: datetime, hours: int = 24) -> list[tuple[datetime, int]]:
    """Return the reads of the whole paper in the running hour and those before it, the oldest first, none left out."""
    first = hour_of(now) - (hours - 1) * _HOUR
    asked = "SELECT hour_at, reads FROM reads_facet WHERE hour_at >= %s AND hour_at <= %s AND kind = 'all'"
    found = {plain.instant(at): reads for at, reads in rows.ask(asked, first, now)}
    return [(at, found.get(at, 0)) for at in (first + hour * _HOUR for hour in range(hours))]


def by_trait(trait: Trait, now: datetime, hours: int = 24) -> dict[str, int]:
    """Return the reads of the whole paper in the last hours by where from, on what, or in which rubric (its list)."""
    first = hour_of(now) - (hours - 1) * _HOUR
    asked = (
        "SELECT name, SUM(reads) FROM reads_facet WHERE hour_at >= %s AND hour_at <= %s AND kind = %s"
        " GROUP BY name ORDER BY 2 DESC, 1"
    )
    return {name: int(reads) for name, reads in rows.ask(asked, first, now, trait)}


def curve(article_id: int, now: datetime, hours: int = 24) -> list[tuple[datetime, int]]:
    """Return the reads of an article hour by hour, the oldest first, none left out; at most the eight days kept."""
    return curves([article_id], now, hours)[article_id]


def curves(article_ids: list[int], now: datetime, hours: int = 24) -> dict[int, list[tuple[datetime, int]]]:
    """Return the curves of some articles by one question."""
    span = [hour_of(now) - ago * _HOUR for ago in reversed(range(min(hours, KEPT_DAYS * 24)))]
    if not article_ids:
        return {}
    asked = (
        f"SELECT article_id, hour_at, reads FROM reads_readhour WHERE hour_at IN {plain.places(span)}"  # noqa: S608 — names of ours
        f" AND article_id IN {plain.places(article_ids)}"
    )
    found = {(number, plain.instant(at)): reads for number, at, reads in rows.ask(asked, *span, *article_ids)}
    return {number: [(at, found.get((number, at), 0)) for at in span] for number in article_ids}


def days(article_id: int, now: datetime) -> list[tuple[date, int, int]]:
    """Return (day, reads, readers) of an article on every day it was read that is kept as a day or as hours.

    Days are those of the paper's zone, the oldest first; what is older than a year is in `months`.
    """
    sums: dict[date, list[int]] = {}
    asked = "SELECT day, reads, readers FROM reads_readday WHERE article_id = %s"
    found = [(_date(day), reads, readers) for day, reads, readers in rows.ask(asked, article_id)]
    span = [hour_of(now) - ago * _HOUR for ago in range((KEPT_DAYS + 1) * 24)]
    asked = (
        f"SELECT hour_at, reads, readers FROM reads_readhour WHERE hour_at IN {plain.places(span)} AND article_id = %s"  # noqa: S608 — names of ours
    )
    hours = rows.ask(asked, *span, article_id)
    found += [(windows.day_of(plain.instant(at)), reads, readers) for at, reads, readers in hours]
    for day, reads, readers in found:
        sum_ = sums.setdefault(day, [0, 0])
        sum_[0] += reads
        sum_[1] += readers
    return [(day, reads, readers) for day, (reads, readers) in sorted(sums.items())]


def months(article_id: int) -> list[tuple[date, int, int]]:
    """Return (first day, reads, readers) of an article in every month that is kept as such, the oldest first."""
    asked = "SELECT day, reads, readers FROM reads_readmonth WHERE article_id = %s ORDER BY day"
    return [(_date(day), reads, readers) for day, reads, readers in rows.ask(asked, article_id)]


def depths(article_id: int, now: datetime, span_days: int = 7) -> dict[tuple[int, int], int]:
    """Return how many visits of an article in the last UTC days lasted how long and came how far (steps 0 to 4)."""
    span = [(now.astimezone(UTC) - timedelta(days=ago)).date().isoformat() for ago in range(span_days)]
    asked = (
        "SELECT engaged, quarter, SUM(readers) FROM reads_depth"  # noqa: S608 — names of ours
        f" WHERE day IN {plain.places(span)} AND article_id = %s GROUP BY engaged, quarter"
    )
    return {(engaged, quarter): int(count) for engaged, quarter, count in rows.ask(asked, *span, article_id)}


def fates(now: datetime, hours: int = 24) -> dict[tuple[Signal, Rule], int]:
    """Return what became of the beacons of the last hours: how many were stored, and how many each rule dropped."""
    first = hour_of(now) - (hours - 1) * _HOUR
    asked = (
        "SELECT signal, rule, SUM(count) FROM reads_sieved WHERE hour_at >= %s AND hour_at <= %s GROUP BY signal, rule"
    )
    return {(Signal(signal), Rule(rule)): int(count) for signal, rule, count in rows.ask(asked, first, now)}


def _date(stored: date | str) -> date:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored
