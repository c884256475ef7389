"""Writes reads into hourly buckets, each reader once per article and hour, whatever arrives twice or late."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from itertools import islice
from operator import or_
from typing import Final, NamedTuple, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from warta.paper import lists
from warta.reads.models import Counter, ReadHour, Salt, Seen
from warta.reads.reader import reader

BUCKETS: Final = "buckets"
"""Name of the counter of changes."""
KEPT_LATE: Final = timedelta(hours=1)
"""How long after its end a UTC day's salt and readers are kept, for reads that could not be written before."""
ACCEPTED_LATE: Final = timedelta(minutes=50)
"""How long after its end a day's reads are counted; the ten minutes between outlast transactions and clocks apart."""
KEPT_DAYS: Final = 8
"""How long hours are kept."""
_CHUNK: Final = 500

T = TypeVar("T")


class Read(NamedTuple):
    """One read: of which article, in which hour (UTC), by whom (`reader.seed`)."""

    article_id: int
    hour_at: datetime
    seed: bytes


class _Bucket(NamedTuple):
    article_id: int
    hour_at: datetime


def hour_of(at: datetime) -> datetime:
    """Return the beginning of the hour of an instant, in UTC."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def add(batch: Collection[Read], *, now: datetime) -> int:
    """Count the reads that were not counted yet, all or none, and return how many those were.

    Reads of what cannot be seen at `now` are not counted: anybody can post any number. Neither are those of a day that
    has been over for `ACCEPTED_LATE`, because nobody can tell any more who was counted.
    Raises: django.db.Error; nothing is written then, and the batch may be given again.
    """
    on_time = [read for read in batch if now < _end(read.hour_at.date()) + ACCEPTED_LATE]
    visible = _visible({read.article_id for read in on_time}, now)
    by_day: dict[date, list[Read]] = defaultdict(list)
    for read in on_time:
        if read.article_id in visible:
            by_day[read.hour_at.date()].append(read)
    if not by_day:
        return 0
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        _lock()
        return sum(_add_day(day, by_day[day]) for day in sorted(by_day))


def backfill(rows: Iterable[tuple[int, datetime, int]]) -> None:
    """Add readers (article, hour, how many) without asking who they were: the invented week of the demo paper."""
    readers: dict[_Bucket, int] = defaultdict(int)
    for article_id, at, count in rows:
        readers[_Bucket(article_id, hour_of(at))] += count
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        _lock()
        _raise({bucket: (count, count) for bucket, count in readers.items()})


def change_number() -> int:
    """Return the number of the last change of the hours, 0 when nothing was ever counted."""
    return Counter.objects.filter(name=BUCKETS).values_list("value", flat=True).first() or 0


def sweep(now: datetime, *, portion: int = 5000, portions: int = 20) -> int:
    """Throw away what is past its time, so much at most of each table; return how many rows that were.

    Each portion is a transaction, so that no flush waits long. Salts go first and all at once: without them, the
    readers that are left cannot be told from random numbers.
    """
    first_day = (now.astimezone(UTC) - KEPT_LATE).date()
    first_hour_at = hour_of(now) - timedelta(days=KEPT_DAYS)
    deleted = Salt.objects.filter(day__lt=first_day).delete()[0]
    for _ in range(portions):
        seen = Seen.objects.filter(day__lt=first_day).values("pk")[:portion]
        hours = ReadHour.objects.filter(hour_at__lt=first_hour_at).values("pk")[:portion]
        count = Seen.objects.filter(pk__in=seen).delete()[0] + ReadHour.objects.filter(pk__in=hours).delete()[0]
        deleted += count
        if not count:
            break
    return deleted


def _lock() -> None:
    """Wait until no other process counts. On SQLite the immediate transaction has seen to that."""
    Counter.objects.select_for_update().get_or_create(name=BUCKETS)


def _add_day(day: date, batch: Iterable[Read]) -> int:
    salt = _salt(day)
    asked: dict[tuple[int, int], int] = defaultdict(int)
    for read in batch:
        asked[read.article_id, reader(read.seed, salt)] |= 1 << read.hour_at.hour
    counted = _counted(day, sorted(asked))
    growth: dict[_Bucket, tuple[int, int]] = {}
    rows = []
    for (article_id, who), hours in asked.items():
        before = counted.get((article_id, who), 0)
        if not hours & ~before:
            continue
        rows.append(Seen(day=day, article_id=article_id, reader=who, hours=hours | before))
        is_first = not before
        for hour in _hours(hours & ~before):
            bucket = _Bucket(article_id, datetime.combine(day, time(hour), tzinfo=UTC))
            reads, readers = growth.get(bucket, (0, 0))
            growth[bucket] = (reads + 1, readers + is_first)
            is_first = False
    Seen.objects.bulk_create(
        rows,
        batch_size=_CHUNK,
        update_conflicts=True,
        unique_fields=["day", "article_id", "reader"],
        update_fields=["hours"],
    )
    _raise(growth)
    return sum(reads for reads, _ in growth.values())


def _salt(day: date) -> bytes:
    """Return the salt of a day, made by whoever needs it first."""
    salt, _ = Salt.objects.get_or_create(day=day, defaults={"value": secrets.token_bytes(16)})
    return bytes(salt.value)


def _counted(day: date, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Return the hours already counted of those of the given (article, reader) who were seen that day."""
    found: dict[tuple[int, int], int] = {}
    for chunk in _chunks(pairs):
        readers: dict[int, list[int]] = defaultdict(list)
        for article_id, who in chunk:
            readers[article_id].append(who)
        any_of = reduce(or_, (Q(day=day, article_id=id_, reader__in=who) for id_, who in readers.items()))
        for article_id, who, hours in Seen.objects.filter(any_of).values_list("article_id", "reader", "hours"):
            found[article_id, who] = hours
    return found


def _raise(growth: dict[_Bucket, tuple[int, int]]) -> None:
    """Raise the (reads, readers) of buckets, in one statement for all that grow alike, and number the change."""
    if not growth:
        return
    ReadHour.objects.bulk_create(
        (ReadHour(article_id=bucket.article_id, hour_at=bucket.hour_at) for bucket in growth),
        batch_size=_CHUNK,
        ignore_conflicts=True,
    )
    alike: dict[tuple[datetime, int, int], list[int]] = defaultdict(list)
    for bucket, (reads, readers) in growth.items():
        alike[bucket.hour_at, reads, readers].append(bucket.article_id)
    for (hour_at, reads, readers), article_ids in alike.items():
        for chunk in _chunks(article_ids):
            ReadHour.objects.filter(hour_at=hour_at, article_id__in=chunk).update(
                reads=F("reads") + reads, readers=F("readers") + readers
            )
    Counter.objects.filter(name=BUCKETS).update(value=F("value") + 1)


def _visible(article_ids: Collection[int], now: datetime) -> set[int]:
    return {teaser.id for chunk in _chunks(sorted(article_ids)) for teaser in lists.teasers(chunk, now=now)}


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)


def _hours(bits: int) -> Iterator[int]:
    return (hour for hour in range(24) if bits >> hour & 1)


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
