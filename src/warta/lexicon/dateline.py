"""How dates are written: the dateline of an article, the line under a headline in a list, the heading of a day.

Weekday and month names come from the locale data (Unicode CLDR, through Babel); zone names (WIB, WITA, WIT) from the
IANA time zone database, because CLDR prints `+0700` in English.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.units import format_unit

_DAY: Final = "EEEE, dd MMMM y"


@lru_cache(maxsize=1024)  # every list writes the same few days again and again
def day(of: date, lang: str) -> str:
    """Write a day as `Jumat, 03 Mei 2024`."""
    return format_date(of, _DAY, locale=lang)


def dateline(at: datetime, zone: ZoneInfo, lang: str) -> str:
    """Write an instant as `Jumat, 03 Mei 2024 | 06:39 WIB`, in the article's own zone."""
    local = at.astimezone(zone)
    return f"{day(local.date(), lang)} | {local:%H:%M} {local.tzname()}"


def list_line(at: datetime, zone: ZoneInfo, lang: str) -> str:
    """Write an instant as `Jumat, 03 Mei 2024 | 06:39`, in the site's zone, for the lists."""
    local = at.astimezone(zone)
    return f"{day(local.date(), lang)} | {local:%H:%M}"


def moment(at: datetime, zones: Iterable[tzinfo], lang: str) -> str:
    """Write an instant to the second in several zones, as `Jumat, 03 Mei 2024 | 06:39:00 WIB = 08:39:00 WIT`.

    A zone that shows the same clock as one before is left out; the day is written again where it differs.
    """
    written: dict[str, None] = {}
    before: date | None = None
    for local in {at.astimezone(zone).strftime("%F %T %z"): at.astimezone(zone) for zone in zones}.values():
        clock = f"{local:%H:%M:%S} {local.tzname()}"
        written[clock if local.date() == before else f"{day(local.date(), lang)} | {clock}"] = None
        before = local.date()
    return " = ".join(written)


def span(length: timedelta, lang: str) -> str:
    """Write a length of time by its two largest units, as `2 hari 3 jam`; less than a minute is one minute."""
    minutes = max(int(length.total_seconds()) // 60, 1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = [(days, "duration-day"), (hours, "duration-hour"), (minutes, "duration-minute")]
    largest = next(place for place, (number, _) in enumerate(units) if number)
    told = [(number, unit) for number, unit in units[largest : largest + 2] if number]
    return " ".join(format_unit(number, unit, length="long", locale=lang) for number, unit in told)
