"""Writes an export into a folder that takes its name only when it is whole."""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

import msgspec

from warta.ingest.whole.manifest import NAME, File

LINES: Final = 10_000
"""How many lines a file has at most."""
_encoder: Final = msgspec.json.Encoder()


class NotEmptyError(ValueError):
    """There is something where an export is to be written."""


class BusyError(ValueError):
    """Another export is being written to the same place."""


def sweep(folder: Path) -> list[Path]:
    """Remove what exports to this place left that were killed, and return where it lay.

    Whoever writes holds a lock on the folder written into, which ends with the process: what is locked is left alone.
    Raises: BusyError; OSError.
    """
    swept = []
    name = re.compile(rf"\.{re.escape(folder.name)}-[a-z0-9_]{{8}}\.part")  # as `tempfile.mkdtemp` names it
    found = folder.parent.iterdir() if folder.parent.is_dir() else ()
    for part in sorted(path for path in found if name.fullmatch(path.name) and path.is_dir() and not path.is_symlink()):
        held = _locked(part)
        if held is None:
            continue
        try:
            shutil.rmtree(part)
        finally:
            os.close(held)
        swept.append(part)
    return swept


def _locked(part: Path) -> int | None:
    """Take the lock on a folder that is written into and return the handle that holds it.

    None where the file system knows no locks: then nobody can tell whether it is written into.
    Raises: BusyError when another process holds it; OSError.
    """
    held = os.open(part, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        if isinstance(error, BlockingIOError):
            raise BusyError(f"another export is writing to {part} just now: wait until it has ended") from error
        return None
    return held


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Make a folder beside the wanted one to write into, and give it its name at the end; on failure it goes.

    Raises: NotEmptyError; BusyError; OSError.
    """
    _refuse_full(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix=".part", dir=folder.parent))
    held = _locked(part)
    try:
        yield part
        _refuse_full(folder)
        part.rename(folder)  # takes the place of an empty folder
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    finally:
        if held is not None:
            os.close(held)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmptyError(f"{folder} is there and not empty: name a folder that is new or empty")


class Lines:
    """Files of JSON lines of one kind: `photos.jsonl`, or if there may be many, `articles-0001.jsonl` and so on."""

    def __init__(self, folder: Path, kind: str, *, is_many: bool = False) -> None:
        self._folder, self._kind, self._is_many = folder, kind, is_many
        self._file: BinaryIO | None = None
        self._hash = hashlib.sha256()
        self._name = ""
        self._lines = self._bytes = 0
        self.files: list[File] = []

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def write(self, item: Any) -> bytes:
        """Write one line and return it."""
        if self._is_many and self._lines == LINES:
            self._close()
            self._open()
        line = _encoder.encode(item) + b"\n"
        if self._file is None:
            raise ValueError("the file is closed")
        self._file.write(line)
        self._hash.update(line)
        self._lines += 1
        self._bytes += len(line)
        return line

    def _open(self) -> None:
        self._name = f"{self._kind}-{len(self.files) + 1:04}.jsonl" if self._is_many else f"{self._kind}.jsonl"
        self._file = (self._folder / self._name).open("xb")
        self._hash, self._lines, self._bytes = hashlib.sha256(), 0, 0

    def _close(self) -> None:
        if self._file is None:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        self.files.append(File(name=self._name, lines=self._lines, bytes=self._bytes, sha256=self._hash.hexdigest()))


def write_manifest(folder: Path, manifest: Any) -> None:
    """Write the manifest, indented for people, so that it lies on the disk when this returns."""
    with (folder / NAME).open("xb") as file:
        file.write(msgspec.json.format(_encoder.encode(manifest), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def copied(source: Path, target: Path) -> tuple[str, int] | None:
    """Copy a file and return its SHA-256 and bytes; None when there is none to be read."""
    try:
        with source.open("rb") as file:
            target.parent.mkdir(parents=True, exist_ok=True)
            found, size = hashlib.sha256(), 0
            with target.open("xb") as copy:
                while piece := file.read(2**20):
                    copy.write(piece)
                    found.update(piece)
                    size += len(piece)
    except FileNotFoundError:
        return None
    return found.hexdigest(), size
