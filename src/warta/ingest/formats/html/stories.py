"""Which saved pages are one story, and in which order; kept in a database on disk, so that no archive is too large."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from warta.ingest.formats.html import links
from warta.ingest.formats.html.page import Paging, Saved, paging

_TABLES: Final = """
CREATE TABLE leaf (id INTEGER PRIMARY KEY, place TEXT, name TEXT, at TEXT, title TEXT, address TEXT, canonical TEXT,
 key TEXT, story TEXT, story_key TEXT, number INTEGER);
CREATE TABLE link (leaf INTEGER, kind TEXT, key TEXT, address TEXT);
CREATE INDEX leaf_key ON leaf (key);
CREATE INDEX leaf_story ON leaf (story_key);
CREATE INDEX link_leaf ON link (leaf);
"""
_PART: Final = re.compile(
    r"\s*[-–—|:,(\[]*\s*(?:halaman|page|hal\.?|bagian|part)?\s*\d{1,2}(?:\s*(?:dari|of|/)\s*\d{1,2})?\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_MOST_LEAVES: Final = 300


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page that was noted; `place` is where it can be read again, `at` when it was fetched (may be empty).

    `name` takes the place of an address that is not known.
    """

    id: int
    place: str
    name: str
    at: str
    title: str
    address: str
    canonical: str
    story: str
    number: int


@dataclass(frozen=True, slots=True)
class Story:
    """Pages in order, the address of the first, every other address, and the pages that are missing.

    `has_copies` when a page was kept more than once.
    """

    address: str
    leaves: tuple[Leaf, ...]
    addresses: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    has_copies: bool = False


class Stories:
    """Notes pages as they are met, then tells the stories in the order in which their first pages came."""

    def __init__(self) -> None:
        self._notes = sqlite3.connect("")  # a temporary file, gone when closed
        self._notes.executescript(_TABLES)

    def close(self) -> None:
        """Forget everything."""
        self._notes.close()

    def note(self, page: Saved, *, title: str, place: str, name: str, at: str = "") -> None:
        """Note a page."""
        around = paging(page)
        story, number = _belongs(page, around)
        own = page.own or f"file:{name}"
        story = story or own
        row = (place, name, at, title[:400], own, page.canonical, links.key(own), story, links.key(story), number)
        found = self._notes.execute(
            "INSERT INTO leaf (place, name, at, title, address, canonical, key, story, story_key, number)"
            " VALUES (?,?,?,?,?,?,?,?,?,?)",
            row,
        )
        self._notes.executemany(
            "INSERT INTO link VALUES (?,?,?,?)",
            ((found.lastrowid, each.kind, links.key(each.address), each.address) for each in around),
        )

    def all(self) -> Iterator[Story]:
        """Return the stories."""
        self._chain()
        for (story_key,) in self._notes.execute("SELECT story_key FROM leaf GROUP BY story_key ORDER BY min(id)"):
            rows = self._notes.execute(
                "SELECT id, place, name, at, title, address, canonical, story, number FROM leaf WHERE story_key = ?"
                " ORDER BY number, id LIMIT ?",
                (story_key, _MOST_LEAVES),
            )
            yield from self._stories([Leaf(*row) for row in rows])

    def _stories(self, leaves: Sequence[Leaf]) -> Iterator[Story]:
        """Take a story apart when pages share its address by mistake: other headlines, and no link between them."""
        head = next((leaf for leaf in leaves if leaf.number == 1), leaves[0])
        about = self._links(leaves)
        known = {each.key for each in about}
        mine: list[Leaf] = []
        strangers: list[Leaf] = []
        for leaf in leaves:
            is_mine = (
                leaf is head
                or links.key(leaf.address) in known | {links.key(head.address)}
                or _same(leaf.title, head.title)
            )
            (mine if is_mine else strangers).append(leaf)
        yield _story(head, mine, about)
        alone: dict[str, list[Leaf]] = {}
        for leaf in strangers:
            own = leaf.address if links.key(leaf.address) != links.key(leaf.story) else f"file:{leaf.name}"
            alone.setdefault(own, []).append(replace(leaf, story=own, number=1))
        for each in alone.values():
            yield _story(each[0], each, ())

    def _links(self, leaves: Sequence[Leaf]) -> tuple["_Link", ...]:
        found: dict[str, _Link] = {}
        for leaf in leaves:
            rows = self._notes.execute("SELECT kind, key, address FROM link WHERE leaf = ?", (leaf.id,))
            for kind, key, address in rows:
                number = links.number(address, leaf.story)
                if number is None and kind == "next":
                    number = leaf.number + 1
                if number is not None:
                    found.setdefault(key, _Link(key, address, number))
        return tuple(found.values())

    def _chain(self) -> None:
        """Join pages whose addresses tell nothing by headline, and by `prev` and `next` that answer each other."""
        waiting = self._notes.execute(
            "SELECT DISTINCT leaf.id FROM leaf JOIN link ON link.leaf = leaf.id WHERE kind = 'prev' AND number = 1"
        ).fetchall()
        settled = []
        for (leaf,) in waiting:
            steps, at, story = 0, leaf, ""
            while steps < links.MOST_PAGES and (before := self._before(at)) is not None:
                (at, story), steps = before, steps + 1
            if 0 < steps < links.MOST_PAGES:
                settled.append((story, links.key(story), steps + 1, leaf))
        self._notes.executemany("UPDATE leaf SET story = ?, story_key = ?, number = ? WHERE id = ?", settled)

    def _before(self, leaf: int) -> tuple[int, str] | None:
        found: tuple[int, str] | None = self._notes.execute(
            "SELECT earlier.id, earlier.story FROM leaf JOIN link AS back ON back.leaf = leaf.id AND back.kind = 'prev'"
            " JOIN leaf AS earlier ON earlier.key = back.key AND earlier.title = leaf.title AND earlier.id != leaf.id"
            " JOIN link AS forth ON forth.leaf = earlier.id AND forth.kind = 'next' AND forth.key = leaf.key"
            " WHERE leaf.id = ? AND leaf.number = 1 LIMIT 1",
            (leaf,),
        ).fetchone()
        return found


@dataclass(frozen=True, slots=True)
class _Link:
    key: str
    address: str
    number: int


def _story(head: Leaf, leaves: Sequence[Leaf], about: Sequence[_Link]) -> Story:
    by_number: dict[int, list[Leaf]] = {}
    for leaf in leaves:
        by_number.setdefault(leaf.number, []).append(leaf)
    best = {number: max(each, key=_worth) for number, each in by_number.items()}
    whole = best.get(links.ALL)
    chosen = (whole,) if whole else tuple(best[number] for number in sorted(best))
    told = (address for leaf in (*chosen, *leaves) for address in (leaf.address, leaf.canonical) if address)
    addresses = tuple(dict.fromkeys((*told, *(each.address for each in about))))
    missing: tuple[str, ...] = ()
    if whole is None:
        last = max((*best, *(each.number for each in about)))
        linked = {each.number: each.address for each in reversed(about)}
        missing = tuple(
            linked.get(number, f"page {number} of {head.story}")
            for number in range(1, min(last, links.MOST_PAGES) + 1)
            if number not in best
        )
    return Story(head.story, chosen, addresses, missing, has_copies=any(len(each) > 1 for each in by_number.values()))


def _worth(leaf: Leaf) -> tuple[bool, str, int]:
    """Rank copies of a page: under its own address, then the newest, then the first that came."""
    return links.number(leaf.address, leaf.story) == leaf.number, leaf.at, -leaf.id


def _belongs(page: Saved, around: Sequence[Paging]) -> tuple[str, int]:
    """Return the story of a page and its number in it, as far as the page itself tells."""
    own, canonical = page.address, page.canonical
    if own and canonical and links.key(own) != links.key(canonical):
        number = links.number(own, canonical)
        if number is not None:
            return canonical, number
    subject = canonical or own
    near = {links.key(each.story) for link in around if link.kind != "next" for each in links.readings(link.address)}
    for each in links.readings(subject) if subject else ():
        if each.is_sure or (each.number != 1 and links.key(each.story) in near):
            return each.story, each.number
    return subject, 1 if own or not canonical else _from_neighbours(canonical, around)


def _from_neighbours(story: str, around: Sequence[Paging]) -> int:
    """Return the number of a page whose own address is not known: one more than the page before it, or 1."""
    for link in around:
        number = links.number(link.address, story)
        if link.kind in {"prev", "next"} and number:
            return max(1, number + (1 if link.kind == "prev" else -1))
    return 1


def _same(one: str, other: str) -> bool:
    first, second = (_PART.sub("", title.casefold()).strip() for title in (one, other))
    return first == second or (
        min(len(first), len(second)) > 20 and (first.startswith(second) or second.startswith(first))
    )
