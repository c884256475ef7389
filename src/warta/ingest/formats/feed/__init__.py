"""RSS, Atom and JSON Feed as an archive, for a paper that has nothing better. `docs/contracts/feeds-in.md`."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from warta.ingest.formats.feed import json_feed, rss
from warta.ingest.formats.feed.cut import RefusedFeedError
from warta.ingest.formats.feed.item import Reader, uri_of
from warta.ingest.formats.ninjs.fields import Lost, UnusableError
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.ingest.sources import tree
from warta.lexicon import zones

ENDINGS: Final = frozenset({".xml", ".rss", ".atom", ".rdf", ".json"})
LARGEST: Final = 64 * 1024 * 1024
"""Bytes that one feed may have."""

__all__ = ["ENDINGS", "LARGEST", "parse"]


def parse(path: Path, told: Told) -> Iterator[SourceItem | BrokenItem]:
    """Return every item of a feed or a folder of feeds; pictures lie beside it, or in the folder that was told."""
    return tree.items(path, ENDINGS, lambda file, where: _in_file(file, where, told))


def _in_file(file: Path, where: str, told: Told) -> Iterator[SourceItem | BrokenItem]:
    try:
        with file.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > LARGEST:
                yield BrokenItem(
                    "", where, "is larger than 64 MB: cut the feed into files by year, each a feed of its own"
                )
                return
            reader = Reader(told.pictures or file.parent, zones.zone(told.zone))
            yield from _items(stream, where, reader)
    except FileNotFoundError:
        yield BrokenItem("", where, "there is no such file or folder")
    except OSError as failure:
        yield BrokenItem("", where, f"cannot be read: {failure.strerror or failure}")


def _items(stream: BinaryIO, where: str, reader: Reader) -> Iterator[SourceItem | BrokenItem]:
    is_json = stream.read(1_000).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    stream.seek(0)
    number = 0
    try:
        for piece in json_feed.pieces(stream) if is_json else rss.pieces(stream.read(LARGEST)):
            number += 1
            yield _item(piece, f"{where}, item {number}", reader)
        if not number:
            yield BrokenItem("", where, "holds no items: is it a feed (RSS, Atom or JSON Feed)?")
    except RefusedFeedError as reason:
        yield BrokenItem("", where, str(reason))


def _item(piece: rss.Piece, where: str, reader: Reader) -> SourceItem | BrokenItem:
    if piece.said is None:
        return BrokenItem("", where, piece.reason, piece.read)
    lost, uri = Lost(), ""
    try:
        uri = uri_of(piece.said)
        return SourceItem(reader.copy(piece.said, lost), lost.all(), where, piece.read)
    except UnusableError as reason:
        return BrokenItem(uri, where, str(reason), piece.read)
