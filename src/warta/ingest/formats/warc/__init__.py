"""Web archives in WARC files: the pages and pictures that a crawler kept. `docs/contracts/saved-pages.md`."""

import shutil
import tempfile
from collections.abc import Iterator
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Final

from warta.ingest.formats.html.gather import items
from warta.ingest.formats.warc.archive import ENDINGS, Archive
from warta.ingest.item import BrokenItem, SourceItem, Told

__all__ = ["ENDINGS", "parse"]

KEPT: Final = 512
"""For how many further items a picture stays: more than are read ahead and filed in one lot."""


def parse(path: Path, told: Told) -> Iterator[SourceItem | BrokenItem]:
    """Return the articles of a WARC file or a folder of them.

    Their pictures are written to a folder of their own; those of the last items stay until the process ends, because
    whoever files items does so after having asked for more.
    """
    work = Path(tempfile.mkdtemp(prefix="warta-warc-")).resolve()
    Finalize(None, shutil.rmtree, (work,), {"ignore_errors": True}, exitpriority=1)
    archive = Archive(path, work, told.pictures)
    try:
        for item in items(archive, told.zone):
            yield item
            shutil.rmtree(archive.folder(archive.turn() - KEPT - 1), ignore_errors=True)
    finally:
        archive.close()
        for unpacked in work.glob("*.warc"):
            unpacked.unlink(missing_ok=True)
