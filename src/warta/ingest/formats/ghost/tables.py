"""Keeps what posts refer to (tags, authors, words on pictures) in a database that vanishes, for it may come after them.

Source: Ghost's export, `db[].data`, whose lists are the tables of its database.
"""

import re
import sqlite3
from collections.abc import Iterator
from typing import Final, Self, TypeVar

import msgspec

from warta.ingest.formats.ghost.scan import Scan
from warta.ingest.formats.ninjs.fields import clean, line

LARGEST: Final = 16 * 1024 * 1024
"""Bytes that one row may have."""

_NOTHING: Final = msgspec.Raw(b"null")
_COLUMNS: Final = {
    "tags": ("id", "name", "visibility"),
    "users": ("id", "name"),
    "posts_tags": ("post_id", "tag_id", "sort_order"),
    "posts_authors": ("post_id", "author_id", "sort_order"),
    "posts_meta": ("post_id", "feature_image_alt", "feature_image_caption", "told"),
}
_SETTINGS: Final = {
    "timezone": "zone", "active_timezone": "zone", "activeTimezone": "zone", "permalinks": "permalinks",
}  # fmt: skip
_SEARCHED: Final = (
    "meta_title", "meta_description", "og_title", "og_description", "twitter_title", "twitter_description",
)  # fmt: skip
LONGEST: Final = 2_000
"""Characters of a name or caption that are kept."""

_MOST_NAMED: Final = 100
_ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_BARE: Final = b" " * 32 + bytes(range(32, 256))
_Of = TypeVar("_Of")


class UnreadableError(ValueError):
    """A row or field cannot be decoded; the message says why."""


class Meta(msgspec.Struct, frozen=True):
    """What Ghost keeps of a post apart from it."""

    alt: str = ""
    caption: str = ""
    told: str = ""


class _Row(msgspec.Struct):
    """The fields of all small tables; whatever else a row holds is passed over without being built."""

    id: msgspec.Raw = _NOTHING
    key: msgspec.Raw = _NOTHING
    value: msgspec.Raw = _NOTHING
    name: msgspec.Raw = _NOTHING
    visibility: msgspec.Raw = _NOTHING
    post_id: msgspec.Raw = _NOTHING
    tag_id: msgspec.Raw = _NOTHING
    author_id: msgspec.Raw = _NOTHING
    sort_order: msgspec.Raw = _NOTHING
    feature_image_alt: msgspec.Raw = _NOTHING
    feature_image_caption: msgspec.Raw = _NOTHING
    meta_title: msgspec.Raw = _NOTHING
    meta_description: msgspec.Raw = _NOTHING
    og_title: msgspec.Raw = _NOTHING
    og_description: msgspec.Raw = _NOTHING
    twitter_title: msgspec.Raw = _NOTHING
    twitter_description: msgspec.Raw = _NOTHING


def row_of(raw: bytes, kind: type[_Of]) -> _Of:
    """Decode one row, with halves of characters and bare control characters left out, which Ghost's JSON may hold.

    Raises: UnreadableError.
    """
    try:
        try:
            return msgspec.json.decode(raw, type=kind)
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            whole = _ESCAPE.sub(lambda found: b"" if found["half"] else found[0], raw)
            return msgspec.json.decode(whole.translate(_BARE), type=kind)
    except msgspec.ValidationError as wrong:
        raise UnreadableError("is no row of a table: an object was expected") from wrong
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise UnreadableError(f"is no JSON: {wrong}") from wrong
    except RecursionError as deep:
        raise UnreadableError("is nested too deep") from deep


def scalar(raw: msgspec.Raw) -> str:
    """Return a text, number or truth (`true`, else empty) as text; nothing for a list or an object.

    Raises: UnreadableError.
    """
    held = bytes(raw).strip()
    if held in {b"null", b"false"} or held[:1] in {b"[", b"{"}:
        return ""
    if held == b"true":
        return "true"
    try:
        return clean(msgspec.json.decode(held, type=str) if held[:1] == b'"' else held.decode()[:40])
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise UnreadableError(f"holds a text that cannot be read: {wrong}") from wrong


class Tables:
    """The small tables of one export, on disk as soon as they outgrow two megabytes of memory."""

    def __init__(self) -> None:
        self.zone = ""
        self.permalinks = ""
        self.posts: list[int] = []
        self._kept = sqlite3.connect("")  # no name: a file of its own that is gone when it is closed
        self._kept.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA cache_size=-16000;"
            + "".join(f"CREATE TABLE {name} ({', '.join(columns)});" for name, columns in _COLUMNS.items())
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def read(self, scan: Scan) -> None:
        """Read all small tables of an export, and note where its lists of posts begin.

        Raises: BrokenJsonError; sqlite3.Error when there is no room for them.
        """
        for name in _tables(scan):
            if name == "posts" and scan.peek() == b"[":
                self.posts.append(scan.position)
                scan.value()
            elif (name in _COLUMNS or name == "settings") and scan.peek() == b"[":
                for _ in scan.elements():
                    raw = scan.value(LARGEST)
                    if raw is not None:
                        self._keep(name, raw)
            else:
                scan.value()
        for name, column in (("tags", "id"), ("users", "id"), *((f"posts_{x}", "post_id") for x in _JOINED)):
            self._kept.execute(f"CREATE INDEX {name}_by ON {name} ({column})")

    def tags(self, post: str) -> list[tuple[str, str]]:
        """Return name and visibility of a post's tags in order; a tag that is not in the export has no name."""
        return self._asked(
            "SELECT ifnull(tags.name, ''), ifnull(tags.visibility, '') FROM posts_tags LEFT JOIN tags"
            " ON tags.id = tag_id WHERE post_id = ? ORDER BY cast(sort_order AS integer), posts_tags.rowid LIMIT ?",
            post,
        )

    def authors(self, post: str) -> list[tuple[str, str]]:
        """Return id and name of a post's authors in order; one that is not in the export has no name."""
        return self._asked(
            "SELECT author_id, ifnull(name, '') FROM posts_authors LEFT JOIN users ON users.id = author_id"
            " WHERE post_id = ? ORDER BY cast(sort_order AS integer), posts_authors.rowid LIMIT ?",
            post,
        )

    def user(self, user: str) -> str:
        """Return the name of a user, or nothing."""
        return next((name for name, _ in self._asked("SELECT name, id FROM users WHERE id = ? LIMIT ?", user)), "")

    def meta(self, post: str) -> Meta:
        """Return what is kept of a post apart from it."""
        found = self._kept.execute(
            "SELECT feature_image_alt, feature_image_caption, told FROM posts_meta WHERE post_id = ?", (post,)
        ).fetchone()
        return Meta(*found) if found else Meta()

    def _asked(self, query: str, of: str) -> list[tuple[str, str]]:
        return self._kept.execute(query, (of, _MOST_NAMED)).fetchall()

    def _keep(self, table: str, raw: bytes) -> None:
        try:
            row = row_of(raw, _Row)
            if table == "settings":
                self._set(row)
                return
            names = _COLUMNS[table]
            said = [scalar(getattr(row, name))[:LONGEST] for name in names if name != "told"]
            if "told" in names:
                said.append(", ".join(name for name in _SEARCHED if scalar(getattr(row, name))))
        except UnreadableError:
            return  # a tag or author that cannot be read is missed, and told, at each post that has it
        marks = ", ".join("?" * len(said))
        self._kept.execute(f"INSERT INTO {table} VALUES ({marks})", said)  # noqa: S608 - the table is one of ours

    def _set(self, row: _Row) -> None:
        setting, value = _SETTINGS.get(scalar(row.key), ""), line(scalar(row.value))
        if setting and value and len(value) < 200:
            setattr(self, setting, value)


_JOINED: Final = ("tags", "authors", "meta")


def _tables(scan: Scan) -> Iterator[str]:
    """Hand out each table of an export, of today's shape or of that before 2014, where `db` was left out."""
    for key in scan.members():
        if key == "db" and scan.peek() == b"[":
            for _ in scan.elements():
                yield from _tables(scan) if scan.peek() == b"{" else _passed(scan)
        elif key == "data" and scan.peek() == b"{":
            yield from scan.members()
        else:
            scan.value()


def _passed(scan: Scan) -> Iterator[str]:
    scan.value()
    yield from ()
