"""The list of what an export holds, with the hash of every file; written last, checked first."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

NAME: Final = "manifest.json"
FORMAT: Final = "warta export"
VERSION: Final = 1
LARGEST: Final = 16 * 2**20
"""Bytes that a manifest may have: it names files of 10,000 articles, not articles."""
LONGEST: Final = 64 * 2**20
"""Bytes that one line may have."""
_PIECE: Final = 2**20


class BrokenExportError(ValueError):
    """The export cannot be used; the message says which file, what is wrong with it, and what to do."""


class File(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """One file of lines; its name has no folder in it."""

    name: Annotated[str, Meta(pattern=r"^[a-z]+(-\d{4,6})?\.jsonl$", max_length=40)]
    lines: Annotated[int, Meta(ge=0)]
    bytes: Annotated[int, Meta(ge=0)]
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class Paper(Struct, kw_only=True, frozen=True):
    """Which paper it was."""

    name: str
    language: str
    zone: str
    site_url: str


class Manifest(Struct, kw_only=True, frozen=True):
    """What an export holds."""

    format: str
    version: int
    made_at: datetime
    made_with: str
    paper: Paper
    counts: dict[str, int]
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        """The bytes of all files of lines."""
        return sum(file.bytes for file in self.files)

    def names(self, kind: str) -> list[File]:
        """Return the files of a kind (`articles`, `photos`), in order."""
        return sorted((file for file in self.files if file.name.split("-")[0].split(".")[0] == kind), key=_name)


def _name(file: File) -> str:
    return file.name


class _Head(Struct):
    format: str = ""
    version: int = 0


def read(folder: Path) -> tuple[Manifest, str]:
    """Return the manifest of an export and its hash.

    Raises: BrokenExportError for a folder that is none, one made by a newer Warta, and a damaged manifest.
    """
    try:
        with (folder / NAME).open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise BrokenExportError(
            f"{folder} is no export of Warta: {NAME} cannot be read ({error.strerror or error})"
        ) from error
    if len(raw) > LARGEST:
        raise BrokenExportError(f"{NAME} is larger than {LARGEST // 2**20} MB: it is not that of an export")
    try:
        head = msgspec.json.decode(raw, type=_Head)
        if head.format != FORMAT:
            raise BrokenExportError(f'{NAME} is not that of an export: its "format" is not "{FORMAT}"')
        if head.version < 1:
            raise BrokenExportError(f"{NAME} is damaged: there is no version {head.version} of the format")
        if head.version > VERSION:
            raise BrokenExportError(
                f"the export has version {head.version} of the format, and this Warta knows versions up to {VERSION}:"
                " bring Warta up to date first"
            )
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BrokenExportError(f"{NAME} is damaged: {error}. Copy the export again") from error
    if len({file.name for file in manifest.files}) != len(manifest.files):
        raise BrokenExportError(f"{NAME} is damaged: it names a file twice. Copy the export again")
    return manifest, hashlib.sha256(raw).hexdigest()


def check(folder: Path, manifest: Manifest) -> Iterator[int]:
    """Read every file of lines and compare it with the manifest; tell after each piece how many bytes it had.

    Raises: BrokenExportError, which names the first file that does not hold.
    """
    for file in manifest.files:
        path = beside(folder, file.name)
        found, size = hashlib.sha256(), 0
        for piece in pieces(path, file.name):
            found.update(piece)
            size += len(piece)
            yield len(piece)
        if size != file.bytes:
            raise BrokenExportError(f"{file.name} has {size:,} bytes, and had {file.bytes:,}: copy the export again")
        if found.hexdigest() != file.sha256:
            raise BrokenExportError(
                f"{file.name} is not what was exported (its SHA-256 differs): copy the export again"
            )


def beside(folder: Path, name: str) -> Path:
    """Return the path of a file of an export.

    Raises: BrokenExportError for one that leads out of it, or is no plain file.
    """
    path, root = folder / name, folder.resolve()
    if path.is_symlink() or not path.resolve().is_relative_to(root):
        raise BrokenExportError(f"{name} leads out of the export's folder: it is not taken")
    if not path.is_file():
        raise BrokenExportError(f"{name} is missing: copy the export again")
    return path


def pieces(path: Path, name: str) -> Iterator[bytes]:
    """Return a file piece by piece.

    Raises: BrokenExportError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise BrokenExportError(f"{name} cannot be read: {error.strerror or error}") from error
