"""Tells the caches in front of the paper what changed: one thread of the worker's for each, so that none waits.

What a cache was told last is kept in a small file of its own in `WARTA_HOME/purge`; without it, the cache is told of
what changes from then on.
"""

import hashlib
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final

import msgspec
from django.conf import settings
from django.db import Error, connections

from warta.delivery import caches, surrogates
from warta.delivery.caches import Cache, NotToldError
from warta.paper import store
from warta.paper.pages import GonePage

PAUSE_S: Final = 1.0
"""How often a cache is told of something, at most, while it keeps up."""
AGAIN_S: Final = 2.0
"""After how long what is gone is said once more, should a reader's process have answered with it meanwhile."""
_SETTLE_S: Final = 0.2
"""How long readers' processes have to see a change before caches ask them for it."""
_LOOK_S: Final = 0.1
_LONGEST_WAIT_S: Final = 30.0

_log: Final = logging.getLogger(__name__)


class Told(msgspec.Struct, frozen=True):
    """What a cache was told: all changes up to `number`; `error` says why no more, if it did not take them."""

    cache: str
    number: int
    error: str = ""


class Purger:
    """Follows the paper for one cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._told: Told | None = None
        self._again: list[tuple[float, Sequence[str], Sequence[str]]] = []
        self._stop = Event()
        self._thread = Thread(target=self._run, name=f"purge {cache.name}", daemon=True)

    def start(self) -> None:
        """Begin to tell the cache."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; what was not told yet is told after the next start."""
        self._stop.set()
        self._thread.join(caches.TIMEOUT_S + 1)

    def step(self) -> bool:
        """Tell the cache of what changed, some 90 changes at most; tell whether there may be more.

        Raises: django.db.Error; NotToldError.
        """
        self._tell_again()
        told = self._last()
        last = store.last_number()
        if last < told.number:  # the paper was put back to an earlier state: no page can be trusted
            caches.tell(self._cache, gone=[surrogates.SHELL], changed=[], paths=[])
            self._remember(last)
            return False
        changes = store.changes(told.number, caches.MOST_KEYS) if last > told.number else []
        if not changes:
            if told.error:
                self._remember(told.number)
            return False
        self._stop.wait(_SETTLE_S)
        stale = surrogates.stale(changes)
        paths = _paths([change.key for change in changes if change.kind == "gone"])
        caches.tell(self._cache, gone=stale.gone, changed=stale.changed, paths=paths)
        if stale.gone:
            self._again.append((time.monotonic() + AGAIN_S, stale.gone, paths))
        self._remember(changes[-1].number)
        return len(changes) == caches.MOST_KEYS

    def _run(self) -> None:
        wait_s = PAUSE_S
        while not self._stop.is_set():
            try:
                number = self._last().number
                has_more = self.step()
            except NotToldError as error:
                self._fail(str(error))
                self._stop.wait(wait_s)
                wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
            except Error as error:
                _log.warning("the database does not answer; %s is told later: %s", self._cache.name, error)
                connections.close_all()
                self._stop.wait(PAUSE_S)
            else:
                wait_s = PAUSE_S
                if not has_more:
                    self._stop.wait(_LOOK_S if self._last().number == number else PAUSE_S)
        connections.close_all()

    def _tell_again(self) -> None:
        now = time.monotonic()
        while self._again and self._again[0][0] <= now:
            _, gone, paths = self._again[0]
            caches.tell(self._cache, gone=gone, changed=[], paths=paths)
            del self._again[0]

    def _last(self) -> Told:
        if self._told is None:
            self._told = told(self._cache)
        if self._told is None:
            self._write(Told(self._cache.name, store.last_number()))
        assert self._told is not None  # noqa: S101 — _write set it
        return self._told

    def _remember(self, number: int) -> None:
        if self._last().error:
            _log.warning("%s is told again", self._cache.name)
        self._write(Told(self._cache.name, number))

    def _fail(self, error: str) -> None:
        if error != self._last().error:
            _log.warning("%s; trying again", error)
            self._write(Told(self._cache.name, self._last().number, error))

    def _write(self, told_: Told) -> None:
        self._told = told_
        path = _path(self._cache)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".half")
            half.write_bytes(msgspec.json.encode(told_))
            half.replace(path)
        except OSError as error:
            _log.warning("%s cannot be written: %s", path, error)


def told(cache: Cache) -> Told | None:
    """Return what a cache was told, None when it was never told anything."""
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(_path(cache).read_bytes(), type=Told)
    return None


def _path(cache: Cache) -> Path:
    name = hashlib.blake2b(cache.name.encode(), digest_size=8).hexdigest()
    return Path(settings.WARTA_HOME) / "purge" / f"{name}.json"


def _paths(keys: Sequence[str]) -> list[str]:
    found = [store.stored(key) for key in keys]
    return [stored.page.path for stored in found if stored is not None and isinstance(stored.page, GonePage)]
