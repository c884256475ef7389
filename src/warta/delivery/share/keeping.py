"""Share pictures, drawn once: files of this machine, the oldest thrown away, those of a withdrawn article at once."""

import logging
import re
import secrets
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

MOST_BYTES: Final = 400 * 2**20
"""How much is kept, some 4,000 pictures."""
_DRAWING: Final = "warta.delivery.share.drawing"
_LONGEST_S: Final = 6.0
_NAME: Final = re.compile(r"(\d+)-[0-9a-f]+\.jpg", re.ASCII)

_log: Final = logging.getLogger(__name__)


class SharePictures:
    """The share pictures in a folder."""

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

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
            _remove(path)
            return None
        return drawn

    def forget(self, article_ids: Collection[int]) -> None:
        """Remove the pictures of these articles, which were withdrawn."""
        gone = set(article_ids)
        for number, path in self._files():
            if number in gone:
                _remove(path)

    def clear(self) -> None:
        """Remove all pictures."""
        for _, path in self._files():
            _remove(path)

    def _keep(self, path: Path, drawn: bytes) -> None:
        """Keep a picture, as far as the disk lets us: it can be drawn again."""
        try:
            number = path.name.partition("-")[0]
            half = path.with_name(f"{number}-{secrets.token_hex(8)}.jpg")  # longer than a digest: no address
            half.write_bytes(drawn)
            half.replace(path)
            self._sweep()
        except OSError as error:
            _log.warning("the share picture %s cannot be kept: %s", path, error)

    def _sweep(self) -> None:
        """Throw away the oldest, a tenth more than is too much."""
        files = sorted((path.stat().st_mtime, path.stat().st_size, path) for _, path in self._files())
        total = sum(size for _, size, _ in files)
        if total > self._most_bytes:
            for _, size, path in files:
                if total > self._most_bytes * 0.9:
                    _remove(path)
                    total -= size

    def _files(self) -> Iterator[tuple[int, Path]]:
        with suppress(OSError):
            for path in self._folder.iterdir():
                if found := _NAME.fullmatch(path.name):
                    yield int(found[1]), path


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _remove(path: Path) -> None:
    """Remove a file; one that cannot be is not given either, since its article is looked up first."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("the share picture %s cannot be removed: %s", path, error)


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
