"""Surrogate keys: the names under which a cache in front of the paper knows a page, so that it can be told of changes.

An article's page is `article-12 lists shell`, a front `rubric-3 lists shell`: what it is, and what it shares.
Source: Edge Architecture Specification (W3C note), 2.3; Fastly's `Surrogate-Key`, Varnish's `xkey`, Cloudflare's
`Cache-Tag`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import singledispatch
from typing import Final

from django.conf import settings

from warta.paper.pages import ArticlePage, FrontPage, GonePage, StaticPage
from warta.paper.store import ALL, BREAKING, Change, article_id

SHELL: Final = "shell"
"""The frame around every page: name, rubrics, channels, static pages."""
FRONT: Final = "front-page lists shell"
"""The keys of the front page."""
LISTS: Final = "lists"
"""The lists of now, and whatever else shows articles."""
LIVE: Final = f"{LISTS} {SHELL}"
"""The keys of a page that is nothing but lists: the index, a 404."""
_STATIC: Final = "static"
_PARTS: Final = ("coming:", "pin:", "unranked:", BREAKING)
"""What is a part of other pages: when it is gone, they are out of date."""
_GONE: Final = frozenset({"gone", "removed"})


@dataclass(frozen=True, slots=True)
class Stale:
    """Which keys some changes made stale: `gone` is what nobody may see again, `changed` what is out of date."""

    gone: tuple[str, ...]
    changed: tuple[str, ...]


@singledispatch
def of(page: object) -> str:
    """Return the keys of a page, separated by spaces."""
    return LIVE


@of.register
def _(page: ArticlePage) -> str:
    return of_article(page.id)


@of.register
def _(page: GonePage) -> str:
    return of_article(page.id)


@of.register
def _(page: FrontPage) -> str:
    return f"{_word(page.list)} {LIVE}"


@of.register
def _(page: StaticPage) -> str:
    return f"{_STATIC} {SHELL}"


def of_article(article_id: int) -> str:
    """Return the keys of an article's page."""
    return f"{own(article_id)} {LIVE}"


def own(article_id: int) -> str:
    """Return the key of what shows an article and no list."""
    return f"article-{article_id}"


def stale(changes: Iterable[Change]) -> Stale:
    """Return the keys of all pages that changes of the paper touch, each once.

    A change of an article touches the lists on every page; that of a front, a static page or the breaking news, the
    frame of every page; that of what stands at a place of a front, this front alone.
    """
    known = list(changes)
    gone = dict.fromkeys(_own(change) for change in known if change.kind in _GONE and not change.key.startswith(_PARTS))
    own = dict.fromkeys(_own(change) for change in known if change.kind not in _GONE or change.key.startswith(_PARTS))
    shared = dict.fromkeys(
        LISTS if article_id(change.key) is not None or change.key.startswith("unranked:") else SHELL
        for change in known
        if not change.key.startswith("pin:")
    )
    return Stale(gone=tuple(gone), changed=tuple(dict.fromkeys((*own, *shared))))


def in_headers(keys: str) -> dict[str, str]:
    """Return the headers that tell a cache the keys of a page; the one of Cloudflare only where Cloudflare is."""
    told = {"surrogate-key": keys}
    if any(cache.kind == "cloudflare" for cache in settings.WARTA_PURGE):
        told["cache-tag"] = keys.replace(" ", ",")
    return told


def _own(change: Change) -> str:
    number = article_id(change.key)
    if number is not None:
        return own(number)
    if change.key == BREAKING:
        return SHELL
    if change.key.startswith("unranked:"):
        return LISTS
    if change.key.startswith("pin:"):
        front = change.key.removeprefix("pin:").rpartition(":")[0]
        return FRONT.split()[0] if front == ALL else _word(front)
    return _STATIC if change.key.startswith("static:") else _word(change.key)


def _word(key: str) -> str:
    return key.replace(":", "-")
