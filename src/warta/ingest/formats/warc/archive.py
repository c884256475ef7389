"""The shelf of web archives: finds pages and pictures in WARC files, and any of them again by its address."""

import json
import logging
import re
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from warta.ingest.formats.beside import NotBesideError, kept
from warta.ingest.formats.html import links
from warta.ingest.formats.html.page import LARGEST
from warta.ingest.formats.html.shelf import Fetched, MissingError
from warta.ingest.formats.warc import records
from warta.ingest.formats.warc.redirects import STATUSES, Redirects
from warta.ingest.item import BrokenItem
from warta.ingest.sources import tree

ENDINGS: Final = frozenset({".warc", ".gz"})
"""Of files that end in `.gz` only those in `.warc.gz` are read."""

_HTML: Final = ("text/html", "application/xhtml+xml")
_ENDINGS: Final = {
    "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif",
    "image/avif": ".avif", "image/tiff": ".tif",
}  # fmt: skip
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|tiff?)$", re.IGNORECASE)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_OTHER: Final = re.compile(
    rb"^(?:warc-type\s*:\s*(?:request|warcinfo|metadata|conversion|continuation)\s*$|content-type\s*:\s*"
    rb"(?:(?:image|video|audio|font)/|text/(?:css|javascript|plain|xml)|application/(?:x-)?(?:javascript|json|pdf|zip|rss)))",
    re.IGNORECASE | re.MULTILINE,
)
"""What the head of a record says that is no page: such records may be damaged without a word."""
_ANSWER: Final = re.compile(rb"^warc-type\s*:\s*(?:response|resource|revisit)\s*$", re.IGNORECASE | re.MULTILINE)
_WANTED: Final = frozenset({"response", "resource", "revisit"})
_TABLES: Final = """
CREATE TABLE picture (key TEXT PRIMARY KEY, file TEXT, offset INTEGER);
CREATE TABLE seen (digest TEXT PRIMARY KEY, file TEXT, offset INTEGER, kind TEXT);
"""


class _Held(NamedTuple):
    """What a record holds: `kind` is html, picture, revisit or redirect; `location` is where a redirect leads."""

    kind: str
    address: str
    type: str
    charset: str
    digest: str
    at: str
    body: bytes = b""
    fault: str = ""
    location: str = ""


class Archive:
    """Reads a WARC file or a folder of them; `work` is an empty folder for what must be unpacked."""

    def __init__(self, path: Path, work: Path, pictures: Path | None) -> None:
        self.name = path.name
        self._path = path
        self._work = work
        self._pictures = pictures
        self._turn = 0
        self._taken = 0
        self._index = sqlite3.connect("")  # a temporary file, gone when closed
        self._index.executescript(_TABLES)
        self._redirects = Redirects(self._index)

    def close(self) -> None:
        """Forget the index."""
        self._index.close()

    def turn(self) -> int:
        """Begin a new folder for the pictures of the next item; return the number of the one before."""
        self._turn += 1
        return self._turn - 1

    def folder(self, turn: int) -> Path:
        """Return the folder in which the pictures of an item lie."""
        return self._work / str(turn)

    def pages(self) -> Iterator[Fetched | BrokenItem]:
        """Return all pages, and note where the pictures are."""
        is_empty = True
        for found in tree.files(self._path, ENDINGS):
            if isinstance(found, BrokenItem):
                is_empty = False
                yield found
            elif found.file == self._path or found.file.name.lower().endswith((".warc", ".warc.gz")):
                is_empty = False
                try:
                    yield from self._in_file(found)
                except OSError as failure:
                    yield BrokenItem("", found.where, f"cannot be read: {failure.strerror or failure}")
        if is_empty:
            yield BrokenItem("", self.name, "the folder holds no .warc or .warc.gz file")

    def _in_file(self, found: tree.Found) -> Iterator[Fetched | BrokenItem]:
        with found.file.open("rb") as stream:
            file, size = found.file, stream.seek(0, 2)
            if records.is_packed_whole(stream):
                file = self._work / f"{found.before}.warc"
                if fault := records.unpack(stream, file, size):
                    yield BrokenItem("", found.where, fault)
        with file.open("rb") as stream:
            for number, cut in enumerate(records.records(stream), 1):
                where = f"{found.where}, record {number}"
                held = _held(cut.data, with_body=not cut.fault)
                if cut.fault or held is None or held.fault:
                    fault = cut.fault or (held.fault if held else "")
                    if fault and (held is None or held.kind == "html") and not _OTHER.search(_lines(cut.data)):
                        yield BrokenItem(held.address if held else "", where, f"the record {fault}: passed over")
                    continue
                read = found.before + (cut.end if file == found.file else size)
                yield from self._noted(held, [str(file), cut.offset, where, read, held.address, held.at])

    def _noted(self, held: _Held, place: list[Any]) -> Iterator[Fetched | BrokenItem]:
        kind = held.kind
        if kind == "redirect":
            self._redirects.note(held.address, held.location, held.at)
            return
        if kind == "revisit":
            known = self._index.execute(
                "SELECT file, offset, kind FROM seen WHERE digest = ?", (held.digest,)
            ).fetchone()
            if known is None:
                return  # kept before under the same address, or in another archive
            place[0], place[1], kind = known
        elif held.digest:
            self._index.execute("INSERT OR IGNORE INTO seen VALUES (?,?,?,?)", (held.digest, place[0], place[1], kind))
        if kind == "picture":
            self._index.execute(
                "INSERT OR REPLACE INTO picture VALUES (?,?,?)", (links.key(links.normal(held.address)), *place[:2])
            )
            return
        self._redirects.note_page(held.address)
        yield self.page(json.dumps(place)) if held.kind == "revisit" else _fetched(held, place)

    def leading(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """Return the addresses of the same site from which readers were sent on to one of these."""
        return self._redirects.to(addresses)

    def page(self, place: str) -> Fetched:
        """Return a page once more.

        Raises: MissingError.
        """
        told = json.loads(place)
        held = self._record(told[0], told[1])
        if held is None or held.kind != "html":
            raise MissingError("is not in the archive any more")
        return _fetched(held, told)

    def picture(self, addresses: Sequence[str], *, place: str, base: str) -> Path:
        """Write a picture into the folder of this turn and return it; else one from the folder of pictures.

        Raises: MissingError.
        """
        wholes = [whole for address in addresses if (whole := links.normal(address, base))]
        for whole in wholes:
            for key in dict.fromkeys((links.key(whole), links.key(whole.split("?")[0]))):
                row = self._index.execute("SELECT file, offset FROM picture WHERE key = ?", (key,)).fetchone()
                held = self._record(*row) if row else None
                if held is not None and held.body and not held.fault:
                    return self._written(held)
        for whole in wholes if self._pictures else ():
            try:
                return kept(self._pictures, whole)
            except NotBesideError:
                continue
        raise MissingError(f"{(wholes or [*addresses, 'without an address'])[0][:150]} is missing in the archive")

    def _written(self, held: _Held) -> Path:
        self._taken += 1
        folder = self.folder(self._turn) / str(self._taken)
        folder.mkdir(parents=True)
        name = (
            re.sub(r"[^\w.-]+", "_", unquote(urlsplit(held.address).path).rpartition("/")[2])[-80:].lstrip(".")
            or "picture"
        )
        file = folder / (name if _PICTURE.search(name) else f"{name}{_ENDINGS.get(held.type, '')}")
        file.write_bytes(held.body)
        return file

    def _record(self, file: str, offset: int) -> _Held | None:
        try:
            with Path(file).open("rb") as stream:
                return _held(records.record(stream, offset))
        except OSError:
            return None


def _fetched(held: _Held, place: list[Any]) -> Fetched:
    _, _, where, read, address, at = place
    name = address.removeprefix("file:").lstrip("/") if address.startswith("file:") else where
    return Fetched(
        place=json.dumps(place),
        where=where,
        read=read,
        raw=held.body,
        name=name,
        address=address,
        charset=held.charset,
        at=at,
    )


def _held(data: bytes, *, with_body: bool = True) -> _Held | None:
    """Read one record; None when it is neither a redirect nor a page or picture that was answered with 200."""
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped] # ships no types
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
    from warcio.statusandheaders import StatusAndHeadersParserException  # type: ignore[import-untyped]

    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    faults = (
        ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, LookupError, AttributeError,
        TypeError, zlib.error, OSError, StopIteration,
    )  # fmt: skip
    if _ANSWER.search(_lines(data)) is None:
        return None
    try:
        record = next(iter(ArchiveIterator(BytesIO(data))))
        held = _told(record)
    except faults:
        return _Held("html", "", "", "", "", "", fault="is damaged")
    if held is None or not with_body or held.kind in {"revisit", "redirect"}:
        return held
    encoding = (record.http_headers.get_header("content-encoding") or "").lower() if record.http_headers else ""
    if encoding in {"br", "zstd"}:
        return held._replace(fault=f"is packed with {encoding}, which cannot be read")
    try:
        return held._replace(
            body=_bounded(record.content_stream(), LARGEST if held.kind == "html" else records.LARGEST)
        )
    except faults:
        return held._replace(fault="is damaged")


def _told(record: Any) -> _Held | None:
    headers, http = record.rec_headers, record.http_headers
    if record.rec_type == "response" and http is not None and http.get_statuscode() in STATUSES:
        address, at = (headers.get_header(name) or "" for name in ("WARC-Target-URI", "WARC-Date"))
        return _Held("redirect", address, "", "", "", at, location=http.get_header("location") or "")
    if record.rec_type not in _WANTED or (
        http is not None and record.rec_type != "revisit" and http.get_statuscode() != "200"
    ):
        return None
    address = headers.get_header("WARC-Target-URI") or ""
    told = (http.get_header("content-type") if http is not None else headers.get_header("Content-Type")) or ""
    type_ = told.split(";")[0].strip().lower()
    digest = headers.get_header("WARC-Payload-Digest") or ""
    if record.rec_type == "revisit":
        kind = "revisit"
    elif type_.startswith("image/") and type_ != "image/svg+xml":
        kind = "picture"
    elif type_ in _HTML:
        kind = "html"
    elif type_ in {"", "application/octet-stream", "binary/octet-stream"} and _PICTURE.search(urlsplit(address).path):
        kind = "picture"
    else:
        return None
    charset = _CHARSET.search(told)
    return _Held(kind, address, type_, charset[1] if charset else "", digest, headers.get_header("WARC-Date") or "")


def _lines(data: bytes) -> bytes:
    """Return the first lines of a record, where its head is, with plain line ends."""
    return data[:8_192].replace(b"\r", b"")


def _bounded(stream: Any, most: int) -> bytes:
    """Return what a stream gives, at most one byte more than `most`, so that it is seen to be too long."""
    found = bytearray()
    while len(found) <= most and (piece := stream.read(65_536)):
        found += piece
    return bytes(found[: most + 1])
