"""What items of an export say of each other: attachments, authors, categories, reusable blocks, guids.

An attachment may stand behind the article that shows it, or in another part of the export; so all parts are read once
before, and this is kept in a database on disk that vanishes with the import: memory does not grow with the archive.
"""

import re
import sqlite3
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from warta.ingest import html
from warta.ingest.formats.ninjs.fields import line
from warta.ingest.formats.wordpress.export import Part
from warta.ingest.formats.wordpress.metadata import image_words
from warta.ingest.formats.wordpress.record import CREDITS, Record

_SCHEMA: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE attachment (
    site TEXT, id INTEGER, parent INTEGER, place INTEGER, form TEXT, address TEXT, file TEXT, alt TEXT, caption TEXT,
    credit TEXT, PRIMARY KEY (site, id)) WITHOUT ROWID;
CREATE INDEX by_parent ON attachment (site, parent, place);
CREATE INDEX by_form ON attachment (site, form);
CREATE TABLE author (site TEXT, login TEXT, name TEXT, PRIMARY KEY (site, login)) WITHOUT ROWID;
CREATE TABLE category (site TEXT, nicename TEXT, id INTEGER, name TEXT, parent TEXT, PRIMARY KEY (site, nicename))
    WITHOUT ROWID;
CREATE TABLE block (site TEXT, id INTEGER, markup TEXT, PRIMARY KEY (site, id));
CREATE TABLE guid (guid TEXT, site TEXT, id INTEGER, PRIMARY KEY (guid, site, id)) WITHOUT ROWID;
"""
_SIZED: Final = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated)(?=\.[A-Za-z0-9]{1,5}$)")
_WORDS: Final = 5_000
_ADDRESS: Final = 2_000
_MOST_PARENTS: Final = 10
_MOST_CHILDREN: Final = 200
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff", ".heic")


class Attachment(NamedTuple):
    """A file of the media library and what is said of it."""

    id: int
    address: str
    file: str
    alt: str
    caption: str
    credit: str

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown in a gallery."""
        return form(self.address or self.file).lower().endswith(_PICTURES)


class Category(NamedTuple):
    """A category and its nicename."""

    nicename: str
    name: str


def form(address: str) -> str:
    """Return the path of an address, without host and without the size that WordPress writes into the name."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""
    return _SIZED.sub("", path)


class Known:
    """The first pass: `note` every part, then ask."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")  # a file that the library itself makes and removes
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()

    def note(self, part: Part) -> None:
        """Remember what other items may ask of this one."""
        said, site = part.record, part.site.home
        if part.wrong:
            return
        if part.name == "wp:author":
            self._note_author(site, said.text("wp:author_login"), _author(said))
        elif part.name == "wp:category":
            row = (site, _key(said, "wp:category_nicename"), said.number("wp:term_id"), named(said.text("wp:cat_name")))
            self._put("category", *row, _key(said, "wp:category_parent"))
        elif part.name == "item":
            self._note_item(site, said)

    def attachment(self, site: str, number: int) -> Attachment | None:
        """Return an attachment by its number."""
        return self._one("site = ? AND id = ?", site, number)

    def attachment_at(self, site: str, address: str) -> Attachment | None:
        """Return the attachment whose file an address means, in whatever size."""
        path = form(address)
        return self._one("site = ? AND form = ? ORDER BY id", site, path[:_ADDRESS]) if path else None

    def attached(self, site: str, parent: int) -> list[int]:
        """Return the pictures that were uploaded to an article, in the order of its gallery."""
        rows = self._db.execute(
            "SELECT id, address, file, alt, caption, credit FROM attachment WHERE site = ? AND parent = ?"
            " ORDER BY place, id LIMIT ?",
            (site, parent, _MOST_CHILDREN),
        )
        return [found.id for row in rows if (found := Attachment(*row)).is_picture]

    def author(self, site: str, login: str) -> str:
        """Return the name that a login is shown under, or nothing."""
        return self._text("SELECT name FROM author WHERE site = ? AND login = ?", site, login.strip().lower())

    def block(self, site: str, number: int) -> str:
        """Return the markup of a reusable block, or nothing."""
        return self._text("SELECT markup FROM block WHERE site = ? AND id = ?", site, number)

    def line_of(self, site: str, nicename: str, name: str) -> list[Category]:
        """Return a category with its parents, the outermost first; an unknown one alone."""
        found: list[Category] = []
        sought = nicename.strip().lower()
        while sought and len(found) < _MOST_PARENTS:
            row = self._db.execute(
                "SELECT nicename, name, parent FROM category WHERE site = ? AND nicename = ?", (site, sought)
            ).fetchone()
            if row is None or any(row[0] == known.nicename for known in found):
                break
            found.insert(0, Category(row[0], row[1]))
            sought = row[2]
        return found or [Category(nicename.strip().lower(), name)]

    def nicename(self, site: str, term: int) -> str:
        """Return the nicename of the category with this number, or nothing."""
        return self._text("SELECT nicename FROM category WHERE site = ? AND id = ?", site, term)

    def is_shared(self, guid: str, site: str, number: int) -> bool:
        """Tell whether another item has this guid too."""
        return bool(
            self._db.execute(
                "SELECT 1 FROM guid WHERE guid = ? AND NOT (site = ? AND id = ?) LIMIT 1", (guid, site, number)
            ).fetchone()
        )

    def _note_item(self, site: str, said: Record) -> None:
        kind, number = said.text("wp:post_type"), said.number("wp:post_id")
        if kind == "attachment":
            self._note_attachment(site, number, said)
        elif kind == "wp_block":
            self._put("block", site, number, said.text("content:encoded")[: html.LONGEST])
        elif kind == "guest-author":
            self._note_author(site, said.said("cap-user_login"), said.said("cap-display_name") or said.text("title"))
        elif kind not in {"revision", "nav_menu_item"} and (guid := said.text("guid")):
            self._put("guid", guid[:_ADDRESS], site, number)

    def _note_attachment(self, site: str, number: int, said: Record) -> None:
        address = said.text("wp:attachment_url", "guid")[:_ADDRESS]
        file = said.said("_wp_attached_file")[:_ADDRESS]
        caption, credit = image_words(said.said("_wp_attachment_metadata"))
        parent, place = said.number("wp:post_parent"), said.number("wp:menu_order")
        self._put(
            "attachment", site, number, parent, place, form(address), address, file,
            _words(said.said("_wp_attachment_image_alt")),
            _words(said.text("excerpt:encoded", "content:encoded")) or caption, _words(said.said(*CREDITS)) or credit,
        )  # fmt: skip

    def _note_author(self, site: str, login: str, name: str) -> None:
        if login and line(name):
            self._put("author", site, login.lower()[:_ADDRESS], named(name))

    def _put(self, table: str, *values: object) -> None:
        marks = ", ".join("?" * len(values))
        self._db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", values)  # noqa: S608  the names are ours

    def _one(self, where: str, *values: object) -> Attachment | None:
        row = self._db.execute(
            f"SELECT id, address, file, alt, caption, credit FROM attachment WHERE {where} LIMIT 1",  # noqa: S608  ours
            values,
        ).fetchone()
        return Attachment(*row) if row else None

    def _text(self, query: str, *values: object) -> str:
        row = self._db.execute(query, values).fetchone()
        return str(row[0]) if row else ""


def named(words: str) -> str:
    """Return a name as one line; WordPress keeps names with entities."""
    return line(unescape(words))[:_WORDS]


def _words(markup: str) -> str:
    cut = markup[:_WORDS]
    return html.words(cut) if "<" in cut or "&" in cut else line(cut)


def _key(said: Record, name: str) -> str:
    return said.text(name).lower()[:_ADDRESS]


def _author(said: Record) -> str:
    whole = f"{said.text('wp:author_first_name')} {said.text('wp:author_last_name')}".strip()
    return said.text("wp:author_display_name") or whole or said.text("wp:author_login")
