"""The developments of a live report as a body keeps them: blocks of the kind `entry`, moments as text in UTC. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from warta.lexicon import dateline, live
from warta.newsroom import texts

ENTRY: Final = "entry"


def written(at: datetime) -> str:
    """Write a moment as it is kept, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def moment(block: Mapping[str, Any]) -> datetime | None:
    """Return the moment of a block; None when it is no development, or has none yet."""
    at = block["value"].get("at") if block["type"] == ENTRY else None
    return datetime.fromisoformat(at) if at else None


def moments(body: Iterable[Mapping[str, Any]]) -> Iterator[datetime]:
    """Return the moments of all developments of a body."""
    return (at for block in body if (at := moment(block)) is not None)


def newest_first(body: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the blocks of a body as readers have them: the developments last, of those the newest first."""
    return live.newest_first(body, moment)


def words(block: Mapping[str, Any], zone: ZoneInfo, lang: str) -> str:
    """Return what a development says: its moment as readers see it, headline and text."""
    at, value = moment(block), block["value"]
    return texts.words([at and dateline.dateline(at, zone, lang), value.get("headline"), value.get("text")], " — ")


def said(block: Mapping[str, Any]) -> str:
    """Return what a block says in words of its own: a development without its moment, any other as it is."""
    value = block["value"]
    return texts.words([value.get("headline"), value.get("text")] if block["type"] == ENTRY else value)
