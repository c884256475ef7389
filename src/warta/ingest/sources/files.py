"""Reads items from files: one JSON document, an array, JSON lines, or a folder of them, one item at a time."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import msgspec

from warta.ingest.item import BrokenItem
from warta.ingest.sources import tree

LARGEST: Final = 64 * 1024 * 1024
"""Bytes that one document, or one line of JSON lines, may have."""

_LINES: Final = frozenset({".jsonl", ".ndjson"})
ENDINGS: Final = frozenset({".json", *_LINES})
_BOM: Final = b"\xef\xbb\xbf"


class Document(NamedTuple):
    """Where an item stands, the folder its pictures lie in, the item as decoded, and the bytes read by then."""

    where: str
    folder: Path
    data: object
    read: int = 0


class _UnreadableError(ValueError):
    """A document cannot be decoded; the message says where and why."""


def documents(path: Path) -> Iterator[Document | BrokenItem]:
    """Return every item of a file or folder; what cannot be read is a BrokenItem, and the rest goes on."""
    for found in tree.files(path, ENDINGS):
        if isinstance(found, BrokenItem):
            yield found
        else:
            for document in _in_file(found.file, found.where):
                if isinstance(document, BrokenItem):
                    yield replace(document, read=found.before + document.read)
                else:
                    yield document._replace(read=found.before + document.read)


def _in_file(file: Path, where: str) -> Iterator[Document | BrokenItem]:
    try:
        with file.open("rb") as stream:
            if file.suffix.lower() in _LINES or _has_lines(stream):
                yield from _lines(stream, file.parent, where)
            elif os.fstat(stream.fileno()).st_size > LARGEST:
                yield BrokenItem("", where, "is larger than 64 MB: give large archives as JSON lines, an item a line")
            else:
                yield from _whole(stream.read(LARGEST + 1), file.parent, where)
    except FileNotFoundError:
        yield BrokenItem("", where, "there is no such file or folder")
    except OSError as failure:
        yield BrokenItem("", where, f"cannot be read: {failure.strerror or failure}")


def _has_lines(stream: BinaryIO) -> bool:
    """Tell whether a file without the ending is JSON lines: its first line is an object, and another line follows."""
    try:
        first = stream.readline(LARGEST)
        while first and not first.strip():
            first = stream.readline(LARGEST)
        if not first.endswith(b"\n") or not first.removeprefix(_BOM).lstrip().startswith(b"{"):
            return False
        if not isinstance(_decoded(first), dict):
            return False
        return any(chunk.strip() for chunk in iter(lambda: stream.read(65_536), b""))
    except _UnreadableError:
        return False
    finally:
        stream.seek(0)


def _lines(stream: BinaryIO, folder: Path, where: str) -> Iterator[Document | BrokenItem]:
    number = 0
    while raw := stream.readline(LARGEST):
        number += 1
        place = f"{where}, line {number}"
        if len(raw) == LARGEST and not raw.endswith(b"\n"):
            yield BrokenItem("", place, "the line is longer than 64 MB")
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LARGEST)
        elif raw.removeprefix(_BOM).strip():
            try:
                yield Document(place, folder, _decoded(raw.rstrip(b"\r\n")), stream.tell())
            except _UnreadableError as reason:
                yield BrokenItem("", place, str(reason).replace("line 1, ", ""), stream.tell())


def _whole(raw: bytes, folder: Path, where: str) -> Iterator[Document | BrokenItem]:
    try:
        document = _decoded(raw)
    except _UnreadableError as reason:
        yield BrokenItem("", where, str(reason))
        return
    items = _items(document)
    if items is None:
        yield Document(where, folder, document, len(raw))
        return
    for number, item in enumerate(items, 1):
        yield Document(f"{where}, item {number}", folder, item, len(raw) * number // len(items))


def _items(document: object) -> list[object] | None:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and not {"uri", "guid"} & document.keys():
        for key in ("items", "_items"):
            if isinstance(document.get(key), list):
                return list(document[key])
    return None


def _decoded(raw: bytes) -> object:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _UnreadableError(f"is not UTF-8 (byte {wrong.start + 1:,}): save it as UTF-8") from wrong
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return _slowly(text)


def _slowly(text: str) -> object:
    """Decode with the standard library, which says in which line and column JSON breaks, and takes NaN."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        place = f"line {wrong.lineno}, column {wrong.colno}"
        raise _UnreadableError(f"is no JSON ({place}): {wrong.msg[:1].lower()}{wrong.msg[1:]}") from wrong
    except RecursionError as deep:
        raise _UnreadableError("is nested too deep") from deep
    except ValueError as wrong:
        raise _UnreadableError(f"is no JSON: {wrong}") from wrong
