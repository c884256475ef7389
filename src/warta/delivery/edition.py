"""The edition of a moment: what every page shares just now (masthead, lists, foot), compressed once per change."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from django.utils import timezone

from warta.delivery import render, segments, shell
from warta.delivery.segments import Segment
from warta.lexicon.languages import LANGUAGES
from warta.paper import lists, store
from warta.paper.pages import ArticlePage, File, Link, Picture, Teaser
from warta.reads import lists as reads

_NOWHERE: Final = Link(name="", path="/")
_LATER: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is laid around an article in one language; `tag` changes with any of the three, `rest` is lists and foot."""

    top: Segment
    lists: Segment
    foot: Segment
    tag: str
    rest: Segment = field(init=False)

    def __post_init__(self) -> None:
        """Lay lists and foot together: they stand side by side on every page."""
        object.__setattr__(self, "rest", segments.together(self.lists, self.foot))


@dataclass(frozen=True, slots=True)
class Edition:
    """The state of the paper of which pages are made now.

    `number` is the paper's last change, `ranking` the most-read list's; at `ends_at` something appears, expires or the
    day changes, without any change being written. `tag` names this very state.
    """

    number: int
    ranking: int
    ends_at: datetime
    frames: dict[str, Frame]
    tag: str


def signs() -> tuple[int, int]:
    """Return the paper's last change and the most-read list's: an edition of the same signs is good until it ends.

    Raises: django.db.Error.
    """
    return store.last_number(), reads.ranking_number()


def make(now: datetime, seen: tuple[int, int] | None = None) -> Edition:
    """Make the edition of an instant, with the signs seen before: a handful of queries, the lists in each language.

    Raises: django.db.Error when the database does not answer; the edition before stays good.
    """
    number, ranking = seen or signs()
    frame = shell.current(now=now)
    shown = render.Lists(
        most_read=reads.most_read(now=now, limit=render.MOST_READ), latest=lists.latest(now=now, limit=render.LATEST)
    )
    frames = {lang: _frame(lang, frame, shown, now) for lang in LANGUAGES}
    midnight = (timezone.localtime(now, frame.zone) + _LATER).replace(hour=0, minute=0, second=0, microsecond=0)
    hour = (
        (now + _HOUR).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    )  # pages that save data: their tokens
    ends_at = min(midnight.astimezone(UTC), hour, store.next_instant(now) or midnight)
    tag = _tag(str(number), ends_at.isoformat(), *(made.tag for made in frames.values()))
    return Edition(number=number, ranking=ranking, ends_at=ends_at, frames=frames, tag=tag)


def _frame(lang: str, frame: shell.Shell, shown: render.Lists, now: datetime) -> Frame:
    (top, top_tag), (foot, foot_tag) = _around(lang, frame, timezone.localtime(now, frame.zone).date())
    listed = render.lists_html(shown, shell=frame, lang=lang)
    return Frame(top=top, lists=segments.pack(listed), foot=foot, tag=_tag(top_tag, listed, foot_tag))


@lru_cache(maxsize=8)  # masthead and foot are mostly those of the edition before
def _around(lang: str, frame: shell.Shell, day: date) -> tuple[tuple[Segment, str], tuple[Segment, str]]:
    """Return masthead and foot of a day, each with a tag."""
    now = datetime.combine(day, time(12), frame.zone)
    pieces = render.article_pieces(_any_article(lang, now), lists=render.Lists(), shell=frame, now=now)
    return (segments.pack(pieces.top), _tag(pieces.top)), (segments.pack(pieces.foot), _tag(pieces.foot))


def _any_article(lang: str, now: datetime) -> ArticlePage:
    """Return an article of which nothing is kept: the pieces around it do not depend on it."""
    teaser = Teaser(id=0, headline="", path="/", lang=lang, published_at=now, rubric=_NOWHERE, channel=_NOWHERE)
    picture = Picture(jpeg=(File(address="/", width=3, height=2),))
    return ArticlePage(
        id=0,
        path="/",
        lang=lang,
        channel=_NOWHERE,
        rubric=_NOWHERE,
        headline="",
        lead=picture,
        zone="UTC",
        published_at=now,
        teaser=teaser,
    )


def _tag(*words: str) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for word in words:
        digest.update(word.encode() + b"\0")
    return digest.hexdigest()
