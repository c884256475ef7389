"""Cuts a list into pages by keyset: page 1,000 costs what page 1 costs, and nothing is shown twice or skipped."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from warta.delivery import cursors
from warta.paper.lists import Cursor, latest
from warta.paper.pages import Teaser
from warta.paper.store import ALL


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a list; `older` leads to the next (empty on the last), `is_first` means the newest."""

    teasers: list[Teaser]
    older: str
    is_first: bool


def asked(request: HttpRequest) -> Cursor | None:
    """Return the place in the list that the address asks for, None for the newest page.

    Raises: ValueError when the address is damaged.
    """
    text = request.GET.get(cursors.PARAMETER)
    return None if text is None else cursors.read(text)


def cut(behind: Cursor | None, *, now: datetime, limit: int, name: str = ALL, since: datetime | None = None) -> Slice:
    """Return one page of at most `limit` teasers from behind a place, none older than `since`."""
    found = latest(name, now=now, limit=limit + 1, behind=behind, since=since)
    shown = found[:limit]
    older = f"?{cursors.PARAMETER}={cursors.write(Cursor.behind(shown[-1]))}" if len(found) > limit else ""
    return Slice(teasers=shown, older=older, is_first=behind is None)
