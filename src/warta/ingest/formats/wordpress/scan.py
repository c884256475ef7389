"""Cuts a WordPress export into its items and the words around them, before any XML parser sees them.

A parser that recovers from one bad tag may swallow every item after it, and one that does not recover stops there. So
items are found by their tags alone, with an eye for CDATA, and each is parsed by itself (`record.py`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5
from typing import BinaryIO, Final, NamedTuple

from warta.ingest import html

LARGEST: Final = 64 * 1024 * 1024
"""Bytes that one item may have."""

CHANNEL: Final = "channel"
REFUSED: Final = "refused"

_CHUNK: Final = 1 << 20
_AHEAD: Final = 512
_LONGEST_TEXT: Final = 4 * html.LONGEST + 100  # bytes that are more characters than may be read, whatever they are
_LONGEST_AROUND: Final = 1 << 20
_NAMES: Final = rb"item|wp:author|wp:category|wp:tag|wp:term"
_MARKUP: Final = re.compile(
    rb"<!\[CDATA\[|<!--|<!DOCTYPE|<!ENTITY|<(?P<start>"
    + _NAMES
    + rb")(?:\s[^<>]{0,200})?>|</(?P<end>"
    + _NAMES
    + rb")\s*>"
)
_COMMENT_END: Final = re.compile(rb"-->|(?=<item>\s*<title>)")
_OPENER: Final = re.compile(rb"<([\w:.-]{1,60})(?:\s[^<>]{0,400})?>\s*\Z")
_AMPERSAND: Final = re.compile(rb"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(\w{2,31};)?")
_BARE: Final = re.compile(rb"&(?!#|\w{2,31};)")
_OVER_END: Final = re.compile(rb"</item>|(?=<item>\s*<title>)")
_MOST_PIECES: Final = 1_500_000
_WITH_CDATA: Final = frozenset(
    {b"title", b"category", b"dc:creator", b"content:encoded", b"excerpt:encoded", b"description", b"wp:meta_value",
     b"wp:comment_content", b"wp:comment_author", b"wp:author_display_name", b"wp:cat_name",
     b"wp:category_description"}
)  # fmt: skip
_OUTSIDE: Final = re.compile(rb"<!\[CDATA\[.*?\]\]>|" + _AMPERSAND.pattern, re.DOTALL)
_CDATA, _CDATA_END, _STRAY_END = b"<![CDATA[", b"]]>", b"]]]]><![CDATA[>"


class Section(NamedTuple):
    """A part of the file: its name (`item`, `wp:author`… or `channel` for what lies between), and its XML.

    `wrong` says why it cannot be used; `read` is how many bytes of the file were read by its end.
    """

    name: str
    data: bytes | bytearray
    wrong: str
    read: int


class _Out:
    """The bytes of a section as they come in, none above the ceiling; one that grows too large is only counted."""

    def __init__(self, largest: int) -> None:
        self.data = bytearray()
        self.is_over = False
        self._largest = largest
        self._ceiling = largest
        self._size = 0
        self._is_cut = False
        self._pieces = 0

    def may_grow(self, more: int, *, is_cut: bool) -> None:
        """Take so many bytes more at most, and cut what is above, or call the section too large."""
        self._ceiling, self._is_cut = len(self.data) + more, is_cut
        self._pieces += 1
        if self._pieces > _MOST_PIECES and self._largest:
            self.is_over = True
            self.data.clear()

    def add(self, part: bytes) -> None:
        self._size += len(part)
        is_above = len(self.data) + len(part) > self._ceiling
        if self.is_over or self._size > self._largest or (is_above and not self._is_cut):
            self.is_over = True
            self.data.clear()
        elif not is_above:
            self.data += part

    def mend(self, start: int) -> None:
        """Write ampersands that begin no entity of XML as text, and entities of HTML as their characters."""
        if self.data.find(b"&", start) >= 0:
            self.data[start:] = _text(self.data[start:])


class _Tape:
    """A file that is read on as far as it is needed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._data = b""
        self._at = 0
        self._dropped = 0
        self._is_over = False
        self._next_end = -1

    @property
    def read(self) -> int:
        """How many bytes were read up to the place."""
        return self._dropped + self._at

    def run(self, pattern: re.Pattern[bytes], out: _Out) -> re.Match[bytes] | None:
        """Go on behind the next match, and put out what lies before it; None at the end of the file.

        A match is only taken when enough was read behind it that it would not go on there.
        """
        while True:
            found = pattern.search(self._data, self._at)
            if found and (self._is_over or found.end() + _AHEAD < len(self._data)):
                out.add(self._data[self._at : found.start()])
                self._at = found.end()
                return found
            end = len(self._data) if self._is_over else max(self._at, len(self._data) - _AHEAD)
            cut = found.start() if found else end
            out.add(self._data[self._at : cut])
            self._dropped += cut
            more = b"" if self._is_over else self._stream.read(_CHUNK)
            self._data, self._at, self._next_end = self._data[cut:] + more, 0, -1
            if self._is_over:
                return None
            self._is_over = not more

    def whole(self, end: bytes) -> bytes | None:
        """Return what lies before the next end tag, and go on behind it, if it is read already and all CDATA is plain.

        That is how nearly every item is, and quick; `run` is thorough.
        """
        if self._next_end < self._at:
            found = self._data.find(end, self._at)
            self._next_end = found if found >= 0 else len(self._data)
        found = self._next_end
        if found >= len(self._data) or self._data.find(b"<item>", self._at, found) >= 0:
            return None
        inner = self._data[self._at : found]
        ends = inner.count(_CDATA_END)
        if not ends == inner.count(_CDATA) == inner.count(_CDATA_END + b"</"):
            return None
        self._at = found + len(end)
        return inner

    def peek(self) -> bytes:
        """Return what follows, as far as it is read."""
        return self._data[self._at : self._at + _AHEAD]

    def back(self, found: re.Match[bytes], place: int) -> None:
        """Go back to a place within the match that was just found."""
        self._at -= found.end() - place


def sections(stream: BinaryIO) -> Iterator[Section]:
    """Return the sections of an export in their order; `refused` is the last, and holds what follows a declaration."""
    return _Cutter(stream).all()


class _Cutter:
    """Goes through the file with the section that is being read: its name, and what came of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._tape = _Tape(stream)
        self._name = CHANNEL
        self._out = _Out(_LONGEST_AROUND)
        self._is_new_item = False

    def all(self) -> Iterator[Section]:
        while True:
            if self._out.is_over and self._name != CHANNEL:
                self._tape.run(_OVER_END, _Out(0))
                yield self._done()
                self._begin(CHANNEL)
            if self._is_new_item and (inner := self._tape.whole(b"</item>")) is not None:
                self._out.add(_OUTSIDE.sub(_mended, inner) if b"&" in inner else inner)
                self._out.add(b"</item>")
                yield self._done()
                self._begin(CHANNEL)
            self._is_new_item = False
            start = len(self._out.data)
            self._out.may_grow(_LONGEST_TEXT, is_cut=False)
            found = self._tape.run(_MARKUP, self._out)
            self._out.mend(start)
            if found is None:
                break
            if (section := self._take(found)) is not None:
                yield section
                if section.name == REFUSED:
                    return
        yield self._done(
            "" if self._name == CHANNEL else "the file ends within it: the export was cut off, make it again"
        )

    def _begin(self, name: str, tag: bytes = b"") -> None:
        self._name = name
        self._is_new_item = name == "item"
        self._out = _Out(_LONGEST_AROUND if name == CHANNEL else LARGEST)
        self._out.add(tag)

    def _take(self, found: re.Match[bytes]) -> Section | None:
        """Take one piece of markup; return the section that ends with it, if one does."""
        markup, section = found[0], None
        if markup == _CDATA:
            if wrong := _cdata(self._tape, self._out, is_item=self._name == "item"):
                section = self._done(wrong)
                self._begin(CHANNEL)
        elif markup == b"<!--":
            self._tape.run(_COMMENT_END, _Out(0))
        elif markup.startswith(b"<!"):
            if self._name == CHANNEL:
                return Section(REFUSED, markup + self._tape.peek(), "", self._tape.read)
            self._out.add(markup.replace(b"<", b"&lt;"))
        elif found["end"] == self._name.encode():
            self._out.add(markup)
            section = self._done()
            self._begin(CHANNEL)
        elif found["start"] and (self._name == CHANNEL or found["start"] == b"item"):
            section = self._done("" if self._name == CHANNEL else "is not closed before the next item begins")
            self._begin(found["start"].decode(), markup)
        else:
            self._out.add(markup)
        return section

    def _done(self, wrong: str = "") -> Section:
        if self._out.is_over and self._name != CHANNEL:
            wrong = (
                wrong
                or f"is larger than {LARGEST >> 20} MB, or holds {_LONGEST_TEXT >> 20} MB in one piece outside of CDATA"
            )
        return Section(self._name, b"" if wrong else self._out.data, wrong, self._tape.read)


def _cdata(tape: _Tape, out: _Out, *, is_item: bool) -> str:
    """Put out a CDATA section up to its true end; return what is wrong with it, or nothing.

    A plugin may have left `]]>` within the text, which ends the section for every parser. The true end is the one
    before the end tag of the element; only when that tag comes without `]]>` before it, the first was the end.
    """
    opener = _OPENER.search(out.data, max(0, len(out.data) - 600))
    out.add(_CDATA)
    pattern = _ends(opener[1] if opener and opener[1] in _WITH_CDATA else b"")
    start = sought = len(out.data)
    out.may_grow(_LONGEST_TEXT + _CHUNK, is_cut=True)
    while (found := tape.run(pattern, out)) is not None:
        stray = out.data.find(_CDATA_END, sought)
        if found["next"]:
            tape.back(found, found.start("next"))
            return "its text (CDATA) never ends" if is_item else ""
        if found["close"] and stray < 0:
            sought = max(start, len(out.data) - 2)
            out.add(found[0])
            continue
        out.may_grow(_LONGEST_TEXT, is_cut=False)
        if found["close"]:
            rest = bytes(out.data[stray + len(_CDATA_END) :])
            del out.data[stray:]
            out.add(_CDATA_END + _text(rest) + found[0])
            return ""
        if stray >= 0:
            out.data[stray:] = out.data[stray:].replace(_CDATA_END, _STRAY_END)
        out.add(_CDATA_END)
        return ""
    return ""


@lru_cache(maxsize=64)
def _ends(opener: bytes) -> re.Pattern[bytes]:
    """Return what may end a CDATA section: its end before a tag or another section, the tag, or the next item."""
    tag = rb"</" + re.escape(opener) + rb"\s*>"
    before = rb"(?=\s*(?:" + tag + rb"|<!\[CDATA\[))" if opener else b""
    return re.compile(rb"\]\]>" + before + rb"|(?P<close>" + tag + rb")|</item>\s*(?P<next><item>)(?=\s*<title>)")


def _text(raw: bytes | bytearray) -> bytes:
    """Return text outside CDATA with its ampersands mended."""
    return _AMPERSAND.sub(_mended, _BARE.sub(b"&amp;", raw))


def _mended(found: re.Match[bytes]) -> bytes:
    if found[0].startswith(_CDATA):
        return found[0]
    name = (found[1] or b"").decode("latin-1")
    return (
        "".join(f"&#{ord(sign)};" for sign in html5[name]).encode() if name in html5 else b"&amp;" + (found[1] or b"")
    )
