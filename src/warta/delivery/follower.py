"""Follows the paper in a thread of its own: sees a change within milliseconds, keeps the last edition when it cannot.

On SQLite it asks the file's change counter, every 2 ms while a file is written to and seldom else; on PostgreSQL it
listens, and asks once a second in case a notice was lost. Requests read `edition`, one reference, replaced whole.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Final

from django.conf import settings
from django.db import Error, close_old_connections, connections
from django.utils import timezone

from warta.delivery import edition, making
from warta.delivery.edition import Edition
from warta.delivery.making import Keeper
from warta.delivery.parts import Parts
from warta.delivery.shelf import Shelf
from warta.delivery.turns import turn
from warta.paper import notices

POLL_S: Final = 0.002
_RETRY_S: Final = 0.5

_log: Final = logging.getLogger(__name__)


class Follower:
    """Holds the edition of now; `edition` is None only until the first could be made, or taken from the shelf."""

    def __init__(self, parts: Parts, shelf: Shelf, *keepers: Keeper) -> None:
        self.edition: Edition | None = None
        self.failing_since: datetime | None = None
        self._parts = parts
        self._shelf = shelf
        # In this order: what is being kept is on the shelf before it is forgotten there, and what was taken from the
        # shelf meanwhile is forgotten again.
        self._keepers = (*keepers, shelf, *keepers)
        self._lock = Lock()
        self._stop = Event()
        self._thread = Thread(target=self._run, name="follower", daemon=True)
        self._told = 0
        self._on_new: Callable[[], object] = lambda: None

    def start(self, on_new: Callable[[], object] = lambda: None) -> None:
        """Begin to follow; `on_new` is called, in the follower's thread, when there is a new edition."""
        self._on_new = on_new
        self._thread.start()

    def stop(self) -> None:
        """Stop following; waits for the step that is under way."""
        self._stop.set()
        self._thread.join(5)

    def step(self, now: datetime) -> bool:
        """Make a new edition if anything changed; tell whether one was made.

        Raises: django.db.Error.
        """
        present = self.edition
        signs = edition.signs()
        if present is not None and _is_good(present, signs, now) and self._told == signs[0]:
            return False
        self._told = making.catch_up(self._parts, *self._keepers)
        with turn(settings.WARTA_CACHE, "edition"):
            kept = self._shelf.edition()
            if kept is not None and _is_good(kept, signs, now):  # another process was quicker
                made = kept
            else:
                made = edition.make(now, signs)
                self._shelf.keep_edition(made)
        with self._lock:
            self.edition = made
        return True

    def take_last(self) -> None:
        """Take the last edition from the shelf when there is none of this process: the database is away."""
        kept = self._shelf.edition()
        with self._lock:
            self.edition = self.edition or kept

    def _run(self) -> None:
        watch = notices.watch()
        while not self._stop.is_set():
            try:
                self._attempt(watch)
            except Exception as error:  # noqa: BLE001 — it follows as long as the process lives, whatever is broken
                if self.failing_since is None:
                    trace = None if isinstance(error, Error) else error
                    _log.warning("no new edition; readers keep the last: %r", error, exc_info=trace)
                    self.take_last()
                    self.failing_since = timezone.now()
                watch.forget()
                connections.close_all()
                self._stop.wait(_RETRY_S)
        watch.forget()
        connections.close_all()

    def _attempt(self, watch: notices.Watch) -> None:
        present = self.edition
        left_s = (present.ends_at - timezone.now()).total_seconds() if present else 0.0
        if present is None or left_s <= 0 or watch.wait(min(left_s, 1.0), POLL_S):
            close_old_connections()
            if self.step(timezone.now()):
                self._on_new()
            if self.failing_since is not None:
                _log.warning("editions are made again, after %s", timezone.now() - self.failing_since)
                self.failing_since = None


def _is_good(made: Edition, signs: tuple[int, int], now: datetime) -> bool:
    return (made.number, made.ranking) == signs and now < made.ends_at


def wait_for_first(follower: Follower, seconds: float) -> bool:
    """Wait until the first edition is there; when the time is over take the last from the shelf. False without one."""
    deadline = time.monotonic() + seconds
    while follower.edition is None and time.monotonic() < deadline and follower.failing_since is None:
        time.sleep(0.01)
    follower.take_last()
    return follower.edition is not None
