"""Saved pages in a folder: as browsers save them with `…_files` beside, or as wget and HTTrack mirror a site."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from warta.ingest.formats.beside import NotBesideError, kept
from warta.ingest.formats.html import links
from warta.ingest.formats.html.page import LARGEST
from warta.ingest.formats.html.shelf import Fetched, MissingError
from warta.ingest.item import BrokenItem
from warta.ingest.sources import tree

ENDINGS: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})

_HOST: Final = re.compile(r"(?!.*\.html?$)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}", re.IGNORECASE | re.ASCII)
_FRAMES: Final = "_files"


class Folder:
    """The shelf of a folder, or of one file."""

    def __init__(self, path: Path, pictures: Path | None) -> None:
        self.name = path.name
        self._root = path if path.is_dir() else path.parent
        self._pictures = pictures
        self._path = path

    def pages(self) -> Iterator[Fetched | BrokenItem]:
        """Return all pages; those in a `…_files` folder are frames of others."""
        for found in tree.files(self._path, ENDINGS):
            if isinstance(found, BrokenItem):
                yield found
            elif not any(part.endswith(_FRAMES) for part in found.file.relative_to(self._root).parts[:-1]):
                try:
                    yield self.page(json.dumps([str(found.file), found.where, found.before]))
                except MissingError as reason:
                    yield BrokenItem("", found.where, str(reason))

    def page(self, place: str) -> Fetched:
        """Return the page of a file.

        Raises: MissingError.
        """
        name, where, before = json.loads(place)
        file = Path(name)
        try:
            with file.open("rb") as stream:
                raw = stream.read(LARGEST + 1)
        except OSError as failure:
            raise MissingError(f"cannot be read: {failure.strerror or failure}") from failure
        own = file.relative_to(self._root).as_posix()
        return Fetched(place=place, where=where, read=before + len(raw), raw=raw, name=own, guess=self._guess(own))

    def picture(self, addresses: Sequence[str], *, place: str, base: str) -> Path:
        """Return a picture: relative to the page's file, else by its old address.

        Raises: MissingError.
        """
        file = Path(json.loads(place)[0])
        reason = ""
        for address in addresses:
            if (found := self._near(file, address)) is not None:
                return found
            whole = links.normal(address, base) or address
            parts = urlsplit(whole)
            folders = [self._pictures] if self._pictures else [self._root / (parts.hostname or "."), self._root]
            for folder in folders:
                try:
                    if folder is not None and folder.is_dir():
                        return kept(folder, whole)
                except NotBesideError as no:
                    reason = reason or str(no)
        raise MissingError(reason or f"{', '.join(addresses)[:150] or 'without an address'} is missing")

    def leading(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """Return nothing: a folder keeps pages, not answers."""
        return ()

    def _near(self, file: Path, address: str) -> Path | None:
        """Return the file that a relative address names, within the folder of all pages."""
        if not address or re.match(r"[a-z][a-z0-9+.-]*:|//", address.strip(), re.IGNORECASE):
            return None
        try:
            path = unquote(urlsplit(address.strip()).path)
            found = (self._root / path.lstrip("/") if path.startswith("/") else file.parent / path).resolve()
            is_inside = found.is_relative_to(self._root.resolve())
            return found if path and is_inside and found.is_file() else None
        except (OSError, ValueError, RuntimeError):
            return None

    def _guess(self, own: str) -> str:
        """Return the address that the folders of a mirror spell: `lama.example/berita/banjir.html`."""
        parts = own.split("/")
        if not _HOST.fullmatch(parts[0]) or len(parts) < 2:
            if not _HOST.fullmatch(self._root.name):
                return ""
            parts = [self._root.name, *parts]
        whole = "/".join(parts)
        if "?" in parts[-1]:
            whole = re.sub(r"\.html?$", "", whole)
        return links.normal(f"https://{re.sub(r'/index[.]html?$', '/', whole)}")
