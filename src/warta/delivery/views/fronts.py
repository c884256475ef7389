"""The fronts of rubrics, channels, topics and people: what they are, and their articles, newest first.

A rubric's begins with what an editor put there.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, lite, shell, surrogates
from warta.delivery.render import MOST_READ, page_html
from warta.delivery.views import errors, keyset, old, pinned
from warta.delivery.views.front import lite_html
from warta.lexicon.fronts import SLOTS
from warta.paper import store
from warta.paper.lists import Cursor
from warta.paper.pages import FrontPage
from warta.reads.lists import most_read

PAGE: Final = 20


@errors.reading
def front_of(request: HttpRequest) -> HttpResponse:
    """Answer the address of a front, or of an older page of its list."""
    now = timezone.now()
    front = store.at(request.path_info, now=now)
    if not isinstance(front, FrontPage):
        return old.answer(request)
    try:
        behind = keyset.asked(request)
    except ValueError:
        return errors.absent(errors.NO_SUCH_PLACE)
    pins = store.pins(front.list, now=now) if behind is None and front.kind == "rubric" else {}
    html = (
        lite_html(front, pins, now=now) if lite.is_asked(request) else front_html(front, pins, now=now, behind=behind)
    )
    return headers.live(HttpResponse(html), surrogates.of(front))


def front_html(front: FrontPage, pins: Mapping[str, int], *, now: datetime, behind: Cursor | None = None) -> str:
    """Render a front, or an older page of its list, with these articles at its first places."""
    slice_ = keyset.cut(behind, now=now, limit=PAGE, name=front.list)
    if pins:
        put = pinned.teasers(pins, now=now)
        free = pinned.without(slice_.teasers, put.values())
        slice_ = replace(slice_, teasers=pinned.at_places([put.get(slot) for slot in SLOTS], free))
    return page_html(
        "list",
        shell=shell.current(now=now),
        now=now,
        path=front.path,
        front=front,
        slice=slice_,
        most_read=most_read(now=now, limit=MOST_READ),
    )
