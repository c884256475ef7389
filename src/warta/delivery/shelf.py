"""What readers were given last, on this machine's disk: for a process that begins while the database is away.

Two things lie here: the last edition, and whole pages (fronts, indexes, static pages, withdrawals) as Django made them.
Processes share them: what one has made under an edition, the others take from here. What names a withdrawn article is
taken off.
"""

import logging
import re
import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from warta.delivery.cachefile import CacheFile
from warta.delivery.edition import Edition
from warta.delivery.segments import Segment
from warta.lexicon import addresses

MOST_PAGES: Final = 4_000
"""How many whole pages it keeps, about 40 MB."""
_SWEPT_EACH: Final = 100
_GONE: Final = 410
_TIMEOUT_S: Final = 0.05
_TABLES: Final = (
    """CREATE TABLE whole (
      key TEXT PRIMARY KEY, edition TEXT NOT NULL, status INTEGER NOT NULL, content_type TEXT NOT NULL,
      tag TEXT NOT NULL, keys TEXT NOT NULL, size INTEGER NOT NULL, crc INTEGER NOT NULL, deflated BLOB NOT NULL)""",
    "CREATE TABLE edition (number INTEGER NOT NULL, data BLOB NOT NULL)",
)
_COLUMNS: Final = "edition, status, content_type, tag, keys, size, crc, deflated"
_DAMAGED: Final = (sqlite3.Error, msgspec.DecodeError)
_decoder: Final = msgspec.msgpack.Decoder(Edition)

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Whole:
    """A page as Django made it (200 or 410), good as long as the edition has this tag."""

    edition: str
    status: int
    content_type: str
    tag: str
    keys: str
    segment: Segment

    def is_out(self, key: str, article_ids: Collection[int]) -> bool:
        """Tell whether the page, that lies under a key, must go when these articles are withdrawn."""
        return _is_out(key, self.status, self.segment, article_ids)


class Shelf:
    """The shelf of one process. A shelf that cannot be written is not read either, until the process begins anew."""

    def __init__(self, path: Path, *, version: str) -> None:
        self._file = CacheFile(path, version=version, tables=_TABLES, timeout_s=_TIMEOUT_S)
        self._kept = 0
        self._is_behind = False

    def find(self, key: str) -> Whole | None:
        """Return the page under a key as it was made last, by any process."""
        asked = f"SELECT {_COLUMNS} FROM whole WHERE key = ?"  # noqa: S608 — names of ours
        row = None if self._is_behind else self._ask(asked, key)
        if row is None:
            return None
        edition, status, content_type, tag, keys, *segment = row
        return Whole(edition, status, content_type, tag, keys, Segment(*segment))

    def keep(self, key: str, page: Whole) -> None:
        """Keep a page in place of the one before."""
        row = (key, page.edition, page.status, page.content_type, page.tag, page.keys)
        segment = (page.segment.size, page.segment.crc, page.segment.deflated)
        self._kept += 1

        def write(file: sqlite3.Connection) -> None:
            file.execute("INSERT OR REPLACE INTO whole VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, *segment))
            if self._kept % _SWEPT_EACH == 0:
                last = file.execute("SELECT max(rowid) FROM whole").fetchone()[0]
                file.execute("DELETE FROM whole WHERE rowid <= ?", (last - MOST_PAGES,))

        self._write(write)

    def edition(self) -> Edition | None:
        """Return the last edition that was kept."""
        row = None if self._is_behind else self._ask("SELECT data FROM edition")
        try:
            return None if row is None else _decoder.decode(row[0])
        except msgspec.DecodeError:
            return None

    def keep_edition(self, edition: Edition) -> None:
        """Keep an edition, unless a later one lies here already."""
        data = msgspec.msgpack.encode(edition)

        def write(file: sqlite3.Connection) -> None:
            present = file.execute("SELECT number FROM edition").fetchone()
            if present is None or present[0] <= edition.number:
                file.execute("DELETE FROM edition")
                file.execute("INSERT INTO edition VALUES (?, ?)", (edition.number, data))

        self._write(write)

    def forget(self, article_ids: Collection[int]) -> None:
        """Take off whatever names one of these articles, which were withdrawn."""

        def write(file: sqlite3.Connection) -> None:
            rows = file.execute("SELECT key, status, size, crc, deflated FROM whole")
            gone = [(key,) for key, status, *parts in rows if _is_out(key, status, Segment(*parts), article_ids)]
            file.executemany("DELETE FROM whole WHERE key = ?", gone)
            kept = file.execute("SELECT data FROM edition").fetchone()
            if kept is not None and _is_named(_decoder.decode(kept[0]), article_ids):
                file.execute("DELETE FROM edition")

        self._is_behind = not self._write(write) or self._is_behind

    def clear(self) -> None:
        """Take everything off: the paper is new, or was put back to an older state."""

        def write(file: sqlite3.Connection) -> None:
            file.execute("DELETE FROM whole")
            file.execute("DELETE FROM edition")

        self._is_behind = not self._write(write)

    def _ask(self, query: str, *values: str) -> tuple[Any, ...] | None:
        try:
            row: tuple[Any, ...] | None = self._file.connection().execute(query, values).fetchone()
        except sqlite3.Error:
            return None
        return row

    def _write(self, write: Callable[[sqlite3.Connection], None]) -> bool:
        try:
            file = self._file.connection()
            with file:
                write(file)
        except _DAMAGED as error:
            _log.warning("the shelf of last pages cannot be written: %s", error)
            return False
        return True


def _is_out(key: str, status: int, segment: Segment, article_ids: Collection[int]) -> bool:
    """Tell whether a page names one of these articles; that it is withdrawn stays said at its own address (410)."""
    own = addresses.article_id(key) if status == _GONE else None
    others = [number for number in article_ids if number != own]
    return bool(others) and _names(segment, others)


def _names(segment: Segment, article_ids: Collection[int]) -> bool:
    pattern = b"/(?:%s)/" % b"|".join(b"%d" % number for number in article_ids)
    return re.search(pattern, segment.plain) is not None


def _is_named(edition: Edition, article_ids: Collection[int]) -> bool:
    return any(_names(frame.lists, article_ids) for frame in edition.frames.values())
