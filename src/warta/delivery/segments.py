"""Pieces of a page, each compressed once, joined into one answer without compressing again.

A segment is raw deflate that ends on a byte boundary without ending the stream (a sync flush), so segments can be laid
one behind the other under one gzip header, closed by an empty last block and the combined CRC. Several gzip members
would be cut after the first by browsers; one member of several segments is not. Zstandard allows several frames.
Source: RFC 1951 3.2.3 and 3.2.6, RFC 1952 2.3.1, RFC 8878 3.1.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Final

from backports import zstd
from isal import isal_zlib

_GZIP_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK: Final = b"\x03\x00"
_ZSTD_LEVEL: Final = 3
USUAL: Final = 100
"""Length of an Accept-Encoding that is worth remembering: browsers' are shorter."""


@dataclass(slots=True, eq=False)
class Segment:
    """One piece: length and CRC-32 of its plain bytes, and its raw deflate; other forms are made when asked for."""

    size: int
    crc: int
    deflated: bytes

    @property
    def plain(self) -> bytes:
        """The piece itself."""
        return zlib.decompressobj(-15).decompress(self.deflated)

    @property
    def zstandard(self) -> bytes:
        """The piece as one Zstandard frame."""
        return zstd.compress(self.plain, level=_ZSTD_LEVEL)


def pack(text: str) -> Segment:
    """Compress one piece as small as deflate can."""
    data = text.encode()
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    deflated = compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH)
    return Segment(len(data), zlib.crc32(data), deflated)


def laid(text: str) -> Segment:
    """Lay out one small piece as it is, in a block that is not compressed: for what changes with each page.

    Source: RFC 1951 3.2.4.
    """
    data = text.encode()
    length = len(data).to_bytes(2, "little")
    return Segment(len(data), zlib.crc32(data), b"\x00" + length + bytes(255 - byte for byte in length) + data)


def together(first: Segment, second: Segment) -> Segment:
    """Lay two pieces together as one."""
    crc = isal_zlib.crc32_combine(first.crc, second.crc, second.size)
    return Segment(first.size + second.size, crc, first.deflated + second.deflated)


def gzip(segments: Sequence[Segment]) -> bytes:
    """Join segments into one gzip member."""
    first, *others = segments
    crc, size = first.crc, first.size
    for segment in others:
        crc = isal_zlib.crc32_combine(crc, segment.crc, segment.size)
        size += segment.size
    trailer = crc.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join((_GZIP_HEADER, *[segment.deflated for segment in segments], _LAST_BLOCK, trailer))


def joined(segments: Sequence[Segment], coding: str) -> bytes:
    """Join segments in a content coding: `gzip`, `zstd` or `identity`."""
    if coding == "gzip":
        return gzip(segments)
    if coding == "zstd":
        return b"".join([segment.zstandard for segment in segments])
    return b"".join([segment.plain for segment in segments])


def coding(accept_encoding: str | None) -> str:
    """Choose the content coding: gzip where it is taken, else zstd, else identity.

    Source: RFC 9110 12.5.3 (weights; `*` stands for what is not named).
    """
    if accept_encoding is None:
        return "identity"
    return _known(accept_encoding) if len(accept_encoding) <= USUAL else _choose(accept_encoding)


def _choose(accept_encoding: str) -> str:
    weights = reduce(_weigh, accept_encoding.lower().split(","), dict[str, float]())
    rest = weights.get("*", 0.0)
    for name in ("gzip", "zstd"):
        if weights.get(name, rest) > 0:
            return name
    return "identity"


_known = lru_cache(maxsize=256)(_choose)


def _weigh(weights: dict[str, float], part: str) -> dict[str, float]:
    name, _, parameter = part.partition(";")
    key, _, value = parameter.strip().partition("=")
    try:
        weight = float(value) if key.strip() == "q" else 1.0
    except ValueError:
        weight = 0.0
    if name.strip():
        weights["gzip" if name.strip() == "x-gzip" else name.strip()] = weight
    return weights
