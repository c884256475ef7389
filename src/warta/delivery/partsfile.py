"""The file under the cache of parts, shared by all processes of a machine: an index, and packed parts in a ring.

`NAME-VERSION.index` has a place of fixed size for each article's number, so that looking one up costs the same at any
size; `NAME-VERSION.data` holds the parts one behind the other, the newest over the oldest once it is full. Readers map
the index and take no lock: what they might read half-written does not fit its checksum. Writers take turns. Each look
of the pages has files of its own. They may be deleted at any time (not cut short: the index is mapped); they are made
anew.

After a power cut the index may have lost what was written last: `upto` goes back to what the worker had brought to disk
by then (`sync`), and whoever follows the paper tells of the changes since once more.
"""

import fcntl
import mmap
import os
import struct
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Final

from isal import isal_zlib

LIMIT_BYTES: Final = 8 * 2**30
"""How large the data may grow: two million articles."""
MOST_IDS: Final = 2**27
"""Articles beyond this number are not kept: the index would grow too large."""
LARGEST: Final = 2**24
"""No part is larger, in bytes."""
_MAGIC: Final = b"warta parts 1\n\0\0"
_HEADER: Final = struct.Struct("<16s16sqqqq")
"""Magic, the machine's boot, era (how often all was dropped), upto, what of it is surely on disk, end of the data."""
_ERA_AT: Final = 32
_UPTO_AT: Final = 40
_SAFE_AT: Final = 48
_END_AT: Final = 56
_ENTRY: Final = struct.Struct("<qqqqII")
"""Place in the data, era, number of the change that wrote it, last change known, size (0 for none) and CRC-32."""
_CHANGED_AT: Final = 24
_NUMBER: Final = struct.Struct("<q")
_AT_ONCE: Final = 65_536
"""By how many articles the index grows."""


class PartsFile:
    """One process's hands on the files; they are opened at first use, which must come after a fork.

    All methods raise OSError when the files can be neither read nor made.
    """

    def __init__(self, path: Path, *, version: str) -> None:
        self.path = path
        self._index_path = path.with_name(f"{path.name}-{version}.index")
        self._data_path = path.with_name(f"{path.name}-{version}.data")
        self._index = self._data = -1
        self._map: mmap.mmap | None = None
        self._lock = Lock()

    def find(self, article_id: int) -> tuple[bytes, int] | None:
        """Return the packed part of an article, and the last change known of the article."""
        index = self._map or self._opened()
        at = _HEADER.size + _ENTRY.size * article_id
        if at + _ENTRY.size > len(index):
            index = self._mapped()
            if at + _ENTRY.size > len(index):
                return None
        place, era, _, changed, size, checksum = _ENTRY.unpack_from(index, at)
        if not 0 < size <= LARGEST or place < 0 or era != _NUMBER.unpack_from(index, _ERA_AT)[0]:
            return None
        packed = os.pread(self._data, size, place % LIMIT_BYTES)
        return (packed, changed) if _checksum(article_id, packed) == checksum else None

    def put(self, article_id: int, number: int, packed: bytes) -> bool:
        """Keep a part, written by change `number`, unless a newer change of its article is known; tell whether."""
        if article_id >= MOST_IDS or not 0 < len(packed) <= LARGEST:
            return False
        with self._turn():
            self._reach(article_id)
            _, _, era, _, _, end = self._header()
            changed = self._entry(article_id, era)[3]
            if changed > number:
                return False
            room = LIMIT_BYTES - end % LIMIT_BYTES
            place = end if len(packed) <= room else end + room
            _write(self._data, packed, place % LIMIT_BYTES)
            entry = _ENTRY.pack(place, era, number, changed, len(packed), _checksum(article_id, packed))
            _write(self._index, entry, _HEADER.size + _ENTRY.size * article_id)
            _write(self._index, _NUMBER.pack(place + len(packed)), _END_AT)
        return True

    def changed(self, changes: Iterable[tuple[int, int]], *, upto: int) -> None:
        """Drop what is older than a change: pairs of article id and number; all changes up to `upto` are known then."""
        with self._turn():
            era = self._header()[2]
            for article_id, change in changes:
                if article_id >= MOST_IDS:
                    continue
                self._reach(article_id)
                place, _, number, known, size, checksum = self._entry(article_id, era)
                if change > known:
                    kept = (size, checksum) if number >= change else (0, 0)
                    entry = _ENTRY.pack(place, era, number, change, *kept)
                    _write(self._index, entry, _HEADER.size + _ENTRY.size * article_id)
            _write(self._index, _NUMBER.pack(upto), _UPTO_AT)

    def sync(self) -> None:
        """Bring to disk what was told of: an affair of milliseconds, or seconds, for which no reader should wait."""
        self._opened()
        _, _, era, upto, safe, _ = self._header()
        if upto == safe:
            return
        os.fdatasync(self._index)
        with self._turn():
            if self._header()[2] == era:
                _write(self._index, _NUMBER.pack(upto), _SAFE_AT)

    def upto(self) -> int:
        """Return the last change that was told of."""
        return int(_NUMBER.unpack_from(self._map or self._opened(), _UPTO_AT)[0])

    def ids(self, article_ids: Iterable[int]) -> set[int]:
        """Return those of the given articles whose parts are here."""
        self._opened()
        self._mapped()
        _, _, era, _, _, end = self._header()
        found = set()
        for article_id in article_ids:
            place, _, _, _, size, _ = self._entry(article_id, era)
            if size and place + LIMIT_BYTES >= end:
                found.add(article_id)
        return found

    def clear(self, *, upto: int) -> None:
        """Drop everything, and know of all changes up to `upto`."""
        with self._turn():
            era = self._header()[2]
            for value, at in ((era + 1, _ERA_AT), (upto, _UPTO_AT), (0, _SAFE_AT)):
                _write(self._index, _NUMBER.pack(value), at)
        self.sync()

    def written(self) -> int:
        """Return how many bytes of parts were ever written."""
        self._opened()
        return self._header()[5]

    def is_full(self) -> bool:
        """Tell whether a further part goes over the oldest one."""
        return self.written() >= LIMIT_BYTES

    def _entry(self, article_id: int, era: int) -> tuple[int, int, int, int, int, int]:
        """Return the entry of an article, an empty one for what nothing is known of in this era."""
        index, at = self._map, _HEADER.size + _ENTRY.size * article_id
        if index is not None and at + _ENTRY.size <= len(index):
            entry: tuple[int, int, int, int, int, int] = _ENTRY.unpack_from(index, at)
            if entry[1] == era:
                return entry
        return (0, era, 0, 0, 0, 0)

    def _header(self) -> tuple[bytes, bytes, int, int, int, int]:
        header: tuple[bytes, bytes, int, int, int, int] = _HEADER.unpack_from(self._map or self._opened())
        return header

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the only right to write, among threads and processes."""
        self._opened()
        with self._lock:
            fcntl.flock(self._index, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._index, fcntl.LOCK_UN)

    def _reach(self, article_id: int) -> None:
        """Let the index have a place for an article."""
        end = _HEADER.size + _ENTRY.size * (article_id + 1)
        if self._map is None or end > len(self._map):
            if end > os.fstat(self._index).st_size:
                os.ftruncate(self._index, _HEADER.size + _ENTRY.size * (article_id // _AT_ONCE + 1) * _AT_ONCE)
            self._mapped()

    def _mapped(self) -> mmap.mmap:
        """Map the index as large as it is now."""
        if self._map is None or os.fstat(self._index).st_size > len(self._map):
            self._map = mmap.mmap(self._index, 0, access=mmap.ACCESS_READ)
        return self._map

    def _opened(self) -> mmap.mmap:
        if self._map is not None:
            return self._map
        with self._lock:
            if self._map is None:
                self._open()
        return self._mapped()

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        ours = (self._index_path, self._data_path)
        for other in self.path.parent.glob(f"{self.path.name}[-.]*"):
            if other not in ours:
                with suppress(OSError):
                    other.unlink()
        for opened in (self._index, self._data):
            if opened >= 0:
                os.close(opened)
        self._index, self._data = (os.open(path, os.O_RDWR | os.O_CREAT, 0o640) for path in ours)
        fcntl.flock(self._index, fcntl.LOCK_EX)
        try:
            self._begin()
        finally:
            fcntl.flock(self._index, fcntl.LOCK_UN)
        self._mapped()

    def _begin(self) -> None:
        """Write the head of a new or damaged file; in one from before the machine's last start, step back."""
        boot, found = _boot(), os.pread(self._index, _HEADER.size, 0)
        magic, known, era, upto, safe, end = _HEADER.unpack(found) if len(found) == _HEADER.size else (b"",) * 6
        if magic != _MAGIC:
            least = _HEADER.size + _ENTRY.size * _AT_ONCE
            os.ftruncate(self._index, max(os.fstat(self._index).st_size, least))
            _write(self._index, _HEADER.pack(_MAGIC, boot, time.time_ns(), 0, 0, 0), 0)  # an era of its own
        elif known != boot:
            _write(self._index, _HEADER.pack(_MAGIC, boot, era, min(safe, upto), min(safe, upto), end), 0)


def _write(file: int, data: bytes, at: int) -> None:
    if os.pwrite(file, data, at) != len(data):
        raise OSError(28, "No space left on device")


def _checksum(article_id: int, packed: bytes) -> int:
    return int(isal_zlib.crc32(packed, article_id & 0xFFFFFFFF))


def _boot() -> bytes:
    """Return which start of the machine this is; none where the system does not say, as if it were always new."""
    try:
        return bytes.fromhex(Path("/proc/sys/kernel/random/boot_id").read_text().strip().replace("-", ""))
    except (OSError, ValueError):
        return os.urandom(16)
