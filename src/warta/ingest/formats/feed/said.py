"""What an item of any kind of feed says, before it is made copy."""

from dataclasses import dataclass
from typing import Literal

Markup = Literal["html", "plain"]


@dataclass(frozen=True, slots=True)
class Words:
    """A text and how it is marked up."""

    text: str = ""
    markup: Markup = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that belongs to an item: its address, media type or medium (`image`), title and words."""

    address: str
    kind: str = ""
    title: str = ""
    is_small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One item of a feed; dates are as they were written, `home` is the address of the site."""

    id: str = ""
    link: str = ""
    home: str = ""
    title: Words = Words()
    content: Words = Words()
    summary: Words = Words()
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    language: str = ""
    enclosed: tuple[Enclosed, ...] = ()
    caption: str = ""
    credit: str = ""
    lost: tuple[str, ...] = ()
