"""Dates, pictures and paragraphs for the templates. Language is the page's, which is the active one."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from warta.delivery.markup import trusted
from warta.lexicon import addresses, dateline
from warta.lexicon.languages import DEFAULT
from warta.paper.pages import Block, File, Picture, Teaser

register = template.Library()

SIZES: Final = {
    "lead": "(min-width:75rem) 47rem, (min-width:64rem) 62vw, 100vw",
    "body": "(min-width:75rem) 47rem, (min-width:64rem) 62vw, 92vw",
    "top": "(min-width:75rem) 36rem, (min-width:64rem) 49vw, 100vw",
    "second": "(min-width:75rem) 15rem, (min-width:64rem) 20vw, (min-width:40rem) 47vw, 92vw",
    "half": "(min-width:75rem) 36rem, (min-width:40rem) 47vw, 92vw",
    "wall": "(min-width:75rem) 46rem, (min-width:40rem) 61vw, 92vw",
    "third": "(min-width:75rem) 23rem, (min-width:40rem) 31vw, 92vw",
    "quarter": "(min-width:75rem) 17rem, (min-width:64rem) 23vw, (min-width:40rem) 47vw, 7rem",
    "thumb": "(min-width:40rem) 10rem, 7rem",
}
"""How wide a picture is shown in each place of the lay-out, for `sizes`: what `paper.css` makes of it."""


@register.filter
def zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name."""
    return ZoneInfo(name)


@register.filter
def language(code: str) -> str:
    """Return what those who speak a language call it."""
    return dict(settings.LANGUAGES).get(code, code)


@register.filter
def day(of: date) -> str:
    """Write a day."""
    return dateline.day(of, _language())


@register.filter
def today(now: datetime, zone_: ZoneInfo) -> str:
    """Write the day that an instant has in a zone."""
    return dateline.day(now.astimezone(zone_).date(), _language())


@register.filter(name="dateline")
def dateline_(at: datetime, zone_: ZoneInfo) -> str:
    """Write an instant with its zone's name."""
    return dateline.dateline(at, zone_, _language())


@register.filter
def list_line(at: datetime, zone_: ZoneInfo) -> str:
    """Write the line under a headline in a list."""
    return dateline.list_line(at, zone_, _language())


@register.filter
def hour(at: datetime, zone_: ZoneInfo) -> str:
    """Write the hour and minute for the gutter of a list."""
    return f"{at.astimezone(zone_):%H:%M}"


@register.filter
def iso(at: datetime, zone_: ZoneInfo) -> str:
    """Write an instant for machines, to the minute, with the offset of a zone.

    Source: HTML Living Standard, valid global date and time string.
    """
    return at.astimezone(zone_).isoformat(timespec="minutes")


@register.filter
def day_address(of: date) -> str:
    """Write the address of a day of the index."""
    return addresses.index(of)


@register.filter
def corrections_address(of: date) -> str:
    """Write the address of a day of the corrections."""
    return addresses.corrections(of)


@register.filter
def popular_address(front_address: str) -> str:
    """Write the address of the most read of a rubric whose front has an address."""
    return addresses.popular(front_address.strip("/"))


@register.filter
def span(length: timedelta) -> str:
    """Write a length of time."""
    return dateline.span(length, _language())


@register.filter
def srcset(files: tuple[File, ...]) -> str:
    """Write the widths of a picture for a browser to choose from."""
    return ", ".join(f"{file.address} {file.width}w" for file in files)


@register.filter
def kind(block: Block) -> str:
    """Return what kind of block this is: `paragraph`, `heading`, `quote` and so on."""
    return str(block.__struct_config__.tag)


@register.filter
def paragraph(html: str) -> SafeString:
    """Let a paragraph's own inline marks through."""
    return trusted(html)


@register.filter
def is_list(html: str) -> bool:
    """Tell whether a paragraph is a list of its own."""
    return html.lstrip().startswith(("<ul", "<ol"))


@register.inclusion_tag("delivery/parts/picture.html")
def picture(shown: Picture, place: str, alt: str = "", *, eager: bool = False) -> dict[str, Any]:
    """Show a picture in a place of the lay-out; it is loaded late unless `eager`."""
    return {"picture": shown, "sizes": SIZES[place], "alt": alt, "eager": eager, "fallback": shown.jpeg[-1]}


@register.simple_tag(takes_context=True)
def entry(context: template.Context, teaser: Teaser) -> SafeString:
    """Show an article in a list: its headline and the line under it."""
    return _entry(teaser, context["lang"], context["shell"].zone)


@lru_cache(maxsize=256)  # of a list that is made anew, most entries were in the one before
def _entry(teaser: Teaser, lang: str, zone_: ZoneInfo) -> SafeString:
    return render_to_string("delivery/parts/entry.html", {"teaser": teaser, "lang": lang, "shell": {"zone": zone_}})


def _language() -> str:
    return get_language() or DEFAULT


@register.simple_tag(takes_context=True)
def cut(context: template.Context) -> SafeString:
    """Mark where a page is cut into pieces that are compressed apart; nothing in a page that is rendered whole."""
    return trusted(str(context.get("cut_mark", "")))
