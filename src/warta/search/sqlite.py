"""The index on SQLite: FTS5 without content, whose rows lie in the order of time, so that the newest are read first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from warta import plain
from warta.search.document import Entry
from warta.search.query import All, Either, Node, Phrase, Sought, Token

TABLES: Final = (
    (
        "CREATE TABLE search_page_{n} (place INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
        " article_id INTEGER NOT NULL, visible_from TEXT NOT NULL, visible_until TEXT,"
        " year INTEGER NOT NULL, facets TEXT NOT NULL)"
    ),
    "CREATE TABLE search_sketch_{n} (place INTEGER PRIMARY KEY, sketch TEXT NOT NULL)",
    "CREATE TABLE search_word_{n} (word TEXT PRIMARY KEY, pages INTEGER NOT NULL) WITHOUT ROWID",
    (
        "CREATE VIRTUAL TABLE search_fts_{n} USING fts5(words, marks, content='', contentless_delete=1,"
        " tokenize=\"ascii tokenchars '~:+^-'\")"
    ),
)
NAMES: Final = ("page", "sketch", "word", "fts")
WITH_PAGES: Final[dict[str, str]] = {}
"""Columns of a page's row besides those that both databases have."""


def with_page(entry: Entry) -> tuple[()]:
    """Return what a page's row has besides: nothing."""
    return ()


def add(generation: int, entries: Sequence[Entry], using: str) -> None:
    """Write the words of entries, in the order of their places: FTS5 writes what is out of order apart."""
    plain.do_many(
        f"INSERT INTO search_fts_{generation} (rowid, words, marks) VALUES (%s, %s, %s)",  # noqa: S608 — a number
        ((entry.place, " ".join(entry.text), " ".join(entry.marks)) for entry in entries),
        using=using,
    )


def count(generation: int, times: Sequence[tuple[str, int]], using: str) -> None:
    """Count in how many more pages words stand."""
    plain.do_many(
        f"INSERT INTO search_word_{generation} AS w (word, pages) VALUES (%s, %s)"  # noqa: S608 — a number
        " ON CONFLICT (word) DO UPDATE SET pages = w.pages + excluded.pages",
        times,
        using=using,
    )


def remove(generation: int, places: Sequence[int], using: str) -> None:
    """Take out the words of pages."""
    plain.do_many(
        f"DELETE FROM search_fts_{generation} WHERE rowid = %s",  # noqa: S608 — a number
        ((place,) for place in places),
        using=using,
    )


def newest(
    generation: int, sought: Sought, using: str, *, below: int, limit: int, now: datetime
) -> list[tuple[Any, ...]]:
    """Return what was found, newest first: FTS5 walks its lists backwards and stops when it has enough."""
    match = written(sought.wanted)
    if sought.without:
        match = f"({match}) NOT ({' OR '.join(map(written, sought.without))})"
    return plain.ask(
        "SELECT p.place, p.article_id, p.year, p.facets"  # noqa: S608 — a number
        f" FROM search_fts_{generation} AS f CROSS JOIN search_page_{generation} AS p ON p.place = f.rowid"
        f" WHERE f.search_fts_{generation} MATCH %s AND f.rowid < %s AND {plain.VISIBLE}"
        " ORDER BY f.rowid DESC LIMIT %s",
        match,
        below,
        now,
        now,
        limit,
        using=using,
    )


def written(node: Node) -> str:
    """Write a query as FTS5 reads it; every word stands in quotation marks, which no word contains."""
    match node:
        case Token():
            return f'"{node.name}"'
        case Phrase():
            return f'words : "{" ".join(node.forms)}"'
        case All():
            return f"({' AND '.join(map(written, node.of))})"
        case Either():
            return f"({' OR '.join(map(written, node.of))})"
