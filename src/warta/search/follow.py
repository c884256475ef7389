"""Follows the paper: every change is brought into the index, and the number of the last one with it."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from warta.lexicon.zones import zone
from warta.paper import store
from warta.paper.pages import ArticlePage
from warta.paper.store import Change
from warta.search import document, index, opensearch
from warta.search.document import Entry

BATCH: Final = 50
"""How many changes one step of the worker looks at."""
STEP_S: Final = 0.05
"""After how long a step ends with the article it is at."""
_IN_BULK: Final = 500
_KEPT: Final = timedelta(minutes=1)
"""How long the former generation is kept for those who are reading it."""

_log: Final = logging.getLogger(__name__)


def step(now: datetime, *, limit: int = BATCH, seconds: float = STEP_S) -> bool:
    """Bring a few changes into the index; tell whether there was anything to do.

    Raises: django.db.Error; nothing is written then, and the next step begins where this one did.
    """
    known = index.state()
    if known.former is not None and known.switched_at is not None and now - known.switched_at > _KEPT:
        with transaction.atomic(using=index.alias()):
            index.drop(known.former)
            index.keep(replace(index.state(is_locked=True), former=None))
    last = store.last_number()
    if last < known.number or (last and not known.number):  # an older paper was put back, or this is the beginning
        _begin()
        known = replace(known, number=0)
    if last == known.number:
        return False
    number, entries, gone = _read(known.number, limit, time.monotonic() + seconds)
    with transaction.atomic(using=index.alias()):
        present = index.state(is_locked=True)
        if (present.generation, present.number) != (known.generation, known.number):
            return True  # another process was quicker
        index.write(known.generation, entries, gone, number=number)
        index.keep(replace(present, number=number))
    return True


def waiting() -> int:
    """Return how many changes the index does not know yet.

    Raises: django.db.Error.
    """
    return store.last_number() - index.state().number


def catch_up(now: datetime) -> None:
    """Bring all changes into the index, many at a time: after an import.

    Raises: django.db.Error.
    """
    while step(now, limit=_IN_BULK, seconds=float("inf")):
        pass


def elsewhere() -> str:
    """Tell which server has the index and how far it is; empty when it lies in the database.

    Raises: django.db.Error.
    """
    if not index.is_elsewhere():
        return ""
    return f"OpenSearch {opensearch.version()} has all up to change {index.state().number} of {store.last_number()}"


def reindex(now: datetime, told: Callable[[int, int], object] = lambda done, of: None) -> None:
    """Make the index anew beside the one that is asked, and switch to it in one transaction.

    Readers are answered all the time, and the worker goes on with the one that is asked. `told` hears how far it is:
    the change that was read last, and the paper's last.
    Raises: django.db.Error; the index that is asked stays as it is.
    """
    known = index.state()
    made = max(known.generation, known.former or 0) + 1
    with transaction.atomic(using=index.alias()):
        index.create(made)
    number = 0
    while (last := store.last_number()) > number:
        number, entries, gone = _read(number, _IN_BULK, float("inf"))
        with transaction.atomic(using=index.alias()):
            index.write(made, entries, gone, number=number)
        told(number, last)
    with transaction.atomic(using=index.alias()):
        present = index.state(is_locked=True)
        if present.former is not None:
            index.drop(present.former)
        index.keep(index.State(made, number, present.generation, now))


def _begin() -> None:
    with transaction.atomic(using=index.alias()):
        present = index.state(is_locked=True)
        index.create(present.generation)
        index.keep(replace(present, number=0))


def _read(after: int, limit: int, until: float) -> tuple[int, list[Entry], list[str]]:
    """Return the number of the last change that was read, what is to be put in, and the keys of what is gone."""
    changes = store.changes(after, limit)
    if not changes:  # what had these numbers was written again meanwhile
        return store.last_number(), [], []
    pages = store.stored_many(_articles(changes))
    site_zone = zone(settings.WARTA_ZONE)
    entries: list[Entry] = []
    gone: list[str] = []
    number = after
    for change in changes:
        number = change.number
        if store.article_id(change.key) is None:
            continue
        kept = pages.get(change.key)
        made = None
        if kept is not None and isinstance(kept.page, ArticlePage):
            try:
                made = document.entry(
                    kept.page,
                    key=change.key,
                    visible_from=kept.visible_from,
                    visible_until=kept.visible_until,
                    zone=site_zone,
                )
            except ValueError as error:
                _log.warning("%s cannot be found by its words: %s", change.key, error)
        if made is None:
            gone.append(change.key)
        else:
            entries.append(made)
        if time.monotonic() > until:
            break
    return number, entries, gone


def _articles(changes: Sequence[Change]) -> list[str]:
    return [change.key for change in changes if store.article_id(change.key) is not None]
