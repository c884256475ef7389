"""The pages of the paper: frozen, typed, without HTML of their own except inline marks in paragraphs.

The press makes them, the store keeps them as JSON, the delivery renders them. Instants are aware and in UTC; paths are
addresses within the site (`lexicon.addresses`); `zone` is an IANA name; `lang` is `id` or `en`.
"""

from datetime import datetime
from typing import Final, Literal

import msgspec

from warta.lexicon import live
from warta.lexicon.press_rules import Ground

SCHEMA: Final = 1
"""Number of this shape. Raise it when a field changes meaning: pages of older schemas are pressed anew."""

CorrectionKind = Literal["erratum", "correction"]
TieKind = Literal["corrects", "replies-to", "verifies", "reply", "verified"]
FrontKind = Literal["rubric", "channel", "topic", "person"]


class Data(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all that is stored: immutable, compared by value, fields by keyword."""


class File(Data, frozen=True, kw_only=True):
    """One picture file: its address and its size in CSS pixels at 1x."""

    address: str
    width: int
    height: int


class Picture(Data, frozen=True, kw_only=True):
    """One picture in one crop: the same ratio in every format, widths ascending, `jpeg` never empty."""

    alt: str = ""
    caption: str = ""
    credit: str = ""
    avif: tuple[File, ...] = ()
    webp: tuple[File, ...] = ()
    jpeg: tuple[File, ...]


class Link(Data, frozen=True, kw_only=True):
    """A name and where it leads: a rubric, channel, topic or person."""

    name: str
    path: str


class Teaser(Data, frozen=True, kw_only=True):
    """What a list shows of an article. `wide` is 3:2, `square` is 1:1; both None without a photo."""

    id: int
    headline: str
    path: str
    lang: str
    published_at: datetime
    rubric: Link
    channel: Link
    standfirst: str = ""
    by: tuple[Link, ...] = ()
    wide: Picture | None = None
    square: Picture | None = None


class Paragraph(Data, tag="paragraph", frozen=True, kw_only=True):
    """`html` is safe: `b i a[href] br ul ol li` alone, cleaned by the press. A list is a paragraph of its own."""

    html: str


class Heading(Data, tag="heading", frozen=True, kw_only=True):
    """A sub-heading within the body."""

    text: str


class Quote(Data, tag="quote", frozen=True, kw_only=True):
    """Somebody's words, and who said them."""

    text: str
    speaker: str = ""


class Figure(Data, tag="figure", frozen=True, kw_only=True):
    """A photo within the body, uncropped."""

    picture: Picture


class Embed(Data, tag="embed", frozen=True, kw_only=True):
    """Something that lives elsewhere; shown as a link, so that no third party sees our readers."""

    address: str
    provider: str
    title: str = ""


class Table(Data, tag="table", frozen=True, kw_only=True):
    """`head` may be empty; every row has as many cells as the others. Cells are plain text."""

    caption: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...]


class ReadAlso(Data, tag="read-also", frozen=True, kw_only=True):
    """`Baca juga`: a link to another article of the paper."""

    headline: str
    path: str


class LiveEntry(Data, tag="entry", frozen=True, kw_only=True):
    """A development of a live report; `anchor` is its name within the page, `is_last` says that the report ends."""

    anchor: str
    at: datetime
    headline: str = ""
    text: tuple[Paragraph, ...] = ()
    is_last: bool = False


Block = Paragraph | Heading | Quote | Figure | Embed | Table | ReadAlso | LiveEntry


class Correction(Data, frozen=True, kw_only=True):
    """What was wrong in an article, what is right, and when readers were told.

    `mends` is the instant of an earlier correction that was mistaken; `stands_in` a newer article that brings this one.
    """

    id: int
    kind: CorrectionKind
    is_serious: bool = False
    wrong: str
    right: str
    at: datetime
    mends: datetime | None = None
    stands_in: Link | None = None


class Tie(Data, frozen=True, kw_only=True):
    """Another article that a press rule ties to this one.

    `corrects`, `replies-to` and `verifies`: this article does so to that one. `reply` and `verified`: that one
    replies to this, or verifies it; `party` is who replies.
    """

    kind: TieKind
    headline: str
    path: str
    lang: str
    at: datetime
    party: str = ""


class Translation(Data, frozen=True, kw_only=True):
    """The same article in another language."""

    lang: str
    headline: str
    path: str


class ArticlePage(Data, tag="article", frozen=True, kw_only=True):
    """One published article: blocks 1 to 7 of the article page. `path` is its only right address.

    `unverified` is what readers are told of a report that is not yet verified; `corrections` are the newest last;
    Developments (`LiveEntry`) make it a live report; they stand last, the newest first.
    `versions` counts what readers have had of it, this one included. `ratios` is the lead photo as JPEG in 16:9, 4:3
    and 1:1, for machines; empty in pages that were pressed before there were any.
    """

    schema: int = SCHEMA
    id: int
    path: str
    lang: str
    channel: Link
    rubric: Link
    headline: str
    standfirst: str = ""
    lead: Picture | None = None
    ratios: tuple[File, ...] = ()
    place: str = ""
    zone: str
    published_at: datetime
    updated_at: datetime | None = None
    reporters: tuple[Link, ...] = ()
    editors: tuple[Link, ...] = ()
    initials: str = ""
    topics: tuple[Link, ...] = ()
    body: tuple[Block, ...] = ()
    unverified: str = ""
    corrections: tuple[Correction, ...] = ()
    ties: tuple[Tie, ...] = ()
    translations: tuple[Translation, ...] = ()
    versions: int = 0
    teaser: Teaser

    @property
    def entries(self) -> tuple[LiveEntry, ...]:
        """Return the developments of a live report, the newest first; none of other articles."""
        return tuple(block for block in self.body if isinstance(block, LiveEntry))

    @property
    def live_until(self) -> datetime | None:
        """Return when a live report is over: with its last development, or some hours after the newest.

        None for what is no live report.
        """
        newest = next(iter(self.entries), None)
        if newest is None:
            return None
        return newest.at if newest.is_last else newest.at + live.GOES_ON_FOR

    @property
    def follow_up(self) -> Tie | None:
        """Return the article that verified this one."""
        return next((tie for tie in self.ties if tie.kind == "verified"), None)


class Past(Data, frozen=True, kw_only=True):
    """One version of an article that readers had: when, why (a correction, a reason), in which words, and its hash."""

    number: int
    at: datetime
    kind: str
    why: str = ""
    headline: str
    standfirst: str = ""
    by: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    hash: str


class GonePage(Data, tag="gone", frozen=True, kw_only=True):
    """A withdrawn article: its address answers 410 with ground (None in old ones) and public reason."""

    schema: int = SCHEMA
    id: int
    path: str
    lang: str
    headline: str
    ground: Ground | None = None
    reason: str
    withdrawn_at: datetime


class FrontPage(Data, tag="front", frozen=True, kw_only=True):
    """The front of a rubric, channel, topic or person; `role` is a person's own words.

    `list` names its list in `paper.lists`, such as `rubric:7`; it is read live.
    """

    schema: int = SCHEMA
    kind: FrontKind
    list: str
    slug: str
    name: str
    path: str
    description: str = ""
    role: str = ""
    order: int = 0
    portrait: Picture | None = None


class StaticPage(Data, tag="static", frozen=True, kw_only=True):
    """About, masthead, press guidelines and the like."""

    schema: int = SCHEMA
    slug: str
    path: str
    lang: str
    title: str
    order: int = 0
    body: tuple[Block, ...] = ()
    updated_at: datetime


class PinPage(Data, tag="pin", frozen=True, kw_only=True):
    """An article that an editor put at a place of a front (`lexicon.fronts`); readers see it while both are visible."""

    schema: int = SCHEMA
    article_id: int

    @property
    def path(self) -> str:
        """Return nothing: it has no address of its own."""
        return ""


class UnrankedPage(Data, tag="unranked", frozen=True, kw_only=True):
    """An article that an editor took out of the lists of the most read; it stays where it is otherwise."""

    schema: int = SCHEMA
    article_id: int

    @property
    def path(self) -> str:
        """Return nothing: it has no address of its own."""
        return ""


class BreakingPage(Data, tag="breaking", frozen=True, kw_only=True):
    """The breaking news above every page, in the site's language; `target` is the path it leads to."""

    schema: int = SCHEMA
    text: str
    target: str
    at: datetime

    @property
    def path(self) -> str:
        """Return nothing: it has no address of its own."""
        return ""


Page = ArticlePage | GonePage | FrontPage | StaticPage | PinPage | UnrankedPage | BreakingPage
