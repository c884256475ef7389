"""Who republished what: hosts whose pages show the mark of an article, noted in memory and written each few seconds.

Whoever asks for the mark says where it stands, and may say anything: what is kept of it is bounded.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections, connections, transaction

from warta import plain
from warta.delivery.models import Republication

HOST: Final = re.compile(r"(?=.{4,100}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}", re.ASCII)
"""A name of a host as the domain name system has it, and no address."""
EVERY_S: Final = 5.0
MOST_HOSTS: Final = 100
"""How many hosts are kept for one article; others are not noted any more."""
_MOST_WAITING: Final = 5_000

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Copy:
    """An article on another site: since when and until when its mark was seen there, and how often it was loaded."""

    article_id: int
    host: str
    first_at: datetime
    last_at: datetime
    loads: int


class Marks:
    """The marks that one process showed and that are not in the database yet."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._noted: dict[tuple[int, str], tuple[int, datetime]] = {}

    def note(self, article_id: int, host: str, at: datetime) -> None:
        """Note that a mark was shown; a new one finds no room when too many wait."""
        with self._lock:
            count, _ = self._noted.get((article_id, host), (0, at))
            if count or len(self._noted) < _MOST_WAITING:
                self._noted[article_id, host] = (count + 1, at)

    def flush(self) -> None:
        """Write what was noted; what cannot be written waits for the next flush.

        Raises: django.db.Error.
        """
        with self._lock:
            noted, self._noted = self._noted, {}
        try:
            if noted:
                _write([(number, host, count, at) for (number, host), (count, at) in noted.items()])
        except Error:
            with self._lock:
                for key, (count, at) in noted.items():
                    more, last = self._noted.get(key, (0, at))
                    self._noted[key] = (count + more, max(at, last))
            raise


PROCESS: Final = Marks()
"""The marks of this process."""


async def run(stop: asyncio.Event, *, marks: Marks = PROCESS, every_s: float = EVERY_S) -> None:
    """Write marks until `stop` is set, and a last time then, in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="republished") as thread:
        flush = sync_to_async(lambda: _attempt(marks), thread_sensitive=False, executor=thread)
        is_last = False
        while not is_last:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every_s)
            is_last = stop.is_set()
            await flush()
        await sync_to_async(connections.close_all, thread_sensitive=False, executor=thread)()


def newest(limit: int, *, behind: int = 0) -> list[tuple[int, Copy]]:
    """Return who republished what, the newest first, each with its number; `behind` is the number of the last seen."""
    rows = Republication.objects.order_by("-id")
    rows = rows.filter(id__lt=behind) if behind else rows
    return [(row.pk, Copy(row.article_id, row.host, row.first_at, row.last_at, row.loads)) for row in rows[:limit]]


def _attempt(marks: Marks) -> None:
    close_old_connections()
    try:
        marks.flush()
    except Error as error:
        _log.warning("who republished what cannot be written, and waits: %s", error)


@transaction.atomic
def _write(noted: Sequence[tuple[int, str, int, datetime]]) -> None:
    """Add to the rows that are there; open others as far as an article has room for them."""
    for number, host, count, at in noted:
        known = plain.do(
            "UPDATE delivery_republication SET loads = loads + %s, last_at = %s WHERE article_id = %s AND host = %s",
            *(count, at, number, host),
        )
        rows = Republication.objects.filter(article_id=number)
        if not known and len(rows.values_list("pk")[:MOST_HOSTS]) < MOST_HOSTS:
            plain.do(
                "INSERT INTO delivery_republication (article_id, host, first_at, last_at, loads)"
                " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (article_id, host) DO UPDATE SET"
                " loads = delivery_republication.loads + excluded.loads, last_at = excluded.last_at",
                *(number, host, at, at, count),
            )
