"""Makes the parts of articles for the cache: for a reader when one is missing, and in the worker ahead of readers."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final, Protocol

from django.conf import settings
from django.db import Error, close_old_connections
from django.utils import timezone

from warta.delivery import render, segments, shell
from warta.delivery.parts import Part, Parts, version
from warta.delivery.share import keeping
from warta.delivery.shelf import Shelf
from warta.delivery.turns import turn
from warta.paper import lists, store
from warta.paper.pages import ArticlePage


class Keeper(Protocol):
    """Keeps whole pages, made once, for later readers."""

    def forget(self, article_ids: Collection[int]) -> None:
        """Drop what names one of these articles."""

    def clear(self) -> None:
        """Drop everything."""


_BATCH: Final = 200
_FEW: Final = 10
_SYNC: Final = timedelta(seconds=10)
"""How often the cache is brought to disk: so much is told again after a power cut."""


@cache
def parts() -> Parts:
    """Return the cache of article parts of this process."""
    return Parts(settings.WARTA_CACHE / "parts", version=_version())


@cache
def shelf() -> Shelf:
    """Return the shelf of this process."""
    return Shelf(settings.WARTA_CACHE / "shelf.sqlite3", version=_version())


def _version() -> str:
    words = (settings.WARTA_NAME, settings.WARTA_TAGLINE, settings.WARTA_SITE_URL, settings.LANGUAGE_CODE)
    return version(*words, settings.WARTA_ZONE, settings.WARTA_REPUBLISH)


def make(article_id: int, *, now: datetime) -> Part | None:
    """Make the part of an article as it is stored now, to be seen or not; None when there is no such page.

    That of a live report stops when it is over: it is made anew, and says so.
    """
    stored = store.stored_article(article_id, now=now)
    if stored is None or not isinstance(stored.page, ArticlePage):
        return None
    page = stored.page
    pieces = render.article_pieces(page, lists=render.Lists(), shell=shell.bare(), now=now)
    ends = [stored.visible_until, page.live_until if page.live_until and page.live_until > now else None]
    stops = [at.timestamp() for at in ends if at is not None]
    return Part(
        id=page.id,
        number=stored.number,
        path=page.path,
        lang=page.lang,
        start=stored.visible_from.timestamp(),
        stop=min(stops, default=None),
        head=segments.pack(pieces.head),
        body=segments.pack(pieces.body),
    )


def fill(article_id: int) -> None:
    """Make the part of an article, and keep it; one process does so for all of them.

    Raises: django.db.Error.
    """
    with turn(settings.WARTA_CACHE, f"article:{article_id}"):
        kept = parts().find(article_id)
        if kept is not None and kept.is_visible(timezone.now().timestamp()):
            return
        generation = parts().generation
        try:
            part = make(article_id, now=timezone.now())
        except Error:
            close_old_connections()  # no request of Django's begins or ends in this thread, which would do it
            raise
        if part is not None:
            parts().put(part, generation)


class Warmer:
    """Keeps the cache filled from the worker: what changed at once, what is missing little by little, newest first."""

    def __init__(self) -> None:
        self._number: int | None = None
        self._behind: lists.Cursor | None = None
        self._is_full = False
        self._synced_at = datetime.min.replace(tzinfo=UTC)

    def step(self, now: datetime) -> bool:
        """Do a little of what is to be done; tell whether there may be more."""
        if self._number is None:
            self._number = catch_up(parts(), shelf(), keeping.kept())
        changes = store.changes(self._number, _BATCH)
        for change in changes:
            self._fill(store.article_id(change.key), now)
            self._number = change.number
        if now - self._synced_at > _SYNC:
            parts().sync()
            self._synced_at = now
        return bool(changes) or self._fill_missing(now)

    def _fill_missing(self, now: datetime) -> bool:
        if self._is_full:
            return False
        page = lists.ids(behind=self._behind, limit=_BATCH)
        present = parts().ids([cursor.article_id for cursor in page])
        missing = [cursor for cursor in page if cursor.article_id not in present]
        for cursor in missing[:_FEW]:
            self._fill(cursor.article_id, now)
        if page:
            self._behind = missing[_FEW - 1] if len(missing) > _FEW else page[-1]
        self._is_full = not page or parts().is_full()
        return not self._is_full

    def _fill(self, article_id: int | None, now: datetime) -> None:
        part = None if article_id is None else make(article_id, now=now)
        if part is not None:
            parts().put(part)


def catch_up(cache_: Parts, *keepers: Keeper) -> int:
    """Tell the cache of all changes since it last knew, and return the number of the last.

    `keepers` of whole pages are told what was withdrawn or taken out; they forget the pages that name it.
    """
    last, (upto, furthest) = store.last_number(), cache_.upto()
    if last < furthest or furthest == 0:
        for keeper in keepers:
            keeper.clear()
        cache_.clear(upto=last)
        return last
    while upto < last and (changes := store.changes(upto, 1000)):
        articles = [(number, change) for change in changes if (number := store.article_id(change.key)) is not None]
        gone = [number for number, change in articles if change.kind != "article"]
        if gone:
            for keeper in keepers:
                keeper.forget(gone)
        upto = changes[-1].number
        cache_.changed([(number, change.number) for number, change in articles], upto=upto)
    return upto
