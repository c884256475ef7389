"""Where saved pages and their pictures lie: a folder, or a web archive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from warta.ingest.item import BrokenItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The bytes of a page and what is known from outside of it; any text but `place` and `where` may be empty.

    `place` is where the shelf finds it again, `where` and `read` are as of `SourceItem`, `name` is its name in the
    source, `address` where it was fetched, `guess` where it may have been, `at` when (sortable as text).
    """

    place: str
    where: str
    read: int
    raw: bytes
    name: str
    address: str = ""
    guess: str = ""
    charset: str = ""
    at: str = ""


class MissingError(LookupError):
    """A page or a picture is not on the shelf; the message says which and why."""


class Shelf(Protocol):
    """Gives pages in the order in which they lie, any of them once more, and pictures."""

    name: str

    def pages(self) -> Iterator[Fetched | BrokenItem]:
        """Return all pages."""

    def page(self, place: str) -> Fetched:
        """Return a page once more.

        Raises: MissingError.
        """

    def picture(self, addresses: Sequence[str], *, place: str, base: str) -> Path:
        """Return the file of the first of these addresses that is kept; they stand on the page at `place`.

        Raises: MissingError, in words for the person who imports.
        """

    def leading(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """Return other addresses from which readers were sent on to one of these, as far as the shelf knows."""
