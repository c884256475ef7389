"""The paper as those see it who take it whole: which spans of time have articles, and all articles of one of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from warta import plain
from warta.paper.pages import Picture
from warta.paper.store import ALL

_AT_ONCE: Final = 200
"""Spans that are looked at by one query: databases take only so many parts of one."""
_LISTED: Final = ("rubric", "channel", "static", "person", "topic")


class _Told(msgspec.Struct):
    at: datetime


class Listed(msgspec.Struct):
    """What a list of all articles says of one: a small part of its page."""

    path: str
    published_at: datetime
    updated_at: datetime | None = None
    lead: Picture | None = None
    corrections: tuple[_Told, ...] = ()

    @property
    def changed_at(self) -> datetime:
        """Return when readers were last given something else."""
        told = (correction.at for correction in self.corrections)
        return max([self.updated_at or self.published_at, self.published_at, *told])


_listed: Final = msgspec.json.Decoder(Listed)


def filled(spans: Sequence[tuple[datetime, datetime]], *, now: datetime) -> list[bool]:
    """Tell of each span of time, from one instant and before another, whether an article of it may be seen at `now`."""
    found: set[int] = set()
    asked = (
        "SELECT {number} WHERE EXISTS (SELECT 1 FROM paper_placement WHERE list = %s AND published_at >= %s"  # noqa: S608
        f" AND published_at < %s AND {plain.VISIBLE})"
    )
    for first in range(0, len(spans), _AT_ONCE):
        part = range(first, min(first + _AT_ONCE, len(spans)))
        values = [value for number in part for value in (ALL, *spans[number], now, now)]
        sql = " UNION ALL ".join(asked.format(number=number) for number in part)
        found |= {number for (number,) in plain.ask(sql, *values)}
    return [number in found for number in range(len(spans))]


def articles(start: datetime, end: datetime, *, now: datetime, limit: int) -> list[Listed]:
    """Return at most `limit` articles that were published from `start` on and before `end`, newest first."""
    rows = plain.ask(
        "SELECT (SELECT data FROM paper_storedpage WHERE key = page_id) FROM paper_placement"  # noqa: S608 — names of ours
        f" WHERE list = %s AND published_at >= %s AND published_at < %s AND {plain.VISIBLE}"
        " ORDER BY published_at DESC, article_id DESC LIMIT %s",
        *(ALL, start, end, now, now, limit),
    )
    return [_listed.decode(data) for (data,) in rows]


def fronts(*, now: datetime, limit: int) -> list[str]:
    """Return the paths of at most `limit` fronts and static pages."""
    rows = plain.ask(
        f"SELECT path FROM paper_storedpage WHERE kind IN {plain.places(_LISTED)} AND {plain.VISIBLE}"  # noqa: S608 — names of ours
        " LIMIT %s",
        *(*_LISTED, now, now, limit),
    )
    return sorted(path for (path,) in rows)
