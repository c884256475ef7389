"""Tells others what changed in the paper: one thread of the worker's for each of them, so that none waits.

What somebody was told last is kept in a small file of its own in `WARTA_HOME`; without it, they are told of what
changes from then on.
"""

import hashlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Final

import msgspec
from django.conf import settings
from django.db import Error, connections
from django.utils import timezone

from warta.delivery.asking import TIMEOUT_S, NotToldError
from warta.paper import store
from warta.paper.pages import ArticlePage
from warta.paper.store import Change

PAUSE_S: Final = 1.0
"""How often somebody is told of something, at most, while they keep up."""
ARTICLES: Final = frozenset({"article", "gone", "removed"})
"""The kinds of changes that concern an article."""
_FRESH: Final = timedelta(days=30)

_log: Final = logging.getLogger(__name__)


class Told(msgspec.Struct, frozen=True):
    """What somebody was told: all changes up to `number`; `error` says why no more, and `since` when that began."""

    name: str
    number: int
    error: str = ""
    since: datetime | None = None


class Teller(ABC):
    """Follows the paper for somebody: `folder` is where it is noted, `most` so many changes are told of at once."""

    folder = ""
    most = 90
    look_s = 0.1
    """How often is looked for something new."""
    longest_wait_s = 30.0
    """How long is waited at most before somebody who did not take it is told again."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stopping = Event()
        self._told: Told | None = None
        self._thread = Thread(target=self._run, name=f"{self.folder} {name}".strip(), daemon=True)

    @abstractmethod
    def tell(self, changes: Sequence[Change]) -> None:
        """Tell of changes, at least one and at most `most`.

        Raises: django.db.Error; NotToldError.
        """

    @abstractmethod
    def tell_all(self) -> None:
        """Tell that the paper was put back to an earlier state, so that nothing is known of what changed.

        Raises: NotToldError.
        """

    def remind(self) -> None:  # noqa: B027 — few have anything to say twice
        """Say again what must be said twice; by default nothing."""

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; what was not told yet is told after the next start."""
        self.stopping.set()
        self._thread.join(TIMEOUT_S + 1)

    def step(self) -> bool:
        """Tell of what changed, so many changes at most; tell whether there may be more.

        Raises: django.db.Error; NotToldError.
        """
        self.remind()
        told = self._last()
        last = store.last_number()
        if last < told.number:
            self.tell_all()
            self._remember(last)
            return False
        changes = store.changes(told.number, self.most) if last > told.number else []
        if not changes:
            if told.error:
                self._remember(told.number)
            return False
        self.tell(changes)
        self._remember(changes[-1].number)
        return len(changes) == self.most

    @property
    def has_died(self) -> bool:
        """Tell whether it was started and ended without being told to: something broke that nobody thought of."""
        return self._thread.ident is not None and not self._thread.is_alive() and not self.stopping.is_set()

    def _run(self) -> None:
        wait_s = PAUSE_S
        while not self.stopping.is_set():
            try:
                number = self._last().number
                try:
                    has_more = self.step()
                except NotToldError as error:
                    self._fail(str(error))
                    self.stopping.wait(wait_s)
                    wait_s = min(wait_s * 2, self.longest_wait_s)
                    continue
            except Error as error:
                _log.warning("the database does not answer; %s is told later: %s", self.name, error)
                connections.close_all()
                self.stopping.wait(PAUSE_S)
            else:
                wait_s = PAUSE_S
                if not has_more:
                    self.stopping.wait(self.look_s if self._last().number == number else PAUSE_S)
        connections.close_all()

    def read(self) -> Told | None:
        """Return what was noted of what they were told, None before the first time.

        Raises: django.db.Error, where it is kept in the database.
        """
        return told(self.folder, self.name)

    def write(self, told_: Told) -> None:
        """Note what they were told.

        Raises: django.db.Error, where it is kept in the database.
        """
        path = _path(self.folder, self.name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".half")
            half.write_bytes(msgspec.json.encode(told_))
            half.replace(path)
        except OSError as error:
            _log.warning("%s cannot be written: %s", path, error)

    def _last(self) -> Told:
        if self._told is None:
            self._told = self.read()
        if self._told is None:
            self._keep(Told(self.name, store.last_number()))
        assert self._told is not None  # noqa: S101 — _keep set it
        return self._told

    def _remember(self, number: int) -> None:
        if self._last().error:
            _log.warning("%s is told again", self.name)
        self._keep(Told(self.name, number))

    def _fail(self, error: str) -> None:
        last = self._last()
        if error != last.error:
            _log.warning("%s; trying again", error)
            self._keep(Told(self.name, last.number, error, last.since or timezone.now()))

    def _keep(self, told_: Told) -> None:
        self._told = told_
        self.write(told_)


def is_fresh(page: ArticlePage, now: datetime) -> bool:
    """Tell whether an article was published, updated or corrected lately: an archive that comes over is no news."""
    changed = (page.updated_at or page.published_at, *(correction.at for correction in page.corrections))
    return max([page.published_at, *changed]) >= now - _FRESH


def told(folder: str, name: str) -> Told | None:
    """Return what somebody was told, None when they were never told anything."""
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(_path(folder, name).read_bytes(), type=Told)
    return None


def _path(folder: str, name: str) -> Path:
    written = hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
    return Path(settings.WARTA_HOME) / folder / f"{written}.json"
