"""IPTC ninjs, the agencies' news items in JSON: versions 1, 2 and 3, in every spelling. `docs/contracts/ninjs.md`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from warta.ingest.formats.ninjs.item import item_of
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.ingest.sources import files

ENDINGS = files.ENDINGS

__all__ = ["ENDINGS", "item_of", "parse"]


def parse(path: Path, told: Told) -> Iterator[SourceItem | BrokenItem]:
    """Return every item of a file or folder; pictures lie beside the documents, or in the folder that was told."""
    for document in files.documents(path):
        if isinstance(document, BrokenItem):
            yield document
        else:
            item = item_of(document.data, folder=told.pictures or document.folder, where=document.where)
            yield replace(item, read=document.read)
