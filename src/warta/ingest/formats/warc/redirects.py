"""Addresses from which a site sent its readers on, as a web archive kept them: old ones of what they lead to.

Source: RFC 9110, 15.4 (301, 302, 303, 307, 308).
"""

import sqlite3
from collections.abc import Sequence
from typing import Final

from warta.ingest.formats.html import links

STATUSES: Final = frozenset({"301", "302", "303", "307", "308"})
_STEPS: Final = 5
"""How many redirects one after the other are followed; browsers follow 20, sites need two or three."""
_MOST: Final = 100
"""How many addresses an article may be given."""
_TABLES: Final = """
CREATE TABLE redirect (key TEXT PRIMARY KEY, address TEXT, target TEXT, at TEXT);
CREATE INDEX redirect_target ON redirect (target);
CREATE TABLE page (key TEXT PRIMARY KEY);
"""

_LED: Final = (
    "SELECT key, address FROM redirect WHERE target = ? AND key NOT IN (SELECT key FROM page) ORDER BY key LIMIT ?"
)


class Redirects:
    """Notes redirects and pages as they are met; `index` is a database of the archive's own."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self._index.executescript(_TABLES)

    def note(self, address: str, location: str, at: str) -> None:
        """Note that a site answered at an address with the location of another; of two answers the newer counts."""
        here = links.normal(address)
        there = links.normal(location, here) if here and location else ""
        is_sound = bool(there) and links.key(here) != links.key(there) and links.host(here) in links.home(there)
        if not is_sound or (links.is_front(here) and "?" not in here):
            return
        self._index.execute(
            "INSERT INTO redirect VALUES (?,?,?,?) ON CONFLICT (key) DO UPDATE"
            " SET address = excluded.address, target = excluded.target, at = excluded.at WHERE excluded.at >= at",
            (links.key(here), here, links.key(there), at),
        )

    def note_page(self, address: str) -> None:
        """Note that a page was kept at an address: it is its own, whatever was answered there at other times."""
        self._index.execute("INSERT OR IGNORE INTO page VALUES (?)", (links.key(links.normal(address)),))

    def to(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """Return the addresses that lead to one of these, over a few steps at most, the nearest first."""
        seen = {links.key(address) for address in addresses}
        found: list[str] = []
        ends = sorted(seen)
        for _ in range(_STEPS):
            rows = [row for end in ends for row in self._index.execute(_LED, (end, _MOST))]
            ends = [key for key, _ in rows if key not in seen]
            found += [address for key, address in rows if key not in seen]
            seen.update(ends)
            if not ends or len(found) >= _MOST:
                break
        return tuple(dict.fromkeys(found))[:_MOST]
