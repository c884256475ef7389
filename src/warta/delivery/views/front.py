"""The front page: one lead, its seconds, the latest, the most read, and a band for each rubric."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, shell
from warta.delivery.render import page_html
from warta.delivery.views import old
from warta.delivery.views.errors import reading
from warta.paper import lists
from warta.paper.pages import FrontPage, Teaser
from warta.reads.lists import most_read

SECONDS: Final = 3
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
    if request.META.get("QUERY_STRING") and (target := old.moved_to(request)):
        return old.moved(target)
    now = timezone.now()
    frame = shell.current(now=now)
    above = top(lists.latest(now=now, limit=_CANDIDATES))
    html = page_html(
        "front",
        shell=frame,
        now=now,
        path="/",
        top=above,
        most_read=most_read(now=now, limit=MOST_READ),
        bands=bands(frame.rubrics, frame.channels, shown=above.ids, now=now),
    )
    return headers.live(HttpResponse(html))


def top(newest: list[Teaser]) -> Top:
    """Choose the lead (the newest with a picture, else the newest), its seconds and the rail from the newest first."""
    lead = next((teaser for teaser in newest if teaser.wide), newest[0] if newest else None)
    others = [teaser for teaser in newest if teaser is not lead]
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
