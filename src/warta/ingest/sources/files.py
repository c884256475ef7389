"""Reads items from files: one JSON document, an array, JSON lines, or a folder of them, one item at a time."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from warta.ingest.item import BrokenItem

LARGEST: Final = 64 * 1024 * 1024
"""Bytes that one document, or one line of JSON lines, may have."""

_LINES: Final = frozenset({".jsonl", ".ndjson"})
_ENDINGS: Final = frozenset({".json", *_LINES})
_BOM: Final = b"\xef\xbb\xbf"
_SAMPLE: Final = 50

Document = tuple[str, Path, object]
"""Where an item stands, the folder its pictures lie in, and the item as decoded."""


class _UnreadableError(ValueError):
    """A document cannot be decoded; the message says where and why."""


def documents(path: Path) -> Iterator[Document | BrokenItem]:
    """Return every item of a file or folder with its place; what cannot be read is a BrokenItem, and the rest goes on.

    A folder is read in sorted order with its folders; hidden files and links that lead out of it are left aside.
    """
    if path.is_dir():
        files = _files(path)
        first = next(files, None)
        if first is None:
            yield BrokenItem("", path.name, "the folder holds no .json, .jsonl or .ndjson file")
            return
        yield from _in_folder(path, first)
        for file in files:
            yield from _in_folder(path, file)
    else:
        yield from _in_file(path, path.name)


def count(path: Path) -> int | None:
    """Return about how many items there are, quickly, or None when only reading would tell."""
    try:
        if not path.is_dir():
            return _count_file(path)
        total = 0
        for number, file in enumerate(_files(path)):
            if file.suffix.lower() in _LINES:
                total += _count_lines(file)
            elif number < _SAMPLE and _first_byte(file) == b"[":
                return None
            else:
                total += 1
    except OSError:
        return None
    return total


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(folder, name)
            if not name.startswith(".") and file.suffix.lower() in _ENDINGS:
                yield file


def _in_folder(root: Path, file: Path) -> Iterator[Document | BrokenItem]:
    where = f"{root.name or root}/{file.relative_to(root).as_posix()}"
    if file.is_symlink() and not _is_within(root, file):
        yield BrokenItem("", where, "is a link that leads out of the folder")
    else:
        yield from _in_file(file, where)


def _is_within(root: Path, file: Path) -> bool:
    try:
        return file.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False  # a ring of links


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
                yield place, folder, _decoded(raw.rstrip(b"\r\n"))
            except _UnreadableError as reason:
                yield BrokenItem("", place, str(reason).replace("line 1, ", ""))


def _whole(raw: bytes, folder: Path, where: str) -> Iterator[Document | BrokenItem]:
    try:
        document = _decoded(raw)
    except _UnreadableError as reason:
        yield BrokenItem("", where, str(reason))
        return
    items = _items(document)
    if items is None:
        yield where, folder, document
        return
    for number, item in enumerate(items, 1):
        yield f"{where}, item {number}", folder, item


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


def _count_file(file: Path) -> int | None:
    with file.open("rb") as stream:
        if file.suffix.lower() in _LINES or _has_lines(stream):
            return _count_lines(file)
    return None if _first_byte(file) == b"[" else 1


def _count_lines(file: Path) -> int:
    ends, last = 0, b""
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            ends += chunk.count(b"\n")
            last = chunk
    return ends + (not last.endswith(b"\n") and bool(last))


def _first_byte(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(1024).removeprefix(_BOM).lstrip()[:1]
