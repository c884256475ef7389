"""Ghost's export: one JSON file of all tables, read twice and never held whole. `docs/contracts/ghost.md`."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from warta.ingest.formats.ghost.post import Reader
from warta.ingest.formats.ghost.scan import BrokenJsonError, Scan
from warta.ingest.formats.ghost.tables import LARGEST, Tables
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.ingest.sources import tree

ENDINGS: Final = frozenset({".json"})

__all__ = ["ENDINGS", "parse"]


def parse(path: Path, told: Told) -> Iterator[SourceItem | BrokenItem]:
    """Return every post and page of an export; pictures lie beside it, or in the folder that was told."""
    return tree.items(path, ENDINGS, lambda file, where: _in_file(file, where, told))


def _in_file(file: Path, where: str, told: Told) -> Iterator[SourceItem | BrokenItem]:
    try:
        with file.open("rb") as stream, Tables() as tables:
            broken = None
            try:
                tables.read(Scan(stream))
            except BrokenJsonError as wrong:
                broken = BrokenItem("", where, f"{wrong}; posts before that place are taken: export it anew")
            reader = Reader(tables, told.pictures or file.parent, told.zone)
            yield from _posts(stream, where, tables, reader)
            if broken:
                yield broken
            elif not tables.posts:
                yield BrokenItem("", where, "holds no posts: is it the JSON that Ghost exports under Settings?")
    except FileNotFoundError:
        yield BrokenItem("", where, "there is no such file or folder")
    except sqlite3.Error as failure:
        yield BrokenItem("", where, f"its tags and authors cannot be kept ({failure}): is the disk full?")
    except OSError as failure:
        yield BrokenItem("", where, f"cannot be read: {failure.strerror or failure}")


def _posts(stream: BinaryIO, where: str, tables: Tables, reader: Reader) -> Iterator[SourceItem | BrokenItem]:
    number = 0
    for start in tables.posts:
        scan = Scan(stream, start)
        try:
            for _ in scan.elements():
                number += 1
                place = f"{where}, post {number}"
                raw = scan.value(LARGEST)
                if raw is None:
                    item: SourceItem | BrokenItem = BrokenItem("", place, "is larger than 16 MB")
                else:
                    item = reader.item(raw, place)
                yield replace(item, read=scan.position)
        except BrokenJsonError:
            return  # was told by the first reading
