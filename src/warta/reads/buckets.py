"""Writes what one flush brings, whole and once: reads, ends of visits, and what became of every beacon."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction

from warta.paper import lists
from warta.reads import rows
from warta.reads.changes import changed, lock
from warta.reads.counting import Asked, Day, in_order
from warta.reads.sieve import Rule, Signal
from warta.reads.sums import Sums

KEPT_LATE: Final = timedelta(hours=1)
"""How long after its end a UTC day's salt and readers are kept, for reads that could not be written before."""
ACCEPTED_LATE: Final = timedelta(minutes=50)
"""How long after its end a day's reads are counted; the ten minutes between outlast transactions and clocks apart."""
_HOUR_S: Final = 3600


class Read(NamedTuple):
    """One read: of which article, in which hour since 1970, by whom (`reader.seed`)."""

    article_id: int
    hour: int
    seed: bytes


class Mark(NamedTuple):
    """What is known of a read besides: where from (`reader.Origin`), the minute since 1970, and its coarse classes."""

    address: bytes
    network: bytes
    minute: int
    source: str
    device: str


class End(NamedTuple):
    """How long (`engaged`) and how far (`quarter`) a visit went, in steps from 0 to 4."""

    engaged: int
    quarter: int


Told = Counter[tuple[int, Signal, Rule]]
"""What became of beacons: how many in an hour since 1970, of a kind, by a rule."""


@dataclass(slots=True)
class Batch:
    """What one flush brings. Written under its number, it is written once, however often it is tried."""

    number: int
    reads: dict[Read, Mark] = field(default_factory=dict)
    ends: dict[Read, End] = field(default_factory=dict)
    told: Told = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.reads) + len(self.ends)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not (self.reads or self.ends or self.told)


def hour_of(at: datetime) -> datetime:
    """Return the beginning of the hour of an instant, in UTC."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def instant(hour: int) -> datetime:
    """Return the beginning of an hour that is counted since 1970."""
    return datetime.fromtimestamp(hour * _HOUR_S, UTC)


def add(batch: Batch, *, process: str, now: datetime) -> int:
    """Count what a batch of a process brings, all or none, and return how many reads were counted.

    A batch that is written already, though its writer never heard so, changes nothing. Reads of what cannot be seen at
    `now` are not counted, nor are those of a day that has been over for `ACCEPTED_LATE`, because nobody can tell any
    more who was counted.
    Raises: django.db.Error; nothing is written then, and the same batch may be given again.
    """
    places = lists.places({read.article_id for kind in (batch.reads, batch.ends) for read in kind}, now=now)
    told = Counter(batch.told)
    reads = _by_day(batch.reads, Signal.READ, places, told, now)
    ends = _by_day(batch.ends, Signal.END, places, told, now)
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        lock()
        if not _is_new(process, batch.number, now):
            return 0
        sums = Sums(places)
        for day in sorted({*reads, *ends}):
            _Judged(day, batch, sums, told).add(reads[day], ends[day])
        sums.write(told)
        if sums.reads:
            changed()
    return sums.reads


def backfill(read: Iterable[tuple[int, datetime, int]], *, now: datetime) -> None:
    """Add readers (article, hour, how many) without asking who they were: the invented week of the demo paper."""
    counts: Counter[tuple[int, int]] = Counter()
    for article_id, at, count in read:
        counts[article_id, int(at.timestamp()) // _HOUR_S] += count
    places = lists.places({article_id for article_id, _ in counts}, now=now)
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        lock()
        sums = Sums(places)
        for (article_id, hour), count in counts.items():
            sums.add(article_id, hour, count, count)
        sums.write(Counter())
        changed()


def _by_day(
    kind: Iterable[Read], signal: Signal, places: Collection[int], told: Told, now: datetime
) -> dict[int, list[Read]]:
    """Return what may count, by UTC days since 1970; what may not is told."""
    days: dict[int, list[Read]] = defaultdict(list)
    first = _first_hour(now)
    for one in kind:
        if one.hour < first:
            told[one.hour, signal, Rule.LATE] += 1
        elif one.article_id not in places:
            told[one.hour, signal, Rule.UNSEEN] += 1
        else:
            days[one.hour // 24].append(one)
    return days


@dataclass(frozen=True, slots=True)
class _Judged:
    """What of a batch counts on one day, added to the sums and told."""

    day: int
    batch: Batch
    sums: Sums
    told: Told

    def add(self, reads: Iterable[Read], ends: Collection[Read]) -> None:
        asked = [Asked(one.article_id, one.hour % 24, one.seed, *self.batch.reads[one][:2]) for one in reads]
        counting = Day(self.day, asked, ((end.article_id, end.seed) for end in ends))
        sums, marks, first = self.sums, self.batch.reads, self.day * 24
        for one in in_order(asked):
            hour = first + one.hour
            rule, is_first = counting.judge(one)
            self.told[hour, Signal.READ, rule] += 1
            if rule is Rule.STORED:
                sums.add(one.article_id, hour, 1, int(is_first))
                sums.add_traits(one.article_id, *marks[Read(one.article_id, hour, one.seed)][2:])
        for end in ends:
            rule = counting.judge_end(end.article_id, end.seed)
            self.told[end.hour, Signal.END, rule] += 1
            if rule is Rule.STORED:
                self.sums.add_depth(end.article_id, end.hour, *self.batch.ends[end])
        counting.write()


def _is_new(process: str, number: int, now: datetime) -> bool:
    """Note that a flush is written, and tell whether it was not before."""
    return bool(
        rows.do(
            "INSERT INTO reads_flush (process, number, at) VALUES (%s, %s, %s) ON CONFLICT (process) DO UPDATE"
            " SET number = excluded.number, at = excluded.at WHERE reads_flush.number < excluded.number",
            process,
            number,
            now,
        )
    )


def _first_hour(now: datetime) -> int:
    """Return the first hour since 1970 whose reads are still counted: that of a day that is not over for long."""
    return int((now - ACCEPTED_LATE).timestamp()) // (24 * _HOUR_S) * 24
