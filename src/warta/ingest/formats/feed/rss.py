"""Reads RSS and Atom item by item with feedparser, which knows how feeds are really written.

It is only ever handed bytes, so that it asks the network for nothing; its own sieve for HTML is off, because Warta's
comes after it. What its patterns would take too long for is cut off before.
"""

import io
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import feedparser  # type: ignore[import-untyped]  # it ships no types

from warta.ingest.formats.feed.cut import head_and_tail, in_bytes, spans, without_data
from warta.ingest.formats.feed.said import Enclosed, Said, Words

LARGEST: Final = 4 * 1024 * 1024
"""Bytes that one item may have."""

_MOST_SIGNS: Final = {b"<": 10_000, b"&": 100_000, b"=": 50_000}
"""Tags, references and attributes outside of CDATA that an item may have; feedparser takes 100 µs and more for each."""

_LONGEST_TAG: Final = 200_000
_LONG_TAG: Final = re.compile(rb"<[^<>]{%d}" % _LONGEST_TAG)
_MOST: Final = 100
_DESCRIPTION: Final = re.compile(rb"<(/?)media:description\b[^<>]*?(/?)>")
_LONG_NAME: Final = re.compile(
    rb"(<(?:[\w.-]{1,20}:)?(?:author|creator|contributor|managingEditor|webMaster|publisher|owner|name|email)\b[^<>]*>)"
    rb"(?:(?!</)[\s\S]){300}(?:(?!</)[\s\S])*",
    re.IGNORECASE,
)


_MAILED: Final = re.compile(
    rb"(<author>)\s*[^<>@\s]{1,100}@[^<>\s]{1,200}\s{0,9}\(([^<>()]{1,200})\)\s*(</author>)", re.IGNORECASE
)


class Piece(NamedTuple):
    """One item, or why it cannot be read, and how many bytes of the feed were read by then."""

    said: Said | None
    reason: str
    read: int


def pieces(raw: bytes) -> Iterator[Piece]:
    """Return every item of a feed.

    Raises: RefusedFeedError.
    """
    raw = in_bytes(raw)
    head, tail = b"", b""
    for start, end in spans(raw):
        if not head:
            head, tail = head_and_tail(raw, start)
        item = raw[start:end]
        reason = _unfit(item)
        if reason:
            yield Piece(None, reason, end)
            continue
        item, is_cut = _LONG_NAME.subn(rb"\1", item)
        item = _MAILED.sub(rb"\1\2\3", item)  # of a@b.example (Name), RSS 2.0's way, feedparser leaves "ple (Name"
        # feedparser would take media:description, the words on a picture, for the description of the item
        item = _DESCRIPTION.sub(lambda tag: b"" if tag[2] else b"<%smedia:caption>" % tag[1], item)
        parsed = feedparser.parse(io.BytesIO(head + item + tail), sanitize_html=False, resolve_relative_uris=False)
        if parsed.entries:
            yield Piece(_said(parsed.entries[0], parsed, bool(is_cut)), "", end)
        else:
            yield Piece(None, "cannot be read: it is no well-formed item", end)


def _unfit(item: bytes) -> str:
    if len(item) > LARGEST:
        return f"has {len(item):,} bytes: at most {LARGEST:,}"
    bare = without_data(item)
    if _LONG_TAG.search(bare):
        return f"has a tag of more than {_LONGEST_TAG:,} bytes"
    counted = ((sign.decode(), bare.count(sign), most) for sign, most in _MOST_SIGNS.items())
    return next(
        (
            f"has {count:,} times {sign} outside of CDATA: at most {most:,}"
            for sign, count, most in counted
            if count > most
        ),
        "",
    )


def _said(entry: Any, parsed: Any, has_long_name: bool) -> Said:
    contents = _list(entry, "content")
    content = next((each for each in contents if "html" in _text(each, "type")), contents[0] if contents else {})
    summary = _part(entry, "summary_detail")  # where there is none, feedparser repeats the content as summary
    is_atom = _text(parsed, "version").startswith("atom")
    authors = _list(entry, "authors") or (_list(parsed.feed, "authors") if is_atom else [])
    return Said(
        id=_text(entry, "id"),
        link=_text(entry, "feedburner_origlink") or _text(entry, "link"),
        home=_text(parsed.feed, "link"),
        title=_words(_part(entry, "title_detail"), _text(entry, "title")),
        content=_words(content, _text(content, "value")),
        summary=_words(summary, _text(summary, "value")),
        # feedparser hands out the one for the other, unless a dict is asked
        published=_text(entry, "published") or _text(entry, "created"),
        updated=_text(entry, "updated"),
        authors=tuple(_text(each, "name") or _text(each, "email") for each in authors[:_MOST]),
        headings=tuple(_text(each, "label") or _text(each, "term") for each in _list(entry, "tags")[:_MOST]),
        language=_text(_part(entry, "title_detail"), "language") or _text(parsed.feed, "language"),
        enclosed=tuple(_enclosed(entry))[:_MOST],
        caption=_text(entry, "media_caption"),
        credit=", ".join(dict.fromkeys(_text(each, "content") for each in _list(entry, "media_credit")[:10])),
        lost=("author: a name of more than 300 characters",) if has_long_name else (),
    )


def _enclosed(entry: Any) -> Iterator[Enclosed]:
    for each in _list(entry, "media_content"):
        yield Enclosed(address=_text(each, "url"), kind=_text(each, "medium") or _text(each, "type"))
    for each in _list(entry, "links"):
        if _text(each, "rel") == "enclosure":
            yield Enclosed(address=_text(each, "href"), kind=_text(each, "type"), title=_text(each, "title"))
    picture = _part(entry, "image")
    yield Enclosed(address=_text(picture, "href"), kind="image", is_small=True)
    for each in _list(entry, "media_thumbnail"):
        yield Enclosed(address=_text(each, "url"), kind="image", is_small=True)


def _words(detail: Any, text: str) -> Words:
    return Words(text, "plain" if _text(detail, "type") == "text/plain" else "html")


def _text(of: Any, name: str) -> str:
    value = dict.get(of, name)
    return value if isinstance(value, str) else ""


def _list(of: Any, name: str) -> list[Any]:
    value = dict.get(of, name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _part(of: Any, name: str) -> Any:
    value = dict.get(of, name)
    return value if isinstance(value, dict) else {}
