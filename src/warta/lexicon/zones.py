"""Time zones by name, and which instants a newspaper can mean."""

from datetime import UTC, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

INDONESIAN: Final = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)


class UnknownZoneError(ValueError):
    """The name is neither WIB, WITA, WIT nor a name of the IANA time zone database."""


class ImpossibleInstantError(ValueError):
    """The instant is naive, or outside the years 1900 to 2099 (UTC)."""


def zone(name: str) -> ZoneInfo:
    """Return the zone called `name`: an IANA name, or WIB, WITA or WIT in any case.

    Raises: UnknownZoneError, which says what is allowed.
    """
    iana = INDONESIAN.get(name.strip().upper(), name.strip())
    if iana not in _names():
        raise UnknownZoneError(
            f"{name!r} is not a time zone: write WIB, WITA, WIT or an IANA name such as Asia/Jakarta"
        )
    return ZoneInfo(iana)


def possible(at: datetime) -> datetime:
    """Return `at` in UTC when a newspaper can mean it.

    Raises: ImpossibleInstantError for a naive instant or one before 1900 or after 2099.
    """
    if at.tzinfo is None:
        raise ImpossibleInstantError(f"{at.isoformat()} has no time zone: add one, such as +07:00")
    try:
        instant = at.astimezone(UTC)
    except OverflowError as overflow:
        raise ImpossibleInstantError(f"{at.isoformat()} is outside the years 1900 to 2099") from overflow
    if not EARLIEST <= instant < LATEST:
        raise ImpossibleInstantError(f"{at.isoformat()} is outside the years 1900 to 2099: check the year")
    return instant


@cache
def _names() -> frozenset[str]:
    """Return all names of the database, which takes a walk through its folders: once is enough."""
    return frozenset(available_timezones())
