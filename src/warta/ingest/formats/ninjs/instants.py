"""Dates of an item: when it was first published, when changed, until when it is under embargo."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from warta.ingest.formats.ninjs.fields import Fields, UnusableError, kind, short
from warta.lexicon import zones

_RIGHT: Final = "2024-05-03T06:39:00+07:00"
_WIB: Final = "WIB"
_BY_OFFSET: Final = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant in UTC, the field it stood in, and the zone its offset means (an IANA name, or empty)."""

    at: datetime
    label: str
    zone: str


def instant(item: Fields, *names: str) -> Instant | None:
    """Read the first of these fields that says something as an instant; one without zone is read as WIB, with a note.

    Raises: UnusableError for what is no instant, or none that a newspaper can mean.
    """
    took = item.take(*names)
    if took is None:
        return None
    label, value = took
    if not isinstance(value, str):
        raise UnusableError(f"{label} is {kind(value)}: write a date and time such as {_RIGHT}")
    try:
        read = datetime.fromisoformat(value.strip())
        zone = zones.INDONESIAN.get(_BY_OFFSET.get(read.utcoffset() or timedelta(0), ""), "")
        if read.tzinfo is None:
            read = read.replace(tzinfo=ZoneInfo(zones.INDONESIAN[_WIB]))
            item.lost.add(f"{label}: no zone, read as WIB")
        return Instant(zones.possible(read), label, zone)
    except zones.ImpossibleInstantError as impossible:
        raise UnusableError(f'{label} is "{short(value)}": {impossible}; right is {_RIGHT}') from impossible
    except (ValueError, OverflowError) as unread:
        raise UnusableError(f'{label} is "{short(value)}": write a date and time such as {_RIGHT}') from unread


def published(item: Fields) -> tuple[Instant | None, datetime | None]:
    """Return when the item was first published, and when it was changed after that.

    Raises: UnusableError.
    """
    changed = instant(item, "versioncreated")
    first = instant(item, "firstcreated") or changed or instant(item, "contentcreated")
    if first is None or changed is None or changed.at == first.at:
        return first, None
    if changed.at < first.at:
        item.lost.add(f"{changed.label}: earlier than {first.label}")
        return first, None
    return first, changed.at
