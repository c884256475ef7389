"""Who makes a page when many ask for it: one process of this machine, while the others wait for what it makes.

A turn is an advisory lock on a small file, which the system gives back when its holder dies. Source: flock(2).
"""

import asyncio
import fcntl
import os
import time
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

LONGEST_S: Final = 2.0
"""How long one waits for another's turn to end; then both make the page."""
_FILES: Final = 64
_PAUSE_S: Final = 0.001


@contextmanager
def turn(folder: Path, key: str) -> Iterator[None]:
    """Take the turn for a key, after whoever has it."""
    file = _open(folder, key)
    try:
        deadline = time.monotonic() + LONGEST_S
        while not _is_taken(file) and time.monotonic() < deadline:
            time.sleep(_PAUSE_S)
        yield
    finally:
        _close(file)


@asynccontextmanager
async def turn_in_loop(folder: Path, key: str) -> AsyncIterator[None]:
    """Take the turn for a key without holding up the event loop."""
    file = _open(folder, key)
    try:
        deadline = time.monotonic() + LONGEST_S
        while not _is_taken(file) and time.monotonic() < deadline:  # noqa: ASYNC110 — another process tells no event
            await asyncio.sleep(_PAUSE_S)
        yield
    finally:
        _close(file)


def _open(folder: Path, key: str) -> int | None:
    """Open the file of a key; a disk that cannot be written gives no turns, and nobody waits."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(
            folder / f"turn-{zlib.crc32(key.encode()) % _FILES}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640
        )
    except OSError:
        return None


def _is_taken(file: int | None) -> bool:
    if file is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _close(file: int | None) -> None:
    if file is not None:
        os.close(file)
