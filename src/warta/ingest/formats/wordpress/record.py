"""Reads one section of an export: cleans its bytes, lets lxml parse it, and keeps what Warta knows.

No tree is built, so an item of a million tags takes no more memory than one of ten.
"""

import codecs
import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from warta.ingest.html import LONGEST

META: Final = frozenset(
    {"_thumbnail_id", "_wp_attached_file", "_wp_attachment_image_alt", "_wp_attachment_metadata", "_wp_old_slug",
     "custom_permalink", "_yoast_wpseo_metadesc", "rank_math_description", "_aioseop_description",
     "_yoast_wpseo_primary_category", "fifu_image_url", "cap-user_login", "cap-display_name"}
)  # fmt: skip
"""Custom fields that are read, besides those of `CREDITS` and `NOTED`."""

CREDITS: Final = (
    "credit", "_credit", "photo_credit", "_photo_credit", "media_credit", "_media_credit", "image_credit",
    "_image_credit", "_wp_attachment_source_name", "be_photographer_name", "photographer", "_photographer",
    "fotografer", "kredit", "kredit_foto",
)  # fmt: skip
"""Custom fields in which plugins keep who made a picture."""

NOTED: Final = frozenset(
    {"subtitle", "_subtitle", "sub_title", "subjudul", "sub_judul", "wps_subtitle", "_secondary_title",
     "secondary_title", "kicker", "_kicker", "reporter", "penulis", "editor", "penyunting", "sumber", "source"}
)  # fmt: skip
"""Custom fields that carry words for which copy has no place."""

_MOST_TAGS: Final = 1_000_000
_MOST_VALUES: Final = 2_000
_LONGEST_META: Final = 200_000
_CHUNK: Final = 1 << 20
_OPENING: Final = (
    b'<x xmlns:wp="wp" xmlns:content="content" xmlns:excerpt="excerpt" xmlns:dc="dc" xmlns:wfw="wfw" xmlns:rss="rss">'
)
_CONTROLS: Final = bytes({*range(32), 127} - {9, 10, 13})
_FIELDS: Final = frozenset(
    {"title", "link", "pubDate", "guid", "category", "dc:creator", "content:encoded", "excerpt:encoded",
     "wp:post_id", "wp:post_date", "wp:post_date_gmt", "wp:post_modified", "wp:post_modified_gmt", "wp:post_name",
     "wp:status", "wp:post_parent", "wp:menu_order", "wp:post_type", "wp:post_password", "wp:is_sticky",
     "wp:attachment_url", "wp:meta_key", "wp:meta_value", "wp:comment_approved", "wp:comment_type",
     "wp:author_login", "wp:author_display_name", "wp:author_first_name", "wp:author_last_name",
     "wp:term_id", "wp:category_nicename", "wp:category_parent", "wp:cat_name"}
)  # fmt: skip
_NAMESPACE_ERRORS: Final = "NAMESPACE"
_STRAY: Final = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)
}  # what surrogateescape makes of a byte that is not UTF-8, and what Windows means by it


class Term(NamedTuple):
    """A category, tag, author or other term of an item."""

    domain: str
    nicename: str
    name: str


@dataclass(slots=True)
class Record:
    """What a section says; `lost` tells what happened to its characters and tags, `wrong` why it cannot be used."""

    fields: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    comments: int = 0
    wrong: str = ""
    lost: list[str] = field(default_factory=list)

    def text(self, *names: str) -> str:
        """Return the first of these fields that says something."""
        return next((said for name in names if (said := self.fields.get(name, "").strip())), "")

    def number(self, name: str) -> int:
        """Return a field as a number from 1 to 10^18, or 0 when it is none."""
        return number(self.text(name))

    def said(self, *keys: str) -> str:
        """Return the first of these custom fields that says something."""
        return next((said for key in keys for value in self.meta.get(key, ()) if (said := value.strip())), "")


def number(words: str) -> int:
    """Return what digits say, or 0 when it is nothing that can be an id."""
    return int(words) if re.fullmatch(r"\d{1,18}", words, re.ASCII) else 0


def read(data: bytes | bytearray, encoding: str) -> Record:
    """Return the record of one section, whatever its bytes are."""
    target = _Target()
    # the stubs ask for methods of a target that lxml does without
    parser: etree.XMLParser = etree.XMLParser(  # type: ignore[call-overload]
        target=target, encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
        recover=True,
    )  # fmt: skip
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if encoding == "utf-8" else "replace")
    parser.feed(_OPENING)
    for start in range(0, len(data), _CHUNK):
        if target.tags > _MOST_TAGS:
            target.record.wrong = f"has more than {_MOST_TAGS:,} tags"
            return target.record
        words = decoder.decode(data[start : start + _CHUNK], start + _CHUNK >= len(data))
        parser.feed(_clean(words, target.record))
    try:
        parser.feed(b"</x>")
        parser.close()
    except etree.XMLSyntaxError as error:
        target.record.lost.append(f"xml: {error.msg}")
    wrong = next((entry for entry in parser.feed_error_log if _NAMESPACE_ERRORS not in entry.domain_name), None)
    if wrong is not None:
        target.record.lost.append(f"xml: {wrong.message}")
    target.finish()
    return target.record


def _clean(words: str, record: Record) -> bytes:
    """Return UTF-8 that XML allows, and note in the record what was not."""
    try:
        raw = words.encode()
    except UnicodeEncodeError:
        raw = words.translate(_STRAY).encode("utf-8", "replace")
        _note(record, "characters: bytes that are not UTF-8, read as Windows-1252")
    clean = raw.translate(None, _CONTROLS)
    if b"\xef\xbf" in clean:
        clean = clean.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
    if len(clean) != len(raw):
        _note(record, "characters: control characters, left out")
    return clean


def _note(record: Record, words: str) -> None:
    if words not in record.lost:
        record.lost.append(words)


class _Target:
    """Takes the parser's events. Known elements count at any depth, because a bad tag shifts what follows."""

    def __init__(self) -> None:
        self.record = Record()
        self.tags = 0
        self._name = ""
        self._pieces: list[str] = []
        self._length = 0
        self._attributes: dict[str, str] = {}
        self._inner: dict[str, str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        self.tags += 1
        name = _prefixed(tag)
        if name in {"wp:postmeta", "wp:comment"}:
            self._end_field()
            self._inner = {}
        elif name in _FIELDS:
            self._end_field()
            self._name, self._attributes = name, dict(attributes)

    def end(self, tag: str) -> None:
        """Take an end tag."""
        name = _prefixed(tag)
        if name == self._name:
            self._end_field()
        elif name == "wp:postmeta":
            self._end_field()
            self._end_meta()
        elif name == "wp:comment":
            self._end_field()
            self._end_comment()

    def data(self, text: str) -> None:
        """Take text; a body is kept to one character more than may be read, so that its length can be told."""
        if self._name and self._length <= LONGEST:
            self._pieces.append(text[: LONGEST + 1 - self._length])
            self._length += len(text)

    def close(self) -> None:
        """End the document."""

    def finish(self) -> None:
        """End what is still open."""
        self._end_field()

    def _end_field(self) -> None:
        if not self._name:
            return
        text, name = "".join(self._pieces), self._name
        self._name, self._pieces, self._length = "", [], 0
        if self._inner is not None:
            self._inner[name] = text[:_LONGEST_META]
        elif name == "category":
            if len(self.record.terms) < _MOST_VALUES:
                known = self._attributes
                self.record.terms.append(Term(known.get("domain", ""), known.get("nicename", ""), text[:2000].strip()))
        else:
            self.record.fields.setdefault(name, text)

    def _end_meta(self) -> None:
        inner, self._inner = self._inner or {}, None
        key, value = inner.get("wp:meta_key", "").strip(), inner.get("wp:meta_value", "")
        if (key in META or key in NOTED or key in CREDITS) and value.strip():
            values = self.record.meta.setdefault(key, [])
            if len(values) < 20:
                values.append(value)

    def _end_comment(self) -> None:
        inner, self._inner = self._inner or {}, None
        kind = inner.get("wp:comment_type", "").strip()
        if inner.get("wp:comment_approved", "1").strip() == "1" and kind in {"", "comment"}:
            self.record.comments += 1


def _prefixed(tag: str) -> str:
    return tag[1:].replace("}", ":", 1) if tag.startswith("{") else tag
