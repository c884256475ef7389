"""The hours of reads, out and in again; who read what is in neither."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from warta.reads.buckets import BUCKETS
from warta.reads.models import Counter, ReadHour


def hours() -> Iterator[tuple[int, datetime, int, int]]:
    """Return article, hour, reads and readers of all that is kept, hour by hour."""
    rows = ReadHour.objects.order_by("hour_at", "article_id")
    return rows.values_list("article_id", "hour_at", "reads", "readers").iterator(chunk_size=2000)


def restore(rows: Sequence[tuple[int, datetime, int, int]]) -> None:
    """Set hours to what they were; the same once more changes nothing.

    Raises: django.db.Error.
    """
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        Counter.objects.select_for_update().get_or_create(name=BUCKETS)
        ReadHour.objects.bulk_create(
            (
                ReadHour(article_id=article_id, hour_at=hour_at, reads=reads, readers=readers)
                for article_id, hour_at, reads, readers in rows
            ),
            update_conflicts=True,
            unique_fields=["hour_at", "article_id"],
            update_fields=["reads", "readers"],
        )
        Counter.objects.filter(name=BUCKETS).update(value=F("value") + 1)
