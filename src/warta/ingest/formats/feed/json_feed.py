"""Reads JSON Feed 1.0 and 1.1 item by item. Source: jsonfeed.org, versions 1 and 1.1."""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

import msgspec

from warta.ingest.formats.feed.cut import RefusedFeedError
from warta.ingest.formats.feed.rss import LARGEST, Piece
from warta.ingest.formats.feed.said import Enclosed, Said, Words
from warta.ingest.formats.ghost.scan import BrokenJsonError, Scan

_HEAD: Final = 100_000
_MOST: Final = 100


def pieces(stream: BinaryIO) -> Iterator[Piece]:
    """Return every item of a feed, whose own fields may come after the items.

    Raises: RefusedFeedError, when all items that can be read have been handed out.
    """
    feed: dict[str, object] = {}
    starts: list[int] = []
    broken = None
    scan = Scan(stream)
    try:
        for key in scan.members():
            if key == "items" and scan.peek() == b"[":
                starts.append(scan.position)
                scan.value()
            elif (raw := scan.value(_HEAD)) is not None:
                feed[key[:100]] = _decoded(raw)
                _check_room(feed)
    except BrokenJsonError as wrong:
        broken = RefusedFeedError(f"{wrong}; the items before that place are taken")
    except ValueError as wrong:
        broken = RefusedFeedError(f"is no JSON Feed: {wrong}")
    if starts:
        yield from _items(stream, starts[0], feed)
    if broken:
        raise broken
    if not starts:
        raise RefusedFeedError("is no JSON Feed: it holds no items")


def _check_room(feed: Mapping[str, object]) -> None:
    if len(feed) > _MOST:
        raise ValueError(f"more than {_MOST} fields of its own")


def _items(stream: BinaryIO, start: int, feed: Mapping[str, object]) -> Iterator[Piece]:
    scan = Scan(stream, start)
    try:
        for _ in scan.elements():
            raw = scan.value(LARGEST)
            if raw is None:
                yield Piece(None, f"has more than {LARGEST:,} bytes", scan.position)
                continue
            try:
                item = _decoded(raw)
            except ValueError as wrong:
                yield Piece(None, str(wrong), scan.position)
                continue
            if isinstance(item, Mapping):
                yield Piece(_said(item, feed), "", scan.position)
            else:
                yield Piece(None, "is no item: an object was expected", scan.position)
    except BrokenJsonError:
        return  # was told by the first reading


def _said(item: Mapping[str, object], feed: Mapping[str, object]) -> Said:
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    authors = _authors(item) or _authors(feed)
    return Said(
        id=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        home=_text(feed, "home_page_url") or _text(feed, "feed_url"),
        title=Words(_text(item, "title"), "plain"),
        content=Words(html) if html else Words(plain, "plain"),
        summary=Words(_text(item, "summary"), "plain"),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        authors=tuple(_text(each, "name") for each in authors[:_MOST]),
        topics=tuple(tag for tag in _list(item, "tags")[:_MOST] if isinstance(tag, str)),
        language=_text(item, "language") or _text(feed, "language"),
        enclosed=tuple(_enclosed(item))[:_MOST],
        lost=tuple(f"external_url: {address}" for address in [_text(item, "external_url")] if address),
    )


def _authors(of: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Return the authors of 1.1, else the one author of 1.0."""
    return _objects(of, "authors") or [each for each in [of.get("author")] if isinstance(each, Mapping)]


def _enclosed(item: Mapping[str, object]) -> Iterator[Enclosed]:
    for name in ("image", "banner_image"):
        yield Enclosed(address=_text(item, name), kind="image", is_small=name == "banner_image")
    for each in _objects(item, "attachments"):
        yield Enclosed(address=_text(each, "url"), kind=_text(each, "mime_type"), title=_text(each, "title"))


def _text(of: Mapping[str, object], name: str) -> str:
    """Return a text; an id of JSON Feed may be a number too."""
    value = of.get(name)
    if name == "id" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _list(of: Mapping[str, object], name: str) -> list[object]:
    value = of.get(name)
    return value if isinstance(value, list) else []


def _objects(of: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    return [each for each in _list(of, name) if isinstance(each, Mapping)]


def _decoded(raw: bytes) -> object:
    """Decode one value.

    Raises: ValueError.
    """
    try:
        try:
            return msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return json.loads(raw.decode("utf-8", "replace"), strict=False)
    except RecursionError as deep:
        raise ValueError("is nested too deep") from deep
    except ValueError as wrong:
        raise ValueError(f"is no JSON: {wrong}") from wrong
