"""The corrections of the whole paper: by day, newest first, with the article, the change and the delay."""

from datetime import date, timedelta
from itertools import groupby
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from warta.delivery import cursors, headers, shell
from warta.delivery.render import page_html
from warta.delivery.views import errors, keyset
from warta.delivery.views.days import day_of, midnight, possible
from warta.lexicon import addresses
from warta.paper import corrections
from warta.paper.corrections import ToldCorrection
from warta.paper.lists import Cursor

PAGE: Final = 30
DAY_PAGE: Final = 100


@errors.reading
def all_days(request: HttpRequest) -> HttpResponse:
    """Answer the corrections, an older page of them, or send on to the day that the form asks for."""
    now = timezone.now()
    if wanted := request.GET.get("tanggal"):
        try:
            return HttpResponseRedirect(addresses.corrections(possible(date.fromisoformat(wanted))))
        except ValueError:
            return errors.absent(errors.NO_SUCH_DAY)
    try:
        behind = keyset.asked(request)
    except ValueError:
        return errors.absent(errors.NO_SUCH_PLACE)
    frame = shell.current(now=now)
    found = corrections.latest(now=now, limit=PAGE + 1, behind=behind)
    days = groupby(found[:PAGE], key=lambda told: told.told_at.astimezone(frame.zone).date())
    html = page_html(
        "corrections",
        shell=frame,
        now=now,
        path=addresses.corrections(),
        days=[(shown, list(group)) for shown, group in days],
        older=_older(found, PAGE),
        is_first=behind is None,
    )
    return headers.live(HttpResponse(html))


@errors.reading
def one_day(request: HttpRequest, year: str, month: str, number: str) -> HttpResponse:
    """Answer the corrections of one day, in the site's zone, with the nearest days before and after that have some."""
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
    place = min(behind or Cursor(end, 0), Cursor(end, 0))
    found = corrections.latest(now=now, limit=DAY_PAGE + 1, behind=place, since=start)
    html = page_html(
        "corrections",
        shell=frame,
        now=now,
        path=addresses.corrections(shown),
        day=shown,
        days=[(shown, found[:DAY_PAGE])] if found else [],
        older=_older(found, DAY_PAGE),
        is_first=behind is None and bool(found),
        previous=day_of(corrections.newest_before(start, now=now), frame.zone),
        next=day_of(corrections.oldest_from(end, now=now), frame.zone),
    )
    return headers.live(HttpResponse(html))


def _older(found: list[ToldCorrection], limit: int) -> str:
    return f"?{cursors.PARAMETER}={cursors.write(found[limit - 1].cursor)}" if len(found) > limit else ""
