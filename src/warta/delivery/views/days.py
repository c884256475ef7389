"""Days in the site's zone, as the index and the corrections show them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from warta.lexicon.zones import EARLIEST, LATEST


def possible(of: date) -> date:
    """Return a day on which a newspaper can have appeared.

    Raises: ValueError.
    """
    if not EARLIEST.date() < of < (LATEST - timedelta(days=1)).date():
        raise ValueError(f"{of} is outside the years of a newspaper")
    return of


def midnight(of: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a day begins."""
    return datetime.combine(of, time(), zone).astimezone(UTC)


def day_of(instant: datetime | None, zone: ZoneInfo) -> date | None:
    """Return the day of an instant, None for none."""
    return None if instant is None else instant.astimezone(zone).date()
