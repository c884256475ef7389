"""The sitemaps: an index of thirds of months, of which each lists its articles; the fronts; the news of two days."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, shell
from warta.delivery.views import errors
from warta.delivery.views.days import midnight, possible
from warta.feeds import sitemaps
from warta.feeds.sitemaps import Address, News
from warta.lexicon import addresses
from warta.paper import lists, months
from warta.paper.pages import Picture, Teaser

_FIRST_DAYS: Final = (1, 11, 21)
"""A third of a large paper's month stays under the 50,000 addresses of a sitemap; a whole month does not."""
_NEWS_FOR: Final = timedelta(hours=48)


@errors.reading
def index(request: HttpRequest) -> HttpResponse:
    """Answer the index: the news, the fronts, and each third of a month that has articles, newest first."""
    now = timezone.now()
    frame = shell.current(now=now)
    first = lists.first_instant(now=now)
    spans = list(_thirds(first, now, frame.zone)) if first else []
    instants = [(midnight(start, frame.zone), midnight(end, frame.zone)) for start, end in spans]
    parts = [
        addresses.sitemap(f"{start:%Y-%m-%d}")
        for (start, _), is_filled in zip(spans, months.filled(instants, now=now), strict=True)
        if is_filled
    ]
    news = [addresses.sitemap("news")] if _news(now, 1) else []
    return _written(sitemaps.index(frame.site_url + part for part in [*news, addresses.sitemap("fronts"), *parts]))


@errors.reading
def third(request: HttpRequest, year: str, month: str, number: str) -> HttpResponse:
    """Answer the articles of a third of a month, by its first day in the site's zone."""
    now = timezone.now()
    frame = shell.current(now=now)
    try:
        start = possible(date(int(year), int(month), int(number)))
        instants = midnight(start, frame.zone), midnight(_end(start), frame.zone)
    except ValueError:
        return errors.absent(errors.NO_SUCH_DAY)
    found = months.articles(*instants, now=now, limit=sitemaps.MOST) if start.day in _FIRST_DAYS else []
    if not found:
        return errors.absent()
    return _written(
        sitemaps.urls(
            Address(frame.site_url + page.path, page.changed_at, _photo(page.lead, frame.site_url)) for page in found
        )
    )


@errors.reading
def fronts(request: HttpRequest) -> HttpResponse:
    """Answer the front page, the lists of the whole paper, all fronts and the static pages."""
    now = timezone.now()
    site = shell.bare().site_url
    own = [
        "/",
        addresses.index(),
        addresses.corrections(),
        addresses.popular(),
        addresses.counting(),
        addresses.feeds(),
    ]
    paths = [*own, *months.fronts(now=now, limit=sitemaps.MOST - len(own))]
    return _written(sitemaps.urls(Address(site + path) for path in paths))


@errors.reading
def news(request: HttpRequest) -> HttpResponse:
    """Answer the articles of the last two days."""
    now = timezone.now()
    site = shell.bare()
    return _written(
        sitemaps.news(
            (
                News(
                    page=site.site_url + teaser.path,
                    title=teaser.headline,
                    lang=teaser.lang,
                    published_at=teaser.published_at,
                    image=_photo(teaser.wide, site.site_url),
                )
                for teaser in _news(now, sitemaps.MOST_NEWS)
            ),
            publication=site.name,
        )
    )


def _news(now: datetime, limit: int) -> list[Teaser]:
    return lists.latest(now=now, limit=limit, since=now - _NEWS_FOR)


def _thirds(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[tuple[date, date]]:
    """Return the first day of each third of a month, and that of the next, newest first."""
    oldest, day = first.astimezone(zone).date(), last.astimezone(zone).date()
    start = day.replace(day=max(number for number in _FIRST_DAYS if number <= day.day))
    while _end(start) > oldest:
        yield start, _end(start)
        before = start - timedelta(days=1)
        start = before.replace(day=max(number for number in _FIRST_DAYS if number <= before.day))


def _end(start: date) -> date:
    """Return the first day of the third after one."""
    later = [number for number in _FIRST_DAYS if number > start.day]
    return start.replace(day=later[0]) if later else (start.replace(day=28) + timedelta(days=4)).replace(day=1)


def _photo(picture: Picture | None, site_url: str) -> str:
    return site_url + picture.jpeg[-1].address if picture else ""


def _written(text: str) -> HttpResponse:
    return headers.live(HttpResponse(text, content_type=f"{sitemaps.MEDIA_TYPE}; charset=utf-8"))
