"""Reads caption and credit out of `_wp_attachment_metadata`, which PHP has serialised.

Only the two texts are taken, by their length in bytes; nothing is unserialised. Source: PHP manual, serialize().
"""

import re
from typing import Final

from warta.ingest.formats.ninjs.fields import line

_TEXT: Final = rb'"%s";s:(\d{1,5}):"'
_CAPTION: Final = re.compile(_TEXT % b"caption")
_CREDIT: Final = re.compile(_TEXT % b"credit")


def image_words(serialised: str) -> tuple[str, str]:
    """Return caption and credit that WordPress found in the picture's file, empty where they cannot be read."""
    raw = serialised.encode("utf-8", "replace")
    start = raw.find(b'"image_meta";')
    return (_said(_CAPTION, raw, start), _said(_CREDIT, raw, start)) if start >= 0 else ("", "")


def _said(pattern: re.Pattern[bytes], raw: bytes, start: int) -> str:
    found = pattern.search(raw, start)
    if found is None:
        return ""
    end = found.end() + int(found[1])
    if raw[end : end + 2] != b'";':
        return ""  # edited by hand: its lengths are wrong
    return line(raw[found.end() : end].decode("utf-8", "replace"))
