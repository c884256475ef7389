"""What the screens of the numbers say in the same way: hours, days, changes; and one chart with its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from warta.lexicon.zones import zone
from warta.newsroom.desk.numbers.chart import Curve, Flag
from warta.newsroom.numbers import Unit


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table behind a chart."""

    label: str
    value: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened at a moment, and the flag that stands for it."""

    flag: Flag
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A curve with its name, what it says in words, its table, and what its lines and flags mean."""

    name: str
    title: str
    said: str
    curve: Curve
    rows: Sequence[Row]
    head: str
    line: str = ""
    before: str = ""
    marks: Sequence[Mark] = ()


_FORMATS: Final[dict[Unit, str]] = {"hour": "j M, H.i", "day": "j M Y", "month": "F Y"}
_SHORT: Final[dict[Unit, str]] = {"hour": "H.i", "day": "j M", "month": "M Y"}


def local(at: datetime) -> datetime:
    """Return an instant in the paper's zone: what all screens share has nobody's own."""
    return timezone.localtime(at, zone(settings.WARTA_ZONE))


def today(now: datetime) -> date:
    """Return the day that it is for the paper."""
    return local(now).date()


def spelt(at: datetime, unit: Unit = "hour") -> str:
    """Return an hour, a day or a month in words."""
    return date_format(local(at), _FORMATS[unit])


def moment(at: datetime, unit: Unit) -> str:
    """Return an instant in words, with its year beside a curve of days or months."""
    return date_format(local(at), "j M, H.i" if unit == "hour" else "j M Y, H.i")


def short(at: datetime, unit: Unit = "hour") -> str:
    """Return the same for the narrow place under a chart."""
    return date_format(local(at), _SHORT[unit])


def grouped(value: int) -> str:
    """Return a number with the separators of the language."""
    return str(number_format(value, force_grouping=True))


def unit_name(unit: Unit) -> str:
    """Return what stands over the spans in a table."""
    return {"hour": _("Hour"), "day": _("Day"), "month": _("Month")}[unit]


def summary(rows: Sequence[Row]) -> str:
    """Return what a curve says to somebody who does not see it."""
    if not rows or not any(row.value for row in rows):
        return _("Nothing was read.")
    highest = max(rows, key=lambda row: row.value)
    return _("%(sum)s in all, most at %(label)s: %(most)s.") % {
        "sum": grouped(sum(row.value for row in rows)),
        "label": highest.label,
        "most": grouped(highest.value),
    }


def source_name(name: str) -> str:
    """Return where readers come from, in words."""
    return {
        "search": _("Search engines"),
        "social": _("Social media"),
        "direct": _("Directly"),
        "own": _("Our own pages"),
        "other": _("Other sites"),
    }.get(name, name)


def device_name(name: str) -> str:
    """Return what somebody reads on, in words."""
    return {"phone": _("Telephone"), "tablet": _("Tablet"), "desktop": pgettext("device", "Computer")}.get(name, name)


def crumbs(heading: str, *before: tuple[str, str]) -> dict[str, Any]:
    """Return what the head of these screens shows; `before` are the screens above, as name and address."""
    numbers = _("Numbers")
    above = [] if heading == numbers else [(numbers, reverse("numbers")), *before]
    items = [{"url": url, "label": label} for label, url in above]
    return {
        "breadcrumbs_items": [*items, {"url": "", "label": heading}],
        "header_icon": "view",
        "page_title": heading,
        "header_title": heading,
    }
