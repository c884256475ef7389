"""The cache of article parts: an article's own pieces, rendered and compressed once per version of it and its template.

It is kept in files of this machine (`partsfile.py`), which may be deleted at any time and are made anew. Parts are good
as of the change `upto`: whoever follows the paper calls `changed` for what changed since, which drops parts and refuses
older ones for ever. Each process tells its own memory likewise: another process may have told the files already. Files
that cannot be written are left alone until they were told of everything again; pages are made without them meanwhile.
"""

import hashlib
import logging
import math
import struct
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from warta.delivery.partsfile import PartsFile
from warta.delivery.segments import Segment

MEMORY_BYTES: Final = 48 * 2**20
"""How much of the cache a process keeps in memory."""
ASKED_ONCE: Final = 10_000
_OVERHEAD: Final = 700
_FIXED: Final = struct.Struct("<qddIIIIHHI")
"""What stands before path, language, head and body: number, start, stop (NaN for none), size and CRC-32 of the plain
head and body, and how many bytes path, language and head take."""

_log: Final = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Part:
    """One article's pieces; good from `start` until `stop` (seconds since 1970), written by change `number`."""

    id: int
    number: int
    path: str
    lang: str
    start: float
    stop: float | None
    head: Segment
    body: Segment

    def is_visible(self, now_s: float) -> bool:
        """Tell whether the article may be seen as this part has it."""
        return self.start <= now_s and (self.stop is None or now_s < self.stop)


class Parts:
    """The cache of one process: a bounded memory before the file that all processes of a machine share."""

    def __init__(self, path: Path, *, version: str, memory_bytes: int = MEMORY_BYTES) -> None:
        self.version = version
        self._file = PartsFile(path, version=version)
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
            found = self._file.find(article_id)
        except OSError:
            return None
        part = None if found is None else _unpack(article_id, found[0])
        if found is None or part is None or part.number < found[1]:
            return None
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
        try:
            is_kept = self._file.put(part.id, part.number, _pack(part))
        except OSError as error:
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
            self._file.changed(known, upto=upto)
        except OSError as error:
            self._complain(error)
            return False
        return True

    def upto(self) -> tuple[int, int]:
        """Return the last change that both the file and this process know of, and the last that either knows of."""
        try:
            told = self._file.upto()
        except OSError:
            return self._seen or 0, self._seen or 0
        with self._lock:
            if self._seen is None:
                self._seen = told
                self._forget_all()
        return min(told, self._seen), max(told, self._seen)

    def ids(self, article_ids: Iterable[int]) -> set[int]:
        """Return those of the given articles whose parts are in the file."""
        try:
            return self._file.ids(article_ids)
        except OSError:
            return set()

    def clear(self, *, upto: int) -> None:
        """Drop everything and know of all changes up to `upto`: the paper is new, or was put back to an older state."""
        with self._lock:
            self._forget_all()
            self._seen = upto
            self._is_file_behind = True
        try:
            self._file.clear(upto=upto)
        except OSError as error:
            self._complain(error)
            return
        self._is_file_behind = False

    def sync(self) -> None:
        """Bring to disk which changes are known, so that a power cut makes nobody tell of them again."""
        try:
            self._file.sync()
        except OSError as error:
            self._complain(error)

    def is_full(self) -> bool:
        """Tell whether further parts would push out those that are here."""
        try:
            return self._file.is_full()
        except OSError:
            return False

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

    def _complain(self, error: OSError) -> None:
        _log.warning("the cache of parts cannot be written; pages are made without it: %s", error)

    def _forget(self, article_id: int) -> None:
        dropped = self._memory.pop(article_id, None)
        if dropped is not None:
            self.memory_bytes -= _weight(dropped)


def version(*words: str) -> str:
    """Return a name for the look of all parts: templates, style, and the settings that stand in a page."""
    digest = hashlib.blake2b(digest_size=8)
    folder = Path(__file__).parent
    files = [
        *folder.glob("templates/**/*"),
        *folder.glob("locale/**/*.po"),
        *folder.glob("*.py"),
        *folder.glob("share/*.py"),
    ]
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


def _unpack(article_id: int, packed: bytes) -> Part | None:
    """Return the part that was packed; None for what is none."""
    if len(packed) < _FIXED.size:
        return None
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
        None if math.isnan(stop) else stop,
        Segment(head_size, head_crc, packed[head_at:body_at]),
        Segment(body_size, body_crc, packed[body_at:]),
    )


def _weight(part: Part) -> int:
    return len(part.head.deflated) + len(part.body.deflated) + _OVERHEAD
