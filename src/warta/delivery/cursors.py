"""How a place in a list is written in an address: `1714693140000000-42`, µs since 1970 and an article's id."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from warta.lexicon.zones import possible
from warta.paper.lists import Cursor

PARAMETER: Final = "sebelum"
_FORM: Final = re.compile(r"(?P<microseconds>-?\d{1,16})-(?P<id>\d{1,18})", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def write(cursor: Cursor) -> str:
    """Write a place for an address."""
    return f"{(cursor.published_at - _EPOCH) // timedelta(microseconds=1)}-{cursor.article_id}"


def read(text: str) -> Cursor:
    """Read a place from an address.

    Raises: ValueError when it is no place in any list.
    """
    found = place(text)
    return Cursor(possible(found.published_at), found.article_id)


def place(text: str) -> Cursor:
    """Read a place from an address, be it before or after all articles that there can be.

    Raises: ValueError when it is none.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is no place in a list")
    return Cursor(_EPOCH + timedelta(microseconds=int(found["microseconds"])), int(found["id"]))
