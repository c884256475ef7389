"""The worker: one plain process that presses what the newsroom leaves, keeps the schedule, ranks and indexes."""

import gc
import logging
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from typing import Final

from django.conf import settings
from django.db import Error, connections
from django.utils import timezone

from warta.config.indexing import Indexer
from warta.delivery import indexnow, making
from warta.delivery.hub import Herald
from warta.delivery.purge import Purger
from warta.delivery.telling import Teller
from warta.delivery.webhooks import Switchboard
from warta.newsroom import schedule
from warta.newsroom.actions import thin as editing
from warta.newsroom.signin import records as sign_ins
from warta.paper import notices
from warta.press import run as press
from warta.reads import lists as reads
from warta.reads import rolling, windows
from warta.search import follow as search

IDLE_S: Final = 0.05
"""How long the worker waits for a sign of work before it looks for itself."""
_POLL_S: Final = 0.002
_GRACE_S: Final = 0.03
"""How long readers' processes are left alone with their new edition before parts are made for them."""
_SWEEP_S: Final = 60.0
_FIRST_SWEEP_S: Final = 15.0
"""After a start, what was published or fell due meanwhile comes first."""
_A_FEW: Final = 5
"""How many due articles are made live between two publications."""
_MANY: Final = 20
"""After so many publications without a pause, articles are pressed by the lot."""
_THINNED_AGAIN: Final = timedelta(minutes=5)
_THINNED_FIRST: Final = timedelta(days=2)

_log = logging.getLogger(__name__)


class Worker:
    """Works until it is told to stop, and finishes what it has begun."""

    def __init__(self) -> None:
        self._is_stopping = False
        self._streak = 0
        self._next_second = 0.0
        self._next_sweep = time.monotonic() + _FIRST_SWEEP_S
        self._has_thinned = False
        self._sweeps: list[Callable[[datetime], object]] = []
        self._is_due = self._is_tending = False
        self._schedule = schedule.Runner()
        self._warm_at = 0.0
        self._warmer = making.Warmer()
        self._watch = notices.watch()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; when the database is away, wait for it."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        tellers: list[Teller | Switchboard | Indexer] = [
            Switchboard(),
            *(Purger(cache) for cache in settings.WARTA_PURGE),
        ]
        if settings.WARTA_WEBSUB_HUB:
            tellers.append(Herald(settings.WARTA_WEBSUB_HUB))
        if settings.WARTA_INDEXNOW:
            tellers.append(indexnow.Caller(settings.WARTA_INDEXNOW))
        if settings.WARTA_OPENSEARCH:
            tellers.append(Indexer())
        for teller in tellers:
            teller.start()
        self._attempt(press.press_outdated)
        gc.freeze()  # what is loaded is not looked through for rubbish again, which would hold up a publication
        while not self._is_stopping:
            if not self._attempt(self.once):
                self._attempt(self._wait)
        for teller in tellers:
            teller.stop()
        self._watch.forget()
        connections.close_all()

    def once(self) -> bool:
        """Do what is due now: one Dispatch, a few articles, each second list and index. Tell whether there was work."""
        clock = time.monotonic()
        if clock >= self._next_second:
            self._next_second = clock + 1.0
            self._is_due = self._is_tending = True
            reads.refresh(timezone.now())
            self._index()  # however much is published: what was published before can be found
        if clock >= self._next_sweep:
            self._next_sweep = clock + _SWEEP_S
            self._sweeps = [rolling.sweep, sign_ins.sweep, self._thin]
        if self._is_due:  # a few at a time: what is published meanwhile is pressed between them
            self._is_due = self._schedule.step(timezone.now(), _A_FEW) >= _A_FEW
        if self._press():
            self._warm_at = time.monotonic() + _GRACE_S
            return True
        if self._sweeps and not self._is_due:  # one at a time, when nothing else is to be done
            self._sweeps.pop()(timezone.now())
            return True
        if self._is_due or clock < self._warm_at:
            return self._is_due
        return self._index() or self._warmer.step(timezone.now()) or self._tend()

    def _press(self) -> bool:
        """Press one Dispatch, or when many wait, as during an import, many articles at once."""
        is_flood = self._streak >= _MANY
        has_pressed = (is_flood and press.press_lot(timezone.now()) > 0) or press.press_next(timezone.now())
        self._streak = self._streak + 1 if has_pressed else 0
        return has_pressed

    def _index(self) -> bool:
        """Bring a few changes into the index, unless that lies elsewhere and a thread does it."""
        return not settings.WARTA_OPENSEARCH and search.step(timezone.now())

    def _tend(self) -> bool:
        """Tend the windows of the lists a little more, and wait then: others write there too."""
        self._is_tending = self._is_tending and windows.tend(timezone.now())
        return False

    def _thin(self, now: datetime) -> None:
        """Thin autosaves of the time since the last sweep; after a start, of the last two days."""
        editing.thin(now, since=now - (_THINNED_AGAIN if self._has_thinned else _THINNED_FIRST))
        self._has_thinned = True

    def _wait(self) -> bool:
        return self._watch.wait(IDLE_S, _POLL_S)

    def _attempt(self, work: Callable[[], object]) -> bool:
        try:
            return bool(work())
        except Error as error:
            _log.warning("the database does not answer, trying again in a second: %s", error)
            self._watch.forget()
            connections.close_all()
            time.sleep(1)
            return True

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True
