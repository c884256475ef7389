"""What the API answers, as types: what is written is of one of these, and so is what the description promises.

Addresses are whole, instants are RFC 3339 with an offset, `lang` is `id` or `en`, `zone` an IANA name, sizes pixels.
"""

from datetime import datetime
from typing import Literal

import msgspec

from warta.feeds.ninjs import Item
from warta.lexicon.press_rules import Ground
from warta.paper.pages import CorrectionKind, FrontKind, TieKind

EventType = Literal["article.published", "article.updated", "article.corrected", "article.withdrawn", "article.removed"]


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all that is answered: every member is always there."""


class Named(Shape, frozen=True, kw_only=True):
    """A rubric, channel, topic or person: its page for readers, and where its articles are listed here."""

    name: str
    slug: str
    url: str
    articles: str


class Picture(Shape, frozen=True, kw_only=True):
    """A photo as JPEG."""

    url: str
    width: int
    height: int
    media_type: str
    alt: str
    caption: str
    credit: str


class Reference(Shape, frozen=True, kw_only=True):
    """Another article of the paper."""

    headline: str
    url: str


class Correction(Shape, frozen=True, kw_only=True):
    """What was wrong, what is right, and since when readers know.

    `mends` is the instant of an earlier correction that was mistaken, `stands_in` a newer article that brings this one.
    """

    id: int
    kind: CorrectionKind
    is_serious: bool
    wrong: str
    right: str
    at: datetime
    mends: datetime | None
    stands_in: Reference | None


class Tie(Shape, frozen=True, kw_only=True):
    """Another article that a press rule ties to this one; `party` is who replies."""

    kind: TieKind
    headline: str
    url: str
    lang: str
    at: datetime
    party: str


class Article(Shape, frozen=True, kw_only=True):
    """One article as readers have it now.

    `uri` never changes, whatever else does. `body_html` is the text in plain markup with its corrections before it,
    null for those to whom the paper gives summaries; `unverified` is what readers are told of an unverified report.
    """

    id: int
    uri: str
    url: str
    api: str
    ninjs: str
    lang: str
    headline: str
    standfirst: str
    summary: str
    channel: Named
    rubric: Named
    topics: tuple[Named, ...]
    reporters: tuple[Named, ...]
    editors: tuple[Named, ...]
    place: str
    zone: str
    published_at: datetime
    updated_at: datetime | None
    picture: Picture | None
    unverified: str
    corrections: tuple[Correction, ...]
    ties: tuple[Tie, ...]
    body_html: str | None


class Withdrawn(Shape, frozen=True, kw_only=True):
    """An article that was withdrawn: why and when, and nothing of its text. Drop what you kept of it."""

    id: int
    uri: str
    url: str
    lang: str
    headline: str
    ground: Ground | None
    reason: str
    withdrawn_at: datetime


class Articles(Shape, frozen=True, kw_only=True):
    """One page of a list, newest first; `next` leads on and is null on the last."""

    items: tuple[Article, ...]
    next: str | None


class NinjsArticles(Shape, frozen=True, kw_only=True):
    """The same with the articles as ninjs."""

    items: tuple[Item, ...]
    next: str | None


class Change(Shape, frozen=True, kw_only=True):
    """The last change of an article. `removed` is one that is no more, without a word: drop what you kept of it."""

    change: int
    id: int
    uri: str
    api: str
    state: Literal["published", "withdrawn", "removed"]
    article: Article | None
    withdrawn: Withdrawn | None


class NinjsChange(Shape, frozen=True, kw_only=True):
    """The same as ninjs; what is withdrawn or removed has `pubStatus` `canceled`."""

    change: int
    id: int
    api: str
    item: Item


class Changes(Shape, frozen=True, kw_only=True):
    """What changed, in the order of the numbers. `next` is always there: ask it again later for what comes after.

    `is_more` says that something comes after it now; a page may be empty and yet not the last. `last` is the number of
    the paper's last change.
    """

    items: tuple[Change, ...]
    is_more: bool
    last: int
    next: str


class NinjsChanges(Shape, frozen=True, kw_only=True):
    """The same as ninjs."""

    items: tuple[NinjsChange, ...]
    is_more: bool
    last: int
    next: str


class MostRead(Shape, frozen=True, kw_only=True):
    """The articles with the most readers of seven days, the most read first."""

    items: tuple[Article, ...]


class Found(Shape, frozen=True, kw_only=True):
    """One page of what a search found.

    `total` counts at most 1,000, with a phrase 50, and null says that nobody can tell just now; `is_more` says that
    there are more than that. `is_loose`: nothing has all the words. `suggestion` is what may have been meant.
    """

    items: tuple[Article, ...]
    total: int | None
    is_more: bool
    is_loose: bool
    suggestion: str
    next: str | None


class Front(Shape, frozen=True, kw_only=True):
    """A rubric, channel, topic or person with what readers are told of it; `role` is a person's own words."""

    kind: FrontKind
    name: str
    slug: str
    url: str
    articles: str
    description: str
    role: str
    picture: Picture | None


class Fronts(Shape, frozen=True, kw_only=True):
    """One page of them, in the paper's own order."""

    items: tuple[Front, ...]
    next: str | None


class ArticleReference(Shape, frozen=True, kw_only=True):
    """The article that a correction puts right."""

    id: int
    headline: str
    url: str
    api: str


class ToldCorrection(Shape, frozen=True, kw_only=True):
    """A correction with its article."""

    correction: Correction
    article: ArticleReference


class Corrections(Shape, frozen=True, kw_only=True):
    """One page of the corrections of the whole paper, newest first."""

    items: tuple[ToldCorrection, ...]
    next: str | None


class EventData(Shape, frozen=True, kw_only=True):
    """Which article it is about; `url` is null when readers have it no more. Ask `api` for the rest."""

    id: int
    uri: str
    url: str | None
    api: str
    change: int


class Event(Shape, frozen=True, kw_only=True):
    """What a partner's webhook is told."""

    type: EventType
    timestamp: datetime
    data: EventData


class Problem(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """What is wrong, where, and how to mend it.

    Source: RFC 9457, 3 and 4.2.1 (`about:blank`: the status says it all).
    """

    type: str
    title: str
    status: int
    detail: str
    where: str = ""
    withdrawn: Withdrawn | None = None
