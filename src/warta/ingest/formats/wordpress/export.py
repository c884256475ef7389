"""Reads the sections of an export file one by one, and says what is wrong with those that cannot be read."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from urllib.parse import urlsplit

from warta.ingest.formats.wordpress import record, scan
from warta.ingest.formats.wordpress.record import Record

_ENCODING: Final = re.compile(rb"""<\?xml[^<>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_ENCODINGS: Final = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252", "iso-8859-15": "iso-8859-15",
}  # fmt: skip
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_ENTITY: Final = re.compile(rb"<!ENTITY\s+(?:%\s+)?([^\s<>]{1,60})")
_HOME: Final = tuple(
    re.compile(rb"<" + name + rb">\s*(?:<!\[CDATA\[)?\s*(https?://[^<\]\s]{1,500})")
    for name in (b"wp:base_blog_url", b"wp:base_site_url", b"link")
)


class Site(NamedTuple):
    """The site that a file comes from: the address of its front with a slash at its end, and all hosts that are its."""

    home: str = ""
    hosts: frozenset[str] = frozenset()


class Part(NamedTuple):
    """One section as a record, with its number among those of its name, or with what is wrong with it."""

    name: str
    place: int
    record: Record
    site: Site
    wrong: str
    read: int


def parts(file: Path) -> Iterator[Part]:
    """Return authors, categories and items of a file in their order; `refused` and `channel` tell of the whole file."""
    try:
        with file.open("rb") as stream:
            yield from _parts(stream)
    except FileNotFoundError:
        yield _wrong("there is no such file or folder")
    except OSError as failure:
        yield _wrong(f"cannot be read: {failure.strerror or failure}")


def _parts(stream: BinaryIO) -> Iterator[Part]:
    head = stream.read(4096)
    stream.seek(0)
    declared = _ENCODING.search(head)
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if head.startswith(_UTF_16) or name not in _ENCODINGS:
        yield _wrong(f"is written in {'UTF-16' if name in _ENCODINGS else name.upper()}: save it as UTF-8")
        return
    site, is_export, read = Site(), False, 0
    numbers: dict[str, int] = {}
    for section in scan.sections(stream):
        read = section.read
        if section.name == scan.REFUSED:
            yield _wrong(_declares(section.data), read)
            return
        if section.name == scan.CHANNEL:
            is_export = is_export or b"<rss" in section.data or b"<channel" in section.data
            site = site if site.home else _site(section.data)
            continue
        number = numbers[section.name] = numbers.get(section.name, 0) + 1
        if section.wrong:
            yield Part(section.name, number, Record(), site, section.wrong, read)
        else:
            said = record.read(section.data, _ENCODINGS[name])
            yield Part(section.name, number, said, site, said.wrong, read)
    if not is_export and not numbers:
        yield _wrong("is no WordPress export: it holds no <rss> and no <item>", read)


def _wrong(reason: str, read: int = 0) -> Part:
    return Part(scan.REFUSED, 0, Record(), Site(), reason, read)


def _declares(data: bytes | bytearray) -> str:
    names = ", ".join(found.decode("utf-8", "replace") for found in _ENTITY.findall(data)[:5])
    what = f"entities: {names}" if names else "a document type"
    return f"declares {what}; no WordPress export does, take the declaration out"


def _site(data: bytes | bytearray) -> Site:
    found = [match[1].decode("utf-8", "replace") for pattern in _HOME if (match := pattern.search(data))]
    hosts = set()
    for address in found:
        try:
            host = urlsplit(unescape(address)).hostname
        except ValueError:
            continue
        if host:
            bare = host.removeprefix("www.")
            hosts |= {bare, f"www.{bare}"}
    return Site(f"{unescape(found[0]).rstrip('/')}/", frozenset(hosts)) if hosts else Site()
