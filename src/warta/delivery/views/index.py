"""The index of everything: by day, newest first, back to the first article ever published."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from warta.delivery import headers, shell
from warta.delivery.render import page_html
from warta.delivery.views import errors, keyset
from warta.delivery.views.days import day_of, midnight, possible
from warta.lexicon import addresses
from warta.paper import lists
from warta.paper.lists import Cursor
from warta.paper.pages import Teaser

PAGE: Final = 50
DAY_PAGE: Final = 200


@errors.reading
def index(request: HttpRequest) -> HttpResponse:
    """Answer the index, an older page of it, or send on to the day that the form asks for."""
    now = timezone.now()
    if wanted := request.GET.get("tanggal"):
        try:
            return HttpResponseRedirect(addresses.index(possible(date.fromisoformat(wanted))))
        except ValueError:
            return errors.absent(errors.NO_SUCH_DAY)
    try:
        behind = keyset.asked(request)
    except ValueError:
        return errors.absent(errors.NO_SUCH_PLACE)
    frame = shell.current(now=now)
    part = keyset.cut(behind, now=now, limit=PAGE)
    html = page_html(
        "index", shell=frame, now=now, path=addresses.index(), slice=part, days=_by_day(part.teasers, frame.zone)
    )
    return headers.live(HttpResponse(html))


@errors.reading
def day(request: HttpRequest, year: str, month: str, number: str) -> HttpResponse:
    """Answer one day of the index, in the site's zone, with the nearest days before and after that have articles."""
    try:
        shown = possible(date(int(year), int(month), int(number)))
    except ValueError:
        return errors.absent(errors.NO_SUCH_DAY)
    now = timezone.now()
    frame = shell.current(now=now)
    start, end = midnight(shown, frame.zone), midnight(shown + timedelta(days=1), frame.zone)
    try:
        behind = keyset.asked(request)
    except ValueError:
        return errors.absent(errors.NO_SUCH_PLACE)
    last = Cursor(end, 0)
    part = keyset.cut(min(behind or last, last), now=now, limit=DAY_PAGE, since=start)
    html = page_html(
        "index",
        shell=frame,
        now=now,
        path=addresses.index(shown),
        day=shown,
        slice=replace(part, is_first=behind is None and bool(part.teasers)),
        previous=day_of(lists.newest_before(start, now=now), frame.zone),
        next=day_of(lists.oldest_from(end, now=now), frame.zone),
    )
    return headers.live(HttpResponse(html))


def _by_day(teasers: list[Teaser], zone: ZoneInfo) -> list[tuple[date, list[Teaser]]]:
    return [
        (shown, list(group))
        for shown, group in groupby(teasers, key=lambda teaser: teaser.published_at.astimezone(zone).date())
    ]
