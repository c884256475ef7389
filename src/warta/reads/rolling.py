"""Hours become days after eight days and months after a year; what is past its time is thrown away, bit by bit."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from warta.reads import rows, windows
from warta.reads.buckets import KEPT_LATE, hour_of
from warta.reads.changes import lock
from warta.reads.models import Crowd, Depth, Facet, Flush, Pulse, ReadDay, ReadHour, Salt, Seen, Sieved
from warta.reads.reader import DAYS, KEYS, first_key

KEPT_DAYS: Final = 8
"""How long hours are kept as hours."""
KEPT_AS_DAYS: Final = 365
"""How long days are kept as days."""
KEPT_FACETS: Final = timedelta(days=31)
"""How long is kept by what traits the whole paper was read, how deeply, and what the sieve dropped."""
KEPT_PULSE: Final = timedelta(hours=1)
KEPT_FLUSHES: Final = timedelta(days=3)
"""How long is known what a process that is silent has written: longer than any reads are accepted late."""


def sweep(now: datetime, *, portion: int = 5000, portions: int = 20) -> int:
    """Throw away and roll up what is past its time, a bounded part of it; return how many rows that were.

    Each portion is a transaction, so that no flush waits long. Salts go first and all at once: without them, the
    readers that are left cannot be told from random numbers.
    """
    kept = now.astimezone(UTC) - KEPT_LATE
    first_day = kept.date()
    deleted = Salt.objects.filter(day__lt=first_day).delete()[0]
    works: tuple[Callable[[], int], ...] = (
        *(partial(_drop_keys, model, day, portion) for model in (Seen, Crowd) for day in _gone(kept)),
        lambda: _roll_hours(now, portion),
        lambda: _roll_days(now, portion),
        lambda: _drop_depths((now - KEPT_FACETS).date()),
        lambda: Facet.objects.filter(hour_at__lt=now - KEPT_FACETS).delete()[0],
        lambda: Sieved.objects.filter(hour_at__lt=now - KEPT_FACETS).delete()[0],
        lambda: Pulse.objects.filter(minute_at__lt=now - KEPT_PULSE).delete()[0],
        lambda: Flush.objects.filter(at__lt=now - KEPT_FLUSHES).delete()[0],
    )
    for _ in range(portions):
        count = sum(work() for work in works)
        deleted += count
        if not count:
            break
    return deleted


def _gone(kept: datetime) -> range:
    """Return the days (since 1970) of whose keys none is needed: not the first that is kept nor the two after it."""
    first = int(kept.timestamp()) // 86_400
    return range(first - DAYS + 3, first)


def _drop_keys(model: type[Seen | Crowd], day: int, portion: int) -> int:
    first = first_key(day)
    rows = model._default_manager.filter(key__gte=first, key__lt=first + KEYS).order_by("key")
    last = rows.values_list("key", flat=True)[:portion].aggregate(last=Max("key"))["last"]
    return 0 if last is None else rows.order_by().filter(key__lte=last).delete()[0]


def _drop_depths(before: date, articles: int = 500) -> int:
    """Drop some rows of the oldest day that is past its time."""
    old = Depth.objects.filter(day__lt=before).order_by("day", "article_id")
    first = list(old.values_list("day", "article_id")[:articles])
    if not first:
        return 0
    day, last = first[0][0], max(value for at, value in first if at == first[0][0])
    return Depth.objects.filter(day=day, article_id__lte=last).delete()[0]


def _roll_hours(now: datetime, portion: int) -> int:
    """Make days of some articles' oldest hour, once it has left the windows that go by hours."""
    edges = windows.edges()
    ends = [hour_of(now) - timedelta(days=KEPT_DAYS), *(edges[name].at for name in ("day", "week") if name in edges)]
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        lock()
        oldest = ReadHour.objects.filter(hour_at__lt=min(ends)).order_by("hour_at", "article_id")
        found = list(oldest.values_list("pk", "hour_at", "article_id", "reads", "readers")[:portion])
        _merge("reads_readday", [(windows.day_of(at), *sums) for _, at, *sums in found])
        ReadHour.objects.filter(pk__in=[row[0] for row in found]).delete()
    return len(found)


def _roll_days(now: datetime, portion: int) -> int:
    """Make months of some articles' oldest day."""
    before = windows.day_of(now) - timedelta(days=KEPT_AS_DAYS)
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        lock()
        oldest = ReadDay.objects.filter(day__lt=before).order_by("day", "article_id")
        found = list(oldest.values_list("day", "article_id", "reads", "readers")[:portion])
        if not found:
            return 0
        day = found[0][0]
        of_day = [row for row in found if row[0] == day]
        _merge("reads_readmonth", [(day.replace(day=1), *sums) for _, *sums in of_day])
        ReadDay.objects.filter(day=day, article_id__lte=of_day[-1][1]).delete()
    return len(of_day)


def _merge(table: str, summed: list[tuple[Any, ...]]) -> None:
    rows.merge(table, ("day", "article_id", "reads", "readers"), _by_day(summed), on=2)


def _by_day(summed: list[tuple[Any, ...]]) -> list[tuple[str, int, int, int]]:
    """Sum what falls on the same day: one statement may not change one row twice."""
    made: dict[tuple[date, int], list[int]] = {}
    for day, article_id, reads, readers in summed:
        sums = made.setdefault((day, article_id), [0, 0])
        sums[0] += reads
        sums[1] += readers
    return [(day.isoformat(), article_id, reads, readers) for (day, article_id), (reads, readers) in made.items()]
