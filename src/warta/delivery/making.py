"""Makes the parts of articles for the cache: for a reader when one is missing, and in the worker ahead of readers."""

from datetime import datetime
from functools import cache
from typing import Final

from django.conf import settings
from django.db import Error, close_old_connections
from django.utils import timezone

from warta.delivery import render, segments, shell
from warta.delivery.parts import Part, Parts, version
from warta.paper import lists, store
from warta.paper.pages import ArticlePage

_BATCH: Final = 200
_FEW: Final = 10


@cache
def parts() -> Parts:
    """Return the cache of this process."""
    words = (settings.WARTA_NAME, settings.WARTA_TAGLINE, settings.WARTA_SITE_URL, settings.LANGUAGE_CODE)
    return Parts(settings.WARTA_CACHE / "parts.sqlite3", version=version(*words, settings.WARTA_ZONE))


def make(article_id: int, *, now: datetime) -> Part | None:
    """Make the part of an article as it is stored now, to be seen or not; None when there is no such page."""
    stored = store.stored(store.article_key(article_id))
    if stored is None or not isinstance(stored.page, ArticlePage):
        return None
    page = stored.page
    pieces = render.article_pieces(page, lists=render.Lists(), shell=shell.bare(), now=now)
    return Part(
        id=page.id,
        number=stored.number,
        path=page.path,
        lang=page.lang,
        start=stored.visible_from.timestamp(),
        stop=stored.visible_until.timestamp() if stored.visible_until else None,
        head=segments.pack(pieces.head),
        body=segments.pack(pieces.body),
    )


def fill(article_id: int) -> None:
    """Make the part of an article, and keep it."""
    try:
        part = make(article_id, now=timezone.now())
    except Error:
        close_old_connections()  # no request of Django's begins or ends in this thread, which would do it
        raise
    if part is not None:
        parts().put(part)


class Warmer:
    """Keeps the cache filled from the worker: what changed at once, what is missing little by little, newest first."""

    def __init__(self) -> None:
        self._number: int | None = None
        self._behind: lists.Cursor | None = None
        self._is_full = False

    def step(self, now: datetime) -> bool:
        """Do a little of what is to be done; tell whether there may be more."""
        if self._number is None:
            self._number = catch_up(parts())
        changes = store.changes(self._number, _BATCH)
        for change in changes:
            self._fill(store.article_id(change.key), now)
            self._number = change.number
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
        self._is_full = not page or parts().trim() > 0
        return not self._is_full

    def _fill(self, article_id: int | None, now: datetime) -> None:
        part = None if article_id is None else make(article_id, now=now)
        if part is not None:
            parts().put(part)


def catch_up(cache_: Parts) -> int:
    """Tell the cache of all changes since it last knew, and return the number of the last."""
    last, (upto, furthest) = store.last_number(), cache_.upto()
    if last < furthest or furthest == 0:
        cache_.clear(upto=last)
        return last
    while changes := store.changes(upto, 1000):
        upto = changes[-1].number
        pairs = [(number, change.number) for change in changes if (number := store.article_id(change.key)) is not None]
        cache_.changed(pairs, upto=upto)
    return upto
