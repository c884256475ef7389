"""The front page: one lead, its seconds, the latest, the most read, and a band for each rubric.

Lead and seconds are what an editor put there; where nobody did, or it is not to be seen now, they fill by themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, lite, shell, surrogates
from warta.delivery.render import page_html
from warta.delivery.views import old, pinned
from warta.delivery.views.errors import reading
from warta.lexicon.fronts import SLOTS
from warta.paper import lists, store
from warta.paper.pages import FrontPage, Teaser
from warta.reads.lists import most_read

SECONDS: Final = len(SLOTS) - 1
RAIL: Final = 5
MOST_READ: Final = 5
_CANDIDATES: Final = 40
"""How many of the newest are looked through for a lead with a picture."""

_RHYTHMS: Final = (("large", 4), ("row", 4), ("text", 6))
_CHANNELS: Final = {"opini": ("voices", 3), "opinion": ("voices", 3), "foto": ("wall", 3), "photo": ("wall", 3)}
"""Channels that have a band of their own, by slug: how it looks and how many articles it takes."""


@dataclass(frozen=True, slots=True)
class Top:
    """What stands above the fold; no article twice."""

    lead: Teaser | None
    seconds: list[Teaser]
    rail: list[Teaser]

    @property
    def ids(self) -> set[int]:
        """Return the ids of all its articles."""
        shown = [*self.seconds, *self.rail, *([self.lead] if self.lead else [])]
        return {teaser.id for teaser in shown}


@dataclass(frozen=True, slots=True)
class Band:
    """One rubric or channel on the front page; `rhythm` names its template."""

    front: FrontPage
    rhythm: str
    teasers: list[Teaser]


@reading
def front(request: HttpRequest) -> HttpResponse:
    """Answer the front page: one query for each band, whatever the size of the archive.

    With a query it may be an old address: in many archives `/?p=77` was an article.
    """
    now = timezone.now()
    if lite.is_asked(request):
        return headers.live(HttpResponse(lite_html(None, store.pins(store.ALL, now=now), now=now)), surrogates.FRONT)
    if request.META.get("QUERY_STRING") and (target := old.moved_to(request)):
        return old.moved(target)
    return headers.live(HttpResponse(front_html(store.pins(store.ALL, now=now), now=now)), surrogates.FRONT)


def front_html(pins: Mapping[str, int], *, now: datetime) -> str:
    """Render the front page with these articles at their places."""
    frame = shell.current(now=now)
    above = top(lists.latest(now=now, limit=_CANDIDATES), pinned.teasers(pins, now=now))
    return page_html(
        "front",
        shell=frame,
        now=now,
        path="/",
        top=above,
        most_read=most_read(now=now, limit=MOST_READ),
        bands=bands(frame.rubrics, frame.channels, shown=above.ids, now=now),
    )


def lite_html(front_: FrontPage | None, pins: Mapping[str, int], *, now: datetime) -> str:
    """Render a front, or the front page, for those who save data: what editors put there stands first."""
    newest = lists.latest(front_.list if front_ else store.ALL, now=now, limit=lite.LISTED)
    put = pinned.teasers(pins, now=now)
    chosen = pinned.at_places([put.get(slot) for slot in SLOTS], pinned.without(newest, put.values()))
    shown = shell.current(now=now)
    return lite.front_html(front_, chosen, most_read=most_read(now=now, limit=MOST_READ), shell=shown, now=now)


def top(newest: list[Teaser], put: Mapping[str, Teaser] | None = None) -> Top:
    """Choose the lead (the newest with a picture, else the newest), its seconds and the rail from the newest first.

    What an editor put at a place stands there.
    """
    put = put or {}
    free = pinned.without(newest, put.values())
    lead = put.get(SLOTS[0]) or next((teaser for teaser in free if teaser.wide), free[0] if free else None)
    others = pinned.at_places([put.get(slot) for slot in SLOTS[1:]], [teaser for teaser in free if teaser is not lead])
    return Top(lead=lead, seconds=others[:SECONDS], rail=others[SECONDS : SECONDS + RAIL])


def bands(rubrics: Iterable[FrontPage], channels: Iterable[FrontPage], *, shown: set[int], now: datetime) -> list[Band]:
    """Return the bands that have something to show, with nothing that already stands above the fold."""
    own = [(channel, *_CHANNELS[channel.slug]) for channel in channels if channel.slug in _CHANNELS]
    special = [Band(channel, rhythm, _unseen(channel, size, shown=shown, now=now)) for channel, rhythm, size in own]
    taken = shown | {teaser.id for band in special for teaser in band.teasers}
    filled = [
        Band(rubric, rhythm, _unseen(rubric, size, shown=taken, now=now))
        for rubric, (rhythm, size) in zip(rubrics, cycle(_RHYTHMS), strict=False)
    ]
    return [band for band in _interleaved(filled, special) if band.teasers]


def _unseen(front_: FrontPage, size: int, *, shown: set[int], now: datetime) -> list[Teaser]:
    found = lists.latest(front_.list, now=now, limit=size + len(shown))
    return [teaser for teaser in found if teaser.id not in shown][:size]


def _interleaved(filled: list[Band], special: list[Band]) -> list[Band]:
    """Put each special band behind two rubrics more, so that the page changes its pace as it goes down."""
    ordered = list(filled)
    for place, band in enumerate(special):
        ordered.insert(min(2 + place * 3, len(ordered)), band)
    return ordered
