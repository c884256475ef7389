"""Brings an export into an empty paper: checked first, then by the hundred, and going on where it was interrupted."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from django.db import Error, transaction

from warta.ingest.models import Taken, WholeImport
from warta.ingest.whole import lines
from warta.ingest.whole.manifest import LONGEST, BrokenExportError, File, Manifest, beside, pieces
from warta.ingest.whole.ninjs import photo_file
from warta.newsroom.whole import articles, paper

LOT: Final = 100
"""How many lines are restored in one transaction."""
_LARGEST_PHOTO: Final = 200 * 2**20
"""Bytes: the most that WARTA_UPLOAD_LIMIT_MB may say."""
Restore = Callable[[Sequence[Any]], None]


class NotEmptyError(ValueError):
    """The paper has articles, photos, rubrics, topics or contributors already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What takes the lines that other rooms keep."""

    addresses: Restore
    reads: Restore


class _Round(NamedTuple):
    kind: str
    file: File
    restore: Restore


def what_is_under_way() -> WholeImport | None:
    """Return the import of a whole paper that was interrupted, and goes on when it is started again."""
    return WholeImport.objects.first()


def is_under_way(digest: str) -> bool:
    """Tell whether an import of the export with this manifest was interrupted here, and goes on.

    Raises: NotEmptyError; BrokenExportError when another export was being brought in.
    """
    under_way = what_is_under_way()
    if under_way is not None and under_way.manifest != digest:
        raise BrokenExportError(
            "another export was being brought in here and is not whole yet: go on with that one, or take an"
            " empty paper (a new WARTA_HOME, `warta init`)"
        )
    if under_way is None and not paper.is_empty():
        raise NotEmptyError(
            "this paper is not empty, and an export is brought into an empty one only: set WARTA_HOME (and"
            " WARTA_DATABASE_URL) to a new place, run `warta init` there and import before anything else"
        )
    return under_way is not None


@transaction.atomic
def begin(digest: str) -> bool:
    """Make the paper ready to take an export, and tell whether an import of it goes on that was interrupted.

    Raises: NotEmptyError; BrokenExportError.
    """
    if is_under_way(digest):
        return True
    paper.clear()
    WholeImport.objects.create(manifest=digest)
    return False


def check_photos(folder: Path, manifest: Manifest) -> Iterator[int]:
    """Compare the original of every photo with what its line says of it, and tell the lines' bytes.

    Raises: BrokenExportError, which names the first file that does not hold.
    """
    for file in manifest.names("photos"):
        for number, raw in enumerate(_raw(folder, file), 1):
            record = _decoded("photos", file, number, raw)
            if record.sha256 is not None:
                _check_photo(folder, record)
            yield len(raw)


def take(folder: Path, manifest: Manifest, around: Around, step: Callable[[int], None]) -> None:
    """Restore everything that is not restored yet; `step` hears of the bytes of the lines that are done.

    Raises: BrokenExportError, which names file and line; what was restored before stays, and a further run goes on.
    """
    under_way = WholeImport.objects.get()
    for place, round_ in enumerate(_rounds(folder, manifest, around)):
        if place < under_way.step:
            step(round_.file.bytes)
        else:
            _restore(folder, round_, under_way, step)
    with transaction.atomic():
        paper.number_on()
        under_way.delete()


def _rounds(folder: Path, manifest: Manifest, around: Around) -> Iterator[_Round]:
    """Return the rounds over files, each with what restores its lines; what is named comes before who names it."""
    rounds: list[tuple[str, Restore]] = [
        ("photos", lambda given: paper.restore_photos([(record, _original(folder, record)) for record in given])),
        ("subjects", paper.restore_subjects),
        ("statics", paper.restore_statics),
        ("articles", lambda given: articles.restore_articles([line.warta for line in given])),
        ("articles", lambda given: articles.restore_ties([line.warta for line in given])),
        ("deleted", lambda given: articles.keep_versions((line.article_id, line.versions) for line in given)),
        ("fronts", paper.restore_fronts),
        ("addresses", around.addresses),
        ("taken", _take_taken),
        ("reads", around.reads),
    ]
    for kind, restore in rounds:
        for file in manifest.names(kind):
            yield _Round(kind, file, restore)


def _restore(folder: Path, round_: _Round, under_way: WholeImport, step: Callable[[int], None]) -> None:
    kind, file, restore = round_
    numbered = enumerate(_raw(folder, file), 1)
    step(sum(len(raw) for _, raw in islice(numbered, under_way.line)))
    while lot := list(islice(numbered, LOT)):
        given = [_decoded(kind, file, number, raw) for number, raw in lot]
        place = f"{file.name}, lines {lot[0][0]} to {lot[-1][0]}"
        try:
            with transaction.atomic():
                restore(given)
                under_way.line = lot[-1][0]
                under_way.save()
        except articles.WrongRecordError as error:
            raise BrokenExportError(f"{place}: {error}") from error
        except (Error, ValueError, OverflowError) as error:
            raise BrokenExportError(f"{place}: the database refuses it: {str(error).strip()}") from error
        step(sum(len(raw) for _, raw in lot))
    under_way.step, under_way.line = under_way.step + 1, 0
    under_way.save()


def _take_taken(given: Sequence[lines.Taken]) -> None:
    Taken.objects.bulk_create(Taken(uri=line.uri, digest=line.digest, waits=line.waits) for line in given)


def _raw(folder: Path, file: File) -> Iterator[bytes]:
    """Return the lines of a file.

    Raises: BrokenExportError when it cannot be read or a line is too long.
    """
    try:
        with beside(folder, file.name).open("rb") as stream:
            number = 0
            while raw := stream.readline(LONGEST + 1):
                number += 1
                if len(raw) > LONGEST:
                    raise BrokenExportError(f"{file.name}, line {number}: is longer than {LONGEST // 2**20} MB")
                yield raw
    except OSError as error:
        raise BrokenExportError(f"{file.name} cannot be read: {error.strerror or error}") from error


def _decoded(kind: str, file: File, number: int, raw: bytes) -> Any:
    try:
        return lines.DECODERS[kind].decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BrokenExportError(f"{file.name}, line {number}: {error}") from error


def _check_photo(folder: Path, record: Any) -> None:
    name = photo_file(record.id, record.file)
    path = beside(folder, name)
    size = path.stat().st_size
    if size > _LARGEST_PHOTO:
        raise BrokenExportError(f"{name} is larger than {_LARGEST_PHOTO // 2**20} MB: it is not taken")
    found = hashlib.sha256()
    for piece in pieces(path, name):
        found.update(piece)
    if size != record.bytes or found.hexdigest() != record.sha256:
        raise BrokenExportError(f"{name} is not what was exported (its SHA-256 differs): copy the export again")


def _original(folder: Path, record: Any) -> Path | None:
    return None if record.sha256 is None else beside(folder, photo_file(record.id, record.file))
