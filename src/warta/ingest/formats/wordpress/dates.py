"""When an item was first published and when it was changed.

WordPress writes a date twice: in UTC, as `0000-00-00 00:00:00` while it is a draft, and as the clock of the site.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo

from warta.ingest.formats.wordpress.record import Record
from warta.lexicon import zones

_FORMAT: Final = "%Y-%m-%d %H:%M:%S"


def published(record: Record, zone: ZoneInfo) -> datetime | None:
    """Return when an item was first published, None when no date of it can be read."""
    return next(_instants(record, zone, "wp:post_date", with_feed=True), None)


def updated(record: Record, zone: ZoneInfo, first: datetime | None) -> datetime | None:
    """Return when an item was changed, if that was after it was published."""
    changed = next(_instants(record, zone, "wp:post_modified"), None)
    return changed if changed and first and changed > first else None


def _instants(record: Record, zone: ZoneInfo, name: str, *, with_feed: bool = False) -> Iterator[datetime]:
    for field, its_zone in ((f"{name}_gmt", UTC), (name, zone)):
        try:
            yield zones.possible(datetime.strptime(record.text(field), _FORMAT).replace(tzinfo=its_zone))
        except ValueError:
            continue
    said = record.text("pubDate")
    if with_feed and "-0001" not in said:  # how PHP writes 0000-00-00
        try:
            read = parsedate_to_datetime(said)
            yield zones.possible(read if read.tzinfo else read.replace(tzinfo=UTC))
        except (ValueError, TypeError, IndexError, OverflowError):
            return
