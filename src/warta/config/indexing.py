"""Follows the paper for an index on a server of its own: a thread of the worker's, so that nobody waits for it."""

import logging
from threading import Event, Thread
from typing import Final

from django.db import connections
from django.utils import timezone

from warta.search import follow as search

_LOOK_S: Final = 0.25
"""How often it looks for what was published; that is found within a second."""
_AWAY_S: Final = 2.0

_log: Final = logging.getLogger(__name__)


class Indexer:
    """Brings what was published into the index, and tries again for as long as the server does not take it."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._error = ""
        self._thread = Thread(target=self._run, name="index", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; what was not brought in yet is brought in after the next start."""
        self._stopping.set()
        self._thread.join(_AWAY_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            wait_s = self._step()
            if self._error:
                connections.close_all()
            self._stopping.wait(wait_s)
        connections.close_all()

    def _step(self) -> float:
        """Bring a few changes in; return how long to wait before the next, in seconds."""
        try:
            has_worked = search.step(timezone.now())
        except Exception as error:  # noqa: BLE001 — whatever is answered there, the worker goes on and tries again
            if str(error) != self._error:
                _log.warning("the index does not follow the paper, trying again: %r", error)
            self._error = str(error)
            return _AWAY_S
        if self._error:
            _log.warning("the index follows the paper again")
            self._error = ""
        return 0 if has_worked else _LOOK_S
