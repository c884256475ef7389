"""Reads on their way to the database: noted in memory while readers wait for nothing, written twice a second."""

import asyncio
import logging
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import Lock
from typing import Final

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connections
from django.utils import timezone

from warta.reads import buckets
from warta.reads.buckets import Batch, End, Mark, Read
from warta.reads.sieve import FASTEST, Rule, Signal

LIMIT: Final = 200_000
"""Beacons that may wait in one process, about 150 MB; further ones are dropped and the dropped are counted."""
EVERY_S: Final = 0.5
"""Time between two flushes; a process that is killed loses what came since the last, and what one was about to write:
less than a second of it."""
BEHIND: Final = 2_000
"""Reads that may be noted while a flush writes others; whoever brings more gives way to it."""
_GIVE_WAY_S: Final = 0.0002

_log: Final = logging.getLogger(__name__)


class Tally:
    """The beacons of one process that are not in the database yet. Notes come from any thread, flushes from one."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = Lock()
        self._process = ""  # named at the first flush: workers are forked from a process that loaded everything
        self._noted = Batch(1)
        self._in_flight: Batch | None = None
        self._dropped = 0
        self._second = 0
        self._paces: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._noted) + len(self._in_flight or ())

    @property
    def dropped(self) -> int:
        """How many reads found no room since the process began."""
        return self._dropped

    def drop(self, signal: Signal, rule: Rule, now_s: float) -> None:
        """Remember that a beacon was dropped, and by which rule."""
        with self._lock:
            self._noted.told[int(now_s) // 3600, signal, rule] += 1

    def note(self, read: Read, mark: Mark, now_s: float) -> None:
        """Remember one read; the same reader, article and hour take room once.

        When more come than are written, each that comes waits a moment, in which the interpreter is the flush's: reads
        are taken as fast as they are written, and a crash loses no more than ever.
        """
        with self._lock:
            noted = self._noted
            rule = self._objection(read, int(now_s))
            if rule is None:
                noted.reads[read] = mark
            else:
                noted.told[read.hour, Signal.READ, rule] += 1
                self._dropped += rule is Rule.FULL
        if self._in_flight is not None and len(noted.reads) > BEHIND:
            time.sleep(_GIVE_WAY_S)

    def note_end(self, read: Read, end: End) -> None:
        """Remember how long and how far a visit went, once for each reader, article and hour."""
        with self._lock:
            if read in self._noted.ends:
                self._noted.told[read.hour, Signal.END, Rule.REPEAT] += 1
            elif len(self) >= self._limit:
                self._noted.told[read.hour, Signal.END, Rule.FULL] += 1
            else:
                self._noted.ends[read] = end

    def flush(self, now: datetime) -> int:
        """Write what was noted and return how many reads were counted.

        What could not be written stays as it was, under its number, and is tried again before what came since: whether
        its commit arrived or not, it counts once.
        Raises: django.db.Error, and whatever else is broken.
        """
        count = 0
        self._process = self._process or secrets.token_hex(8)
        if self._in_flight is not None:
            count += self._write(self._in_flight, now)
        with self._lock:
            if self._noted.is_empty:
                return count
            batch = self._in_flight = self._noted
            self._noted = Batch(batch.number + 1)
        return count + self._write(batch, now)

    def _write(self, batch: Batch, now: datetime) -> int:
        count = buckets.add(batch, process=self._process, now=now)
        with self._lock:
            self._in_flight = None
        return count

    def _objection(self, read: Read, second: int) -> Rule | None:
        if second != self._second:
            self._second = second
            self._paces.clear()
        pace = self._paces[read.seed] = self._paces.get(read.seed, 0) + 1
        if pace > FASTEST:
            return Rule.TOO_FAST
        if read in self._noted.reads:
            return Rule.REPEAT
        return Rule.FULL if len(self) >= self._limit else None


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
