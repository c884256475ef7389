"""Reads lists of addresses: one on each line, or a sitemap, or an index of sitemaps; any of them gzipped.

A list may be of any size and from anybody: what is read is never held as a whole.
"""

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

_PIECE: Final = 2**16
_LONGEST: Final = 10_000
"""Characters of an address that are kept; longer ones lead nowhere in any case."""
_SILENCE: Final = 2**20
"""Bytes of XML after which something must have been found in it; more is no sitemap but an attack on the memory."""


class BrokenListError(ValueError):
    """The list cannot be read; the message says which file, why, and how to mend it."""


class Listed:
    """The addresses of a file, in order; `size` and `read` are bytes, and `size` grows when a sitemap has parts.

    Raises: BrokenListError while it is gone through.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size = path.stat().st_size
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        yield from self._addresses(self._path, may_have_parts=True)

    def _addresses(self, path: Path, *, may_have_parts: bool) -> Iterator[str]:
        before = self.read
        try:
            with path.open("rb") as raw:
                is_packed = raw.read(2) == b"\x1f\x8b"
                raw.seek(0)
                file: BufferedIOBase = gzip.open(raw) if is_packed else raw  # noqa: SIM115 — `raw` is what is closed
                first = file.read(200).removeprefix(b"\xef\xbb\xbf").lstrip()
                file.seek(0)
                found = self._sitemap(path, file, may_have_parts) if first.startswith(b"<") else _lines(file)
                for address in found:
                    self.read = max(self.read, before + raw.tell())
                    yield address
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise BrokenListError(f"{path}: is damaged ({error}): fetch it again") from error
        except (SAXException, DefusedXmlException, ValueError) as error:
            if isinstance(error, BrokenListError):
                raise
            raise BrokenListError(f"{path}: is no sound sitemap: {str(error) or type(error).__name__}") from error
        except OSError as error:
            raise BrokenListError(f"{path}: {error.strerror or error}") from error
        self.read = max(self.read, before + path.stat().st_size)

    def _sitemap(self, path: Path, file: BufferedIOBase, may_have_parts: bool) -> Iterator[str]:
        parts: list[Path] = []
        for kind, address in _locations(file):
            if kind == "url":
                yield address
            elif not may_have_parts:
                raise BrokenListError(f"{path}: is a part of an index of sitemaps and an index itself: name it alone")
            else:
                parts.append(_part(path, address))
        self.size += sum(part.stat().st_size for part in parts)
        self.read += path.stat().st_size if parts else 0
        for part in parts:
            yield from self._addresses(part, may_have_parts=False)


def _lines(file: BufferedIOBase) -> Iterator[str]:
    """Return what is on each line, without empty ones; the rest of a line too long is left out."""
    is_rest = False
    while line := file.readline(_LONGEST):
        if not is_rest and (address := line.decode("utf-8-sig", "replace").strip()):
            yield address
        is_rest = not line.endswith(b"\n") and (is_rest or len(line) == _LONGEST)


def _part(index: Path, address: str) -> Path:
    """Return the file of a part of an index of sitemaps: beside the index, named by the last part of its address."""
    name = Path(unquote(urlsplit(address).path)).name
    for part in (index.parent / name, index.parent / name.removesuffix(".gz")):
        if name and part.is_file():
            return part
    raise BrokenListError(f"{index}: names {address[:200]}, which does not lie beside it: put it there as {name!r}")


def _locations(file: BufferedIOBase) -> Iterator[tuple[str, str]]:
    """Return `url` or `sitemap` with the address of each, as soon as it is read.

    Raises: SAXException, DefusedXmlException, ValueError. Source: sitemaps.org protocol 0.9.
    """
    parser, found = make_parser(), _Locations()
    parser.setContentHandler(found)
    silent = 0
    while piece := file.read(_PIECE):
        before = found.events
        parser.feed(piece)
        silent = 0 if found.events > before else silent + len(piece)
        if silent > _SILENCE:
            raise ValueError("it holds a mark of more than a megabyte")
        yield from found.taken()
    parser.close()
    yield from found.taken()


class _Locations(ContentHandler):
    """Hears of the elements of a sitemap and keeps the text of each `loc` directly within `url` or `sitemap`."""

    def __init__(self) -> None:
        super().__init__()
        self.events = 0
        self._found: list[tuple[str, str]] = []
        self._within = ["", ""]
        self._depth = 0
        self._text: list[str] | None = None
        self._length = 0

    def taken(self) -> list[tuple[str, str]]:
        """Return what was found since this was asked last."""
        found, self._found = self._found, []
        return found

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 — SAX
        self.events += 1
        self._depth += 1
        local = name.rpartition(":")[2]
        if self._depth == 2:
            self._within[0] = local
        is_location = self._depth == 3 and local == "loc" and self._within[0] in {"url", "sitemap"}
        self._text, self._length = ([], 0) if is_location else (None, 0)

    def characters(self, content: str) -> None:
        self.events += 1
        if self._text is not None and self._length < _LONGEST:
            self._text.append(content)
            self._length += len(content)

    def endElement(self, name: str) -> None:  # noqa: N802 — SAX
        self.events += 1
        self._depth -= 1
        if self._text is not None and (address := "".join(self._text).strip()):
            self._found.append((self._within[0], address))
        self._text = None
