"""The weeks and months that reports are of, as days of the paper. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

KEPT_DAYS: Final = 365
"""How far back weeks go: what is older is known by months alone."""
_FIRST: Final = date(2000, 1, 1)
_TEXT: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Kind(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """A week from Monday to Sunday, or a month of the calendar."""

    kind: Kind
    first: date

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def before(self) -> "Period":
        """Return the period before."""
        return around(self.kind, self.first - timedelta(days=1))

    @property
    def after(self) -> "Period":
        """Return the period after."""
        return around(self.kind, self.first + timedelta(days=7 if self.kind is Kind.WEEK else 31))

    def days(self, until: date) -> list[date]:
        """Return its days, up to one."""
        count = (min(self.last, until) - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(max(count, 0))]

    def is_known(self, today: date) -> bool:
        """Tell whether there can be numbers of it: it has begun, and its days are not rolled up into what is longer."""
        oldest = _FIRST if self.kind is Kind.MONTH else today - timedelta(days=KEPT_DAYS)
        return oldest < self.first <= today


def around(kind: Kind, day: date) -> Period:
    """Return the period that a day is in."""
    return Period(kind, day - timedelta(days=day.weekday()) if kind is Kind.WEEK else day.replace(day=1))


def read(kind: str, day: str, today: date) -> Period:
    """Return the period that an address asks for; the one before the running one when it says nothing sensible."""
    known = Kind.MONTH if kind == Kind.MONTH else Kind.WEEK
    latest = around(known, today).before
    if not _TEXT.fullmatch(day):
        return latest
    try:
        asked = around(known, date.fromisoformat(day))
    except ValueError:
        return latest
    return asked if asked.is_known(today) else latest
