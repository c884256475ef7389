"""Reads on their way to the database: noted in memory while readers wait for nothing, written each second."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import Lock
from typing import Final

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connections
from django.utils import timezone

from warta.reads import buckets
from warta.reads.buckets import Read

LIMIT: Final = 200_000
"""Reads that may wait in one process, about 50 MB; further ones are dropped and the dropped are counted."""
EVERY_S: Final = 1.0
"""Time between two flushes, and so what a process that is killed may lose."""

_log: Final = logging.getLogger(__name__)


class Tally:
    """The reads of one process that are not in the database yet. Notes come from any thread, flushes from one."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = Lock()
        self._noted: set[Read] = set()
        self._in_flight = 0
        self._dropped = 0

    def __len__(self) -> int:
        return len(self._noted) + self._in_flight

    @property
    def dropped(self) -> int:
        """How many reads found no room since the process began."""
        return self._dropped

    def note(self, article_id: int, seed: bytes, at: datetime) -> None:
        """Remember one read; the same reader, article and hour take room once."""
        read = Read(article_id, buckets.hour_of(at), seed)
        with self._lock:
            if len(self) < self._limit:
                self._noted.add(read)
            elif read not in self._noted:
                self._dropped += 1

    def flush(self, now: datetime) -> int:
        """Write what was noted and return how many reads were new. What cannot be written waits for the next flush.

        Raises: django.db.Error, and whatever else is broken.
        """
        with self._lock:
            batch, self._noted = self._noted, set()
            self._in_flight = len(batch)
        is_written = False
        try:
            count = buckets.add(batch, now=now)
            is_written = True
        finally:
            with self._lock:
                self._in_flight = 0
                if not is_written:
                    self._noted |= batch
        return count


PROCESS: Final = Tally()
"""The tally of this process."""


async def run(stop: asyncio.Event, *, tally: Tally = PROCESS, every_s: float = EVERY_S) -> None:
    """Flush a tally until `stop` is set, and a last time then, in a thread of its own with connections of its own."""
    flushes = _Flushes(tally)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reads") as thread:
        flush = sync_to_async(flushes.attempt, thread_sensitive=False, executor=thread)
        is_last = False
        while not is_last:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every_s)
            is_last = stop.is_set()  # asked before the flush: what is noted during one needs another
            await flush()
        await sync_to_async(connections.close_all, thread_sensitive=False, executor=thread)()


class _Flushes:
    """Flushes one after the other; a fault is told of once, and once when it is over."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._is_failing = False
        self._dropped = tally.dropped

    def attempt(self) -> None:
        """Flush, and leave what cannot be written to the next attempt."""
        close_old_connections()
        try:
            self._tally.flush(timezone.now())
        except Exception:  # noqa: BLE001 — counting goes on as long as the process lives, whatever is broken behind it
            if not self._is_failing:
                _log.exception("reads cannot be written and wait in memory")
            self._is_failing = True
            return
        if self._is_failing:
            dropped = self._tally.dropped - self._dropped
            _log.warning("reads are written again; %d found no room in the meantime", dropped)
            self._is_failing, self._dropped = False, self._tally.dropped
