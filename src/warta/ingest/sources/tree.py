"""The files of a source: one, or those of a folder that a format reads, none of which leads out of it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from warta.ingest.item import BrokenItem, SourceItem


class Found(NamedTuple):
    """A file, what it is called in reports, and how many bytes all files before it have."""

    file: Path
    where: str
    before: int


def files(path: Path, endings: frozenset[str]) -> Iterator[Found | BrokenItem]:
    """Return a file whatever its ending, or all files of a folder and its folders that end so, in sorted order.

    Endings are in small letters, with their dot. Hidden names and links that lead out of the folder are left aside, the
    latter as a BrokenItem; so is a folder that holds none.
    """
    if not path.is_dir():
        yield Found(path, path.name, 0)
        return
    before, is_empty = 0, True
    for file in _within(path, endings):
        is_empty = False
        where = f"{path.name or path}/{file.relative_to(path).as_posix()}"
        if file.is_symlink() and not _leads_inside(path, file):
            yield BrokenItem("", where, "is a link that leads out of the folder")
            continue
        yield Found(file, where, before)
        before += _bytes(file)
    if is_empty:
        *others, last = sorted(endings)
        names = f"{', '.join(others)} or {last}" if others else last
        yield BrokenItem("", path.name, f"the folder holds no {names} file")


def items(
    path: Path, endings: frozenset[str], read: Callable[[Path, str], Iterator[SourceItem | BrokenItem]]
) -> Iterator[SourceItem | BrokenItem]:
    """Return what `read` makes of each file and its place; `read` of an item counts the files before it too."""
    for found in files(path, endings):
        if isinstance(found, BrokenItem):
            yield found
            continue
        for item in read(found.file, found.where):
            yield replace(item, read=found.before + item.read)


def size(path: Path, endings: frozenset[str]) -> int:
    """Return how many bytes the files of a source have, for the progress bar."""
    return sum(_bytes(found.file) for found in files(path, endings) if isinstance(found, Found))


def _within(root: Path, endings: frozenset[str]) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if not name.startswith(".") and file.suffix.lower() in endings:
                yield file


def _leads_inside(root: Path, file: Path) -> bool:
    try:
        return file.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False  # a ring of links


def _bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
