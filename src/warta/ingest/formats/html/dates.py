"""Dates as Indonesian and English papers write them: `Jumat, 03 Mei 2024 | 06:39 WIB`, `07/01/2020 10.15`, ISO 8601.

Names of months come from the locale data (Unicode CLDR, through Babel); beside them stand the papers' own short forms.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from warta.lexicon import zones

_OWN: Final = {"agt": 8, "agts": 8, "ags": 8, "agust": 8, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2,
               "sept": 9, "mrt": 3, "djuni": 6, "djuli": 7}  # fmt: skip
_CLOCK: Final = (
    r"(?:[\s,|/·•–-]{0,5}(?:pukul|pkl\.?|jam|at|@)?[\s:]{0,3}(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?!\d)\s{0,2}(?P<half>[ap]\.?m\b\.?)?\s{0,2}\(?(?P<zone>WIB|WITA|WIT|(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?)?\b)?"
)
_DAY_FIRST: Final = re.compile(
    r"(?<![\d:/])(?P<day>\d{1,2})(?:\s{0,2}[/.-]\s{0,2}|\s+)(?P<month>[a-z]{3,9}\.?|\d{1,2})(?:\s{0,2}[/.,-]\s{0,2}|\s+)"
    r"(?P<year>(?:19|20)\d{2})(?!\d)" + _CLOCK,
    re.IGNORECASE | re.ASCII,
)
_MONTH_FIRST: Final = re.compile(
    r"\b(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{2})(?!\d)" + _CLOCK,
    re.IGNORECASE | re.ASCII,
)
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)" + _CLOCK,
    re.IGNORECASE | re.ASCII,
)
_OFFSET: Final = re.compile(r"(?:GMT|UTC)\s?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?", re.IGNORECASE)
_BY_OFFSET: Final = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, its zone as an IANA name when it is known, and whether clock time and zone were written."""

    at: datetime
    zone: str
    has_clock: bool
    has_zone: bool


def moment(words: str, zone: str) -> Moment | None:
    """Return the first date in a few words; without a zone of its own it is in `zone`, without a clock at midnight."""
    text = " ".join(words[:_LONGEST].split())
    if (told := _iso(text, zone)) is not None:
        return told
    for found in sorted(
        (match for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST) for match in pattern.finditer(text)),
        key=lambda match: match.start(),
    ):
        if (told := _read(found, zone)) is not None:
            return told
    return None


def is_only_date(words: str) -> bool:
    """Tell whether a line is a date and nothing else but weekday, label and zone."""
    text = " ".join(words.split())
    found = next((match for pattern in (_DAY_FIRST, _MONTH_FIRST) if (match := pattern.search(text))), None)
    if found is None or len(text) > 100 or _read(found, "UTC") is None:
        return False
    left = f"{text[: found.start()]} {text[found.end() :]}"
    return len(re.findall(r"[^\W\d_]{2,}", left)) <= 3 and not re.search(r"[.!?]\s*$", left.strip())


def _iso(text: str, zone: str) -> Moment | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        read = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", text))
    except ValueError:
        return None
    has_clock, has_zone = len(text) > len("2024-05-03"), read.tzinfo is not None
    named = zones.INDONESIAN.get(_BY_OFFSET.get(read.utcoffset() or timedelta(0), ""), "")
    return _possible(read if has_zone else read.replace(tzinfo=ZoneInfo(zone)), named, has_clock, has_zone)


def _read(found: re.Match[str], zone: str) -> Moment | None:
    said = found["month"].strip(".").casefold()
    month = int(said) if said.isdigit() else _months().get(said, 0)
    day = int(found["day"])
    if month > 12 >= day and said.isdigit() and int(found["year"]):
        day, month = month, day
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    own, named = _zone(found["zone"] or "")
    try:
        read = datetime(
            int(found["year"]), month, day, hour, int(found["minute"] or 0), int(found["second"] or 0),
            tzinfo=own or ZoneInfo(zone),
        )  # fmt: skip
    except ValueError:
        return None
    return _possible(read, named, found["hour"] is not None, own is not None)


def _zone(words: str) -> tuple[ZoneInfo | timezone | None, str]:
    if not words:
        return None, ""
    if iana := zones.INDONESIAN.get(words.upper()):
        return ZoneInfo(iana), iana
    offset = _OFFSET.fullmatch(words)
    if offset is None or offset[1] is None:
        return UTC, ""
    apart = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)) * (-1 if offset[1] == "-" else 1)
    if abs(apart) >= timedelta(hours=24):
        return None, ""
    return timezone(apart), zones.INDONESIAN.get(_BY_OFFSET.get(apart, ""), "")


def _possible(read: datetime, zone: str, has_clock: bool, has_zone: bool) -> Moment | None:
    try:
        return Moment(zones.possible(read), zone, has_clock, has_zone)
    except (zones.ImpossibleInstantError, ValueError, OverflowError):
        return None


@cache
def _months() -> Mapping[str, int]:
    names = dict(_OWN)
    for locale in ("en", "id"):
        for width in ("abbreviated", "wide"):
            names.update((name.strip(".").casefold(), n) for n, name in get_month_names(width, locale=locale).items())
    return names
