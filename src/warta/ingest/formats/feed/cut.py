"""Cuts a feed into its items by their tags alone, so that each is parsed by itself and harms no other."""

import codecs
import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(rb"<!\[CDATA\[|<!--|<(/?)((?:[A-Za-z][\w.-]{0,40}:)?(?:item|entry))(?=[\s>/])")
_ENDS: Final = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}
_DATA: Final = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG: Final = re.compile(rb"<(/?)([A-Za-z_][\w:.-]{0,60})(?![\w:.-])[^<>]*?(/?)>")
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^<>\[]*>", re.IGNORECASE)
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"""(<\?xml[^>]{0,200}?)\s+encoding=["'][^"']{0,40}["']""")
_WIDE: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"),
)  # fmt: skip
_LONGEST_HEAD: Final = 500_000


class RefusedFeedError(ValueError):
    """The whole feed cannot be taken; the message says why."""


def in_bytes(raw: bytes) -> bytes:
    """Return a feed in an encoding whose tags are ASCII: UTF-16 and UTF-32 become UTF-8, any other stays as it is."""
    for mark, encoding in _WIDE:
        if raw.startswith(mark):
            return _ENCODING.sub(rb"\1", raw.decode(encoding, "replace").encode("utf-8", "replace"), count=1)
    return raw.removeprefix(codecs.BOM_UTF8)


def head_and_tail(raw: bytes, end: int) -> tuple[bytes, bytes]:
    """Return what stands before the first item, and the end tags that close it.

    A DOCTYPE that only names its type, as RSS 0.91 has it, is taken off.
    Raises: RefusedFeedError for one that declares anything, because entities can grow without bound.
    """
    if end > _LONGEST_HEAD:
        raise RefusedFeedError(f"is no feed: {end:,} bytes come before its first item")
    head = _DOCTYPE.sub(b"", raw[:end], count=1)
    bare = without_data(head)
    if _DECLARATION.search(bare):
        raise RefusedFeedError("declares entities, which no feed needs: take the DOCTYPE out")
    opened: list[bytes] = []
    for closing, name, alone in _TAG.findall(bare):
        if closing:
            while opened and opened.pop() != name:
                pass
        elif not alone:
            opened.append(name)
    return head, b"".join(b"</%s>" % name for name in reversed(opened))


def without_data(raw: bytes) -> bytes:
    """Return markup without its CDATA and comments."""
    return _DATA.sub(b"", raw)


def spans(raw: bytes) -> Iterator[tuple[int, int]]:
    """Return where each item begins and ends; one without an end tag ends where the next begins."""
    name, begun, at = b"", -1, 0
    while found := _TOKEN.search(raw, at):
        at = found.end()
        if found[0] in _ENDS:
            another = raw.find(found[0], at)  # neither may hold its like: then the first was never ended
            at = max(at, raw.find(_ENDS[found[0]], at, another if another >= 0 else len(raw)))
            continue
        is_closing, tag = bool(found[1]), found[2]
        name = name or tag
        if tag != name:
            continue
        if begun >= 0:
            end = raw.find(b">", at) + 1 if is_closing else found.start()
            yield begun, end or len(raw)
        begun = -1 if is_closing else found.start()
    if begun >= 0:
        yield begun, len(raw)
