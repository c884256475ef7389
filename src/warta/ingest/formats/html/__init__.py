"""Folders of saved HTML: one page a file, as browsers, wget and HTTrack save them. `docs/contracts/saved-pages.md`."""

from collections.abc import Iterator
from pathlib import Path

from warta.ingest.formats.html.folder import ENDINGS, Folder
from warta.ingest.formats.html.gather import items
from warta.ingest.item import BrokenItem, SourceItem, Told

__all__ = ["ENDINGS", "parse"]


def parse(path: Path, told: Told) -> Iterator[SourceItem | BrokenItem]:
    """Return the articles among the pages of a file or folder, those of several pages joined."""
    yield from items(Folder(path, told.pictures), told.zone)
