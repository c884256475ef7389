"""Writes a whole paper into a folder, row by row."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from warta.ingest.models import Taken
from warta.ingest.whole import lines
from warta.ingest.whole.manifest import FORMAT, VERSION, File, Manifest, Paper
from warta.ingest.whole.ninjs import item, photo_file
from warta.ingest.whole.writing import Lines, copied, new_folder, write_manifest
from warta.newsroom.whole import reading

_TOLD: Final = 100
"""How many losses are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What an export needs besides the newsroom: who the paper is, and what other rooms keep."""

    paper: Paper
    made_with: str
    now: datetime
    addresses: Iterable[tuple[str, str]]
    """Addresses at which fronts once stood, with the keys of their pages."""
    reads: Iterable[tuple[int, datetime, int, int]]
    """Article, hour, reads, readers."""


@dataclass(slots=True)
class Losses:
    """What an export could not carry as it should: `originals` are photos whose file is gone, `unfit` other rows."""

    count: int = 0
    named: list[str] = field(default_factory=list)

    def tell(self, words: str) -> None:
        """Note one, and its words if there are not too many."""
        self.count += 1
        if len(self.named) < _TOLD:
            self.named.append(words)


def give(folder: Path, around: Around, step: Callable[[int], None]) -> tuple[Manifest, Losses]:
    """Write the paper as it is at this instant into a folder that is new or empty; `step` hears of every row written.

    Raises: NotEmptyError; BusyError; OSError.
    """
    losses = Losses()
    with new_folder(folder) as part, reading.snapshot():
        files: list[File] = []
        counts: dict[str, int] = {}
        for kind, rows in _kinds(part, around, losses):
            with Lines(part, kind, is_many=kind == "articles") as out:
                for row in rows:
                    line = out.write(row)
                    _prove(kind, line, losses)
                    step(1)
            files += out.files
            counts[kind] = sum(file.lines for file in out.files)
        manifest = Manifest(
            format=FORMAT,
            version=VERSION,
            made_at=around.now,
            made_with=around.made_with,
            paper=around.paper,
            counts=counts | {"versions": reading.counts()["versions"]},
            files=tuple(files),
        )
        write_manifest(part, manifest)
    return manifest, losses


def size() -> int:
    """Return about how many rows an export will write."""
    counted = reading.counts()
    return counted["articles"] + counted["photos"] + counted["static_pages"]


def _kinds(part: Path, around: Around, losses: Losses) -> Iterator[tuple[str, Iterator[Any]]]:
    """Return the kinds of files in the order in which they are written, each with what stands in its lines."""
    yield "photos", _photos(part, losses)
    yield "subjects", iter(reading.subjects())
    yield "statics", iter(reading.statics())
    yield "articles", (item(given, site_url=around.paper.site_url) for given in reading.articles())
    yield "deleted", iter(reading.deleted())
    yield "fronts", iter(reading.fronts())
    yield "addresses", (lines.Address(address=address, key=key) for address, key in around.addresses)
    yield "taken", (lines.Taken(uri=uri, digest=digest, waits=waits) for uri, digest, waits in _taken())
    yield "reads", (lines.Hour(article=a, hour=hour, reads=reads, readers=n) for a, hour, reads, n in around.reads)


def _photos(part: Path, losses: Losses) -> Iterator[Any]:
    for record, original in reading.photos():
        kept = copied(original, part / photo_file(record.id, record.file))
        if kept is None:
            losses.tell(f"photo {record.id}: its original {original.name} is gone; its words are exported")
            yield record
        else:
            yield msgspec.structs.replace(record, sha256=kept[0], bytes=kept[1])


def _taken() -> Iterator[tuple[str, str, bool]]:
    return Taken.objects.order_by("uri").values_list("uri", "digest", "waits").iterator(chunk_size=2000)


def _prove(kind: str, line: bytes, losses: Losses) -> None:
    """Read a line as an import will, so that what it would refuse is known while it can still be mended."""
    try:
        lines.DECODERS[kind].decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        number = msgspec.json.decode(line, type=lines.Numbered)
        losses.tell(f"{kind} {number.number}: an import would refuse it: {error}")
