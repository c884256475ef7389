"""From when until when an article may be seen."""

from datetime import datetime


class UnderEmbargoError(ValueError):
    """The article may not be shown before its embargo ends."""

    def __init__(self, embargo: datetime) -> None:
        super().__init__(f"under embargo until {embargo.isoformat()}")
        self.embargo = embargo


def check(visible_from: datetime, embargo: datetime | None) -> None:
    """Let an article be seen from `visible_from` on, unless its embargo ends later.

    Raises: UnderEmbargoError.
    """
    if embargo is not None and visible_from < embargo:
        raise UnderEmbargoError(embargo)


def is_visible(visible_from: datetime, visible_until: datetime | None, now: datetime) -> bool:
    """Tell whether something may be seen at `now`: from the first instant on, and no longer at the last."""
    return visible_from <= now and (visible_until is None or now < visible_until)
