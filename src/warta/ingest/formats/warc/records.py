"""Cuts a WARC file into its records, however damaged: what cannot be read is named, and the next record looked for.

warcio reads what is in a record; where one begins and ends is found here, because its iterator ends at the first fault
and unpacks without a bound. Source: ISO 28500:2017 (WARC 1.1), annex D.
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

LARGEST: Final = 16 * 1024 * 1024
"""Bytes that one record may have, unpacked."""

_GZIP: Final = b"\x1f\x8b\x08"
_HEAD: Final = 65_536
_STEP: Final = 1_048_576
_MOST_UNPACKED: Final = 100
_LENGTH: Final = re.compile(rb"^content-length\s*:\s*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
_TYPE: Final = re.compile(rb"^warc-type\s*:", re.IGNORECASE | re.MULTILINE)
_START: Final = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n(?=[A-Za-z-]{1,40}:)")


class Cut(NamedTuple):
    """One record: where it begins, where the next one may, its bytes, and when they are not all there, why."""

    offset: int
    end: int
    data: bytes
    fault: str = ""


def is_packed(stream: BinaryIO) -> bool:
    """Tell whether a file is compressed."""
    stream.seek(0)
    return stream.read(3) == _GZIP


def records(stream: BinaryIO) -> Iterator[Cut]:
    """Return the records of a file in order."""
    packed = is_packed(stream)
    offset = 0
    while (cut := _member(stream, offset) if packed else _plain(stream, offset)) is not None:
        if cut.data or cut.fault:
            yield cut
        offset = cut.end


def record(stream: BinaryIO, offset: int) -> bytes:
    """Return the bytes of the record at a place where `records` found it; empty when it is not there any more."""
    cut = _member(stream, offset) if is_packed(stream) else _plain(stream, offset)
    return b"" if cut is None or cut.fault else cut.data


def is_packed_whole(stream: BinaryIO) -> bool:
    """Tell whether all records were compressed as one, so that none can be looked up by its place."""
    if not is_packed(stream):
        return False
    cut = _member(stream, 0)
    head = _head(cut.data) if cut is not None else None
    return head is not None and cut is not None and len(cut.data) > head[0] + head[1] + _HEAD // 1_024


def unpack(stream: BinaryIO, into: Path, size: int) -> str:
    """Write the file unpacked; return why it is not complete, or nothing."""
    stream.seek(0)
    left = max(size * _MOST_UNPACKED, LARGEST)
    inflate = zlib.decompressobj(wbits=31)
    with into.open("wb") as out:
        chunk = stream.read(_HEAD)
        while chunk:
            try:
                piece = inflate.decompress(chunk, _STEP)
            except zlib.error as wrong:
                return f"is damaged: {wrong}"
            left -= out.write(piece)
            if left < 0:
                return f"unpacks to more than {_MOST_UNPACKED} times its size"
            if inflate.eof:
                chunk = inflate.unused_data or stream.read(_HEAD)
                inflate = zlib.decompressobj(wbits=31)
            else:
                chunk = inflate.unconsumed_tail or stream.read(_HEAD)
    return ""


def _member(stream: BinaryIO, offset: int) -> Cut | None:
    """Return the record in the gzip member at a place, None at the end of the file."""
    stream.seek(offset)
    inflate = zlib.decompressobj(wbits=31)
    found = bytearray()
    chunk = stream.read(_HEAD)
    if not chunk:
        return None
    try:
        while not inflate.eof:
            if not chunk:
                return Cut(offset, _next_member(stream, offset + 1), bytes(found[:_HEAD]), "is cut short")
            found += inflate.decompress(chunk, LARGEST + _HEAD - len(found))
            if len(found) >= LARGEST + _HEAD:
                return Cut(offset, _next_member(stream, offset + 1), bytes(found), "has more than 16 MB")
            chunk = inflate.unconsumed_tail or (b"" if inflate.eof else stream.read(_HEAD))
    except zlib.error:
        return Cut(offset, _next_member(stream, offset + 1), bytes(found[:_HEAD]), "is damaged")
    return Cut(offset, stream.tell() - len(inflate.unused_data), bytes(found))


def _next_member(stream: BinaryIO, start: int) -> int:
    """Return where the next gzip member begins that holds a record, or the end of the file."""
    while (place := _find(stream, start, re.compile(re.escape(_GZIP)))) is not None:
        stream.seek(place)
        try:
            if zlib.decompressobj(wbits=31).decompress(stream.read(4_096), 5) == b"WARC/":
                return place
        except zlib.error:
            pass
        start = place + 1
    return stream.seek(0, 2)


def _plain(stream: BinaryIO, offset: int) -> Cut | None:
    """Return the record at a place of a file that is not compressed, None at the end of the file."""
    stream.seek(offset)
    raw = stream.read(_HEAD)
    blank = len(raw) - len(raw.lstrip(b"\r\n"))
    raw, offset = raw[blank:], offset + blank
    if not raw:
        return None if not blank else Cut(offset, offset, b"") if _has_more(stream, offset) else None
    head = _head(raw)
    if head is None:
        return Cut(offset, _next_plain(stream, offset + 1), raw[:_HEAD], "is damaged")
    whole = head[0] + head[1]
    size = stream.seek(0, 2)
    if offset + whole > size:
        return Cut(offset, _next_plain(stream, offset + 1), raw, "is cut short")
    stream.seek(offset + whole)
    after = stream.read(32)
    if (
        not after.startswith((b"\r\n\r\n", b"\n\n"))
        and not after.lstrip(b"\r\n").startswith(b"WARC/")
        and after.strip()
    ):
        return Cut(offset, _next_plain(stream, offset + 1), raw, "has another length than it says")
    if head[1] > LARGEST:
        return Cut(offset, offset + whole, raw, "has more than 16 MB")
    stream.seek(offset)
    return Cut(offset, offset + whole, stream.read(whole))


def _next_plain(stream: BinaryIO, start: int) -> int:
    place = _find(stream, start, _START)
    return stream.seek(0, 2) if place is None else place


def _has_more(stream: BinaryIO, offset: int) -> bool:
    return stream.seek(0, 2) > offset


def _head(raw: bytes) -> tuple[int, int] | None:
    """Return how long a record's head is, and how long its content says it is."""
    if not raw.startswith(b"WARC/"):
        return None
    ends = [(at + len(end)) for end in (b"\r\n\r\n", b"\n\n") if (at := raw.find(end, 0, _HEAD)) >= 0]
    said = raw[: min(ends)].replace(b"\r", b"") if ends else b""
    lengths = _LENGTH.findall(said)
    is_one = len(lengths) == 1 and len(_TYPE.findall(said)) == 1  # else another record's head has run into it
    return (min(ends), int(lengths[0])) if is_one else None


def _find(stream: BinaryIO, start: int, pattern: re.Pattern[bytes]) -> int | None:
    """Return the first place of a pattern from `start` on, where its `WARC` or its first byte stands."""
    before = b""
    stream.seek(start)
    while chunk := stream.read(_STEP):
        window = before + chunk
        if (found := pattern.search(window)) is not None:
            return start - len(before) + found.start() + (found[0][:1] == b"\n")
        before, start = window[-32:], start + len(chunk)
    return None
