"""Share pictures, drawn once: files of this machine, the oldest thrown away, those of a withdrawn article at once."""

import logging
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings

from warta.delivery.share import showing
from warta.delivery.turns import turn
from warta.paper import pictures
from warta.paper.pages import ArticlePage

MOST_FILES: Final = 4_000
"""How many pictures are kept, about 400 MB."""
_DRAWING: Final = "warta.delivery.share.drawing"
_LONGEST_S: Final = 6.0
_NAME: Final = re.compile(r"(\d+)-[0-9a-f]+\.jpg", re.ASCII)

_log: Final = logging.getLogger(__name__)


class SharePictures:
    """The share pictures in a folder."""

    def __init__(self, folder: Path, *, most: int = MOST_FILES) -> None:
        self._folder = folder
        self._most = most

    def picture(self, page: ArticlePage, is_still: Callable[[], bool]) -> bytes | None:
        """Return the share picture of an article, drawn if there is none; None when it cannot be drawn.

        At most one is drawn on this machine at a time, as long as nobody waits for seconds. `is_still` tells whether
        the article is still to be seen so when it is drawn: a withdrawal may have come meanwhile.
        """
        path = self._folder / showing.address(page).rpartition("/")[2]
        if (kept := _read(path)) is not None:
            return kept
        with turn(self._folder, "drawing"):
            if (kept := _read(path)) is not None:
                return kept
            drawn = _draw(page)
            if drawn is not None:
                self._keep(path, drawn)
        if not is_still():
            path.unlink(missing_ok=True)
            return None
        return drawn

    def forget(self, article_ids: Collection[int]) -> None:
        """Remove the pictures of these articles, which were withdrawn."""
        gone = set(article_ids)
        for number, path in self._files():
            if number in gone:
                path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove all pictures."""
        for _, path in self._files():
            path.unlink(missing_ok=True)

    def _keep(self, path: Path, drawn: bytes) -> None:
        """Keep a picture, as far as the disk lets us: it can be drawn again."""
        try:
            half = path.with_suffix(".half")
            half.write_bytes(drawn)
            half.replace(path)
            files = [path for _, path in self._files()]
            if len(files) > self._most:
                for old in sorted(files, key=_written_at)[: len(files) - self._most * 9 // 10]:
                    old.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("the share picture %s cannot be kept: %s", path, error)

    def _files(self) -> Iterator[tuple[int, Path]]:
        with suppress(FileNotFoundError):
            for path in self._folder.iterdir():
                if found := _NAME.fullmatch(path.name):
                    yield int(found[1]), path


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _written_at(path: Path) -> float:
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _draw(page: ArticlePage) -> bytes | None:
    """Let a child process draw: see `drawing.py`."""
    shown = showing.shown(page)
    file = pictures.path_of(shown.photo.removeprefix(pictures.PREFIX)) if shown.photo else None
    told = msgspec.structs.replace(shown, photo=str(file or ""), credit=shown.credit if file else "")
    command = [sys.executable, "-P", "-s", "-m", _DRAWING]
    try:
        done = subprocess.run(  # noqa: S603 — our own module, told by its input
            command, input=msgspec.json.encode(told), capture_output=True, timeout=_LONGEST_S, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", None) or b""
        _log.warning("the share picture of article %s cannot be drawn: %s %s", page.id, error, said[-500:].decode())
        return None
    return done.stdout


def kept() -> SharePictures:
    """Return the share pictures of this machine."""
    return SharePictures(settings.WARTA_CACHE / "share")
