"""The hours of reads, out and in again; who read what is in neither.

What is kept as a day or a month goes out as its first hour. An old hour that comes in becomes a day by itself.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from django.conf import settings
from django.db import transaction

from warta.lexicon.zones import zone
from warta.reads import windows
from warta.reads.changes import changed, lock
from warta.reads.models import ReadDay, ReadHour, ReadMonth


def hours() -> Iterator[tuple[int, datetime, int, int]]:
    """Return article, hour, reads and readers of all that is kept: months, days, and hour by hour."""
    midnight = time(tzinfo=zone(settings.WARTA_ZONE))
    for model in (ReadMonth, ReadDay):
        summed = model.objects.order_by("day", "article_id").values_list("article_id", "day", "reads", "readers")
        for article_id, day, reads, readers in summed.iterator(chunk_size=2000):
            yield article_id, datetime.combine(day, midnight).astimezone(UTC), reads, readers
    rows = ReadHour.objects.order_by("hour_at", "article_id")
    yield from rows.values_list("article_id", "hour_at", "reads", "readers").iterator(chunk_size=2000)


def restore(rows: Sequence[tuple[int, datetime, int, int]]) -> None:
    """Set hours to what they were; the same once more changes nothing. The windows are made anew after it.

    Raises: django.db.Error.
    """
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        lock()
        ReadHour.objects.bulk_create(
            (
                ReadHour(article_id=article_id, hour_at=hour_at, reads=reads, readers=readers)
                for article_id, hour_at, reads, readers in rows
            ),
            update_conflicts=True,
            unique_fields=["hour_at", "article_id"],
            update_fields=["reads", "readers"],
        )
        windows.forget()
        changed()
