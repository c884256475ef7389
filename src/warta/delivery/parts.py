"""The cache of article parts: an article's own pieces, rendered and compressed once per version of it and its template.

It is a file of this machine that delivery owns, may be deleted at any time and is made anew. Rows are good as of the
change `upto`: whoever follows the paper calls `changed` for what changed since, which drops rows and refuses older ones
for ever. Each process tells its own memory likewise: another process may have told the file already. A file that cannot
be written is left alone until it has been told of everything again; pages are made without it meanwhile.
"""

import hashlib
import logging
import math
import sqlite3
import struct
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from isal import isal_zlib

from warta.delivery.cachefile import CacheFile
from warta.delivery.segments import Segment

LIMIT_BYTES: Final = 8 * 2**30
"""About how large the file may grow: two million articles. Beyond, parts of the oldest articles make room."""
MEMORY_BYTES: Final = 48 * 2**20
"""How much of it a process keeps in memory."""
ASKED_ONCE: Final = 10_000
TRIMMED_AT_ONCE: Final = 5_000
_OVERHEAD: Final = 700
_TABLES: Final = (
    """CREATE TABLE part (
      id INTEGER PRIMARY KEY, version TEXT NOT NULL, number INTEGER NOT NULL, checksum INTEGER NOT NULL,
      packed BLOB NOT NULL)""",
    "CREATE TABLE changed (id INTEGER PRIMARY KEY, number INTEGER NOT NULL)",
)
_FIXED: Final = struct.Struct("<qddIIIIHHI")
"""What stands before path, language, head and body: number, start, stop (NaN for none), size and CRC-32 of the plain
head and body, and how many bytes path, language and head take."""
_FIND: Final = "SELECT checksum, packed FROM part WHERE id = ? AND version = ?"

_log: Final = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Part:
    """One article's pieces; visible from `start` until `stop` (seconds since 1970), written by change `number`."""

    id: int
    number: int
    path: str
    lang: str
    start: float
    stop: float | None
    head: Segment
    body: Segment

    def is_visible(self, now_s: float) -> bool:
        """Tell whether the article may be seen."""
        return self.start <= now_s and (self.stop is None or now_s < self.stop)


class Parts:
    """The cache of one process: a bounded memory before the file that all processes of a machine share."""

    def __init__(self, path: Path, *, version: str, memory_bytes: int = MEMORY_BYTES) -> None:
        self.version = version
        self._file = CacheFile(path, version=version, tables=_TABLES, timeout_s=5, synchronous="NORMAL")
        self._limit_bytes = memory_bytes
        self._memory: OrderedDict[int, Part] = OrderedDict()
        self.memory_bytes = 0
        self._asked_once: set[int] = set()
        self._generation = 0
        self._seen: int | None = None
        self._is_file_behind = False
        self._lock = Lock()

    def find(self, article_id: int) -> Part | None:
        """Return the part of an article if it is here and good, from memory or from the file."""
        part = self._memory.get(article_id)
        if part is not None:
            return part
        generation = self._generation
        if self._is_file_behind:
            return None
        try:
            row = self._file.connection().execute(_FIND, (article_id, self.version)).fetchone()
        except sqlite3.Error:
            return None
        if row is None or row[0] != _checksum(article_id, row[1]):
            return None
        part = _unpack(article_id, row[1])
        if article_id in self._asked_once:
            self._remember(part, generation)
        else:
            self._note(article_id)
        return part

    def in_memory(self, part: Part) -> bool:
        """Tell whether this very part is the one at hand: nothing has changed since."""
        return self._memory.get(part.id) is part

    @property
    def generation(self) -> int:
        """How often this process was told of changes: to be read before a part is made of what the paper says."""
        return self._generation

    def put(self, part: Part, generation: int | None = None) -> None:
        """Keep a part made since `generation`, unless a newer change of its article is known.

        When the file cannot be written, it is kept in this process's memory alone.
        """
        before = self._generation if generation is None else generation
        packed = _pack(part)
        row = (part.id, self.version, part.number, _checksum(part.id, packed), packed)
        insert = (
            "INSERT OR REPLACE INTO part (id, version, number, checksum, packed) SELECT ?, ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM changed WHERE id = ? AND number > ?)"
        )
        try:
            with self._file.connection() as file:
                is_kept = file.execute(insert, (*row, part.id, part.number)).rowcount > 0
        except sqlite3.Error as error:
            self._complain(error)
            is_kept = generation is not None
        if is_kept and (generation is not None or not self._is_file_behind):
            self._remember(part, before)

    def changed(self, changes: Iterable[tuple[int, int]], *, upto: int) -> None:
        """Drop what changed: pairs of article id and number of the change; all changes up to `upto` are known then."""
        known = list(changes)
        is_told = self._tell_file(known, upto)
        with self._lock:
            self._seen = max(upto, self._seen or 0)
            self._is_file_behind = not is_told or upto < self._seen
            self._generation += 1
            for article_id, _ in known:
                self._forget(article_id)

    def _tell_file(self, known: list[tuple[int, int]], upto: int) -> bool:
        try:
            with self._file.connection() as file:
                file.executemany(
                    "INSERT INTO changed VALUES (?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET number = max(number, excluded.number)",
                    known,
                )
                file.executemany("DELETE FROM part WHERE id = ? AND number < ?", known)
                file.execute("INSERT OR REPLACE INTO state VALUES ('upto', ?)", (str(upto),))
        except sqlite3.Error as error:
            self._complain(error)
            return False
        return True

    def upto(self) -> tuple[int, int]:
        """Return the last change that both the file and this process know of, and the last that either knows of."""
        try:
            row = self._file.connection().execute("SELECT value FROM state WHERE name = 'upto'").fetchone()
        except sqlite3.Error:
            return self._seen or 0, self._seen or 0
        told = int(row[0]) if row else 0
        with self._lock:
            if self._seen is None:
                self._seen = told
                self._forget_all()
        return min(told, self._seen), max(told, self._seen)

    def ids(self, article_ids: Iterable[int]) -> set[int]:
        """Return those of the given articles whose parts are in the file."""
        asked = list(article_ids)
        marks = ",".join("?" * len(asked))
        query = f"SELECT id FROM part WHERE version = ? AND id IN ({marks})"  # noqa: S608 — question marks
        try:
            return {row[0] for row in self._file.connection().execute(query, (self.version, *asked))}
        except sqlite3.Error:
            return set()

    def clear(self, *, upto: int) -> None:
        """Drop everything and know of all changes up to `upto`: the paper is new, or was put back to an older state."""
        with self._lock:
            self._forget_all()
            self._seen = upto
            self._is_file_behind = True
        try:
            with self._file.connection() as file:
                for table in ("part", "changed", "state"):
                    file.execute(f"DELETE FROM {table}")  # noqa: S608 — names of ours
                state = [("version", self.version), ("upto", str(upto))]
                file.executemany("INSERT INTO state VALUES (?, ?)", state)
        except sqlite3.Error as error:
            self._complain(error)
            return
        self._is_file_behind = False

    def trim(self) -> int:
        """Keep the file within its bounds by dropping the oldest articles' parts; return how many."""
        names = ("page_count", "freelist_count", "page_size")
        oldest = f"SELECT id FROM part ORDER BY id LIMIT {TRIMMED_AT_ONCE}"  # noqa: S608 — a number of ours
        try:
            with self._file.connection() as file:
                pages, free, size = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
                if (pages - free) * size <= LIMIT_BYTES:
                    return 0
                return file.execute(f"DELETE FROM part WHERE id IN ({oldest})").rowcount  # noqa: S608 — words of ours
        except sqlite3.Error:
            return 0

    def _note(self, article_id: int) -> None:
        """Note what is asked for: what is asked once does not push out of memory what is asked for again and again."""
        if len(self._asked_once) >= ASKED_ONCE:
            self._asked_once.clear()
        self._asked_once.add(article_id)

    def _remember(self, part: Part, generation: int) -> None:
        """Keep a part in memory, unless something changed since it was read: then the next request reads it anew."""
        with self._lock:
            if generation != self._generation:
                return
            self._forget(part.id)
            self._memory[part.id] = part
            self.memory_bytes += _weight(part)
            while self.memory_bytes > self._limit_bytes:
                _, dropped = self._memory.popitem(last=False)
                self.memory_bytes -= _weight(dropped)

    def _forget_all(self) -> None:
        self._generation += 1
        self._memory.clear()
        self.memory_bytes = 0

    def _complain(self, error: sqlite3.Error) -> None:
        _log.warning("the cache of parts cannot be written; pages are made without it: %s", error)

    def _forget(self, article_id: int) -> None:
        dropped = self._memory.pop(article_id, None)
        if dropped is not None:
            self.memory_bytes -= _weight(dropped)


def version(*words: str) -> str:
    """Return a name for the look of all parts: templates, style, and the settings that stand in a page."""
    digest = hashlib.blake2b(digest_size=8)
    folder = Path(__file__).parent
    files = [*folder.glob("templates/**/*"), *folder.glob("locale/**/*.po"), *folder.glob("*.py")]
    for path in sorted(path for path in [*files, *folder.glob("templatetags/*.py")] if path.is_file()):
        digest.update(path.read_bytes())
    for word in words:
        digest.update(word.encode() + b"\0")
    return digest.hexdigest()


def _pack(part: Part) -> bytes:
    """Return all of a part but its id as one piece of bytes."""
    path, lang, head, body = part.path.encode(), part.lang.encode(), part.head, part.body
    stop = math.nan if part.stop is None else part.stop
    sizes = (head.size, head.crc, body.size, body.crc, len(path), len(lang), len(head.deflated))
    fixed = _FIXED.pack(part.number, part.start, stop, *sizes)
    return b"".join((fixed, path, lang, head.deflated, body.deflated))


def _unpack(article_id: int, packed: bytes) -> Part:
    """Return the part that was packed."""
    number, start, stop, head_size, head_crc, body_size, body_crc, path, lang, head = _FIXED.unpack_from(packed)
    lang_at = _FIXED.size + path
    head_at = lang_at + lang
    body_at = head_at + head
    return Part(
        article_id,
        number,
        str(packed[_FIXED.size : lang_at], "utf-8"),
        str(packed[lang_at:head_at], "utf-8"),
        start,
        None if stop != stop else stop,  # noqa: PLR0124 — NaN
        Segment(head_size, head_crc, packed[head_at:body_at]),
        Segment(body_size, body_crc, packed[body_at:]),
    )


def _checksum(article_id: int, packed: bytes) -> int | None:
    """Return a CRC-32 by which a damaged row, or another article's, is found; None for what is no packed part."""
    if not isinstance(packed, bytes) or len(packed) < _FIXED.size:
        return None
    return int(isal_zlib.crc32(packed, article_id & 0xFFFFFFFF))


def _weight(part: Part) -> int:
    return len(part.head.deflated) + len(part.body.deflated) + _OVERHEAD
