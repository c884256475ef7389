"""What a feed says, in whichever format. Addresses are whole, instants aware, `html` is safe."""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an article, and the address of that person's front."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Image:
    """The photo of an article; `width` and `height` are pixels."""

    address: str
    width: int
    height: int
    media_type: str
    alt: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article. `changed_at` is its last update or correction; `html` is empty in a feed of summaries."""

    id: str
    address: str
    title: str
    summary: str
    html: str
    lang: str
    published_at: datetime
    changed_at: datetime
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    image: Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """An article that is gone, and why; `is_here` when it is known to have stood in this feed."""

    id: str
    address: str
    title: str
    reason: str
    at: datetime
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: `home` is the page it belongs to, `address` its own; the last changed comes first."""

    id: str
    title: str
    description: str
    publisher: str
    lang: str
    home: str
    address: str
    hub: str = ""
    items: tuple[Item, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()

    @property
    def changed_at(self) -> datetime:
        """Return when anything of it changed last; an empty feed says the same whenever it is asked for."""
        instants = [*(item.changed_at for item in self.items), *(gone.at for gone in self.withdrawn)]
        return max(instants, default=_NEVER)


def stable_id(site_url: str, name: str) -> str:
    """Return the id by which programs know a page for ever: it depends on the paper's host and the page's key alone.

    Source: RFC 9562, 5.5 (UUID version 5, the namespace of URLs).
    """
    return uuid.uuid5(uuid.NAMESPACE_URL, f"//{urlsplit(site_url).netloc}/{name}").urn


def plain(text: str) -> str:
    """Return text without the characters that XML cannot hold.

    Source: XML 1.0, 2.2.
    """
    return _NOT_XML.sub("", text)
