"""Helpers beside a long command, so that what one core files others press and index."""

import gc
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from django.db import Error, connections
from django.utils import timezone

from warta.press import run as press
from warta.search import follow as search

_LOT: Final = 500
"""Large, for with each lot the helper waits until the command lets it write."""
_INDEXED: Final = 2000
"""Larger still: what counts in how many articles a word stands is written once for all of a lot."""
_YIELDS: Final = 5
"""By how much helpers stand back: what one core does alone, to file, decides how long an import takes."""
_IDLE_S: Final = 0.05
_AWAY_S: Final = 1.0


def _press() -> bool:
    return press.press_lot(timezone.now(), _LOT) > 0 or press.press_next(timezone.now())


def _index() -> bool:
    return search.waiting() >= _INDEXED and search.step(timezone.now(), limit=_INDEXED, seconds=float("inf"))


HELPERS: Final[dict[str, Callable[[], bool]]] = {"press": _press, "index": _index}
"""What each does over and over; the index's last lot, smaller than others, is written when the command is through."""

_log: Final = logging.getLogger(__name__)


def look_for_rubbish_seldom() -> None:
    """Spare a long command what costs it a tenth: a lot is many thousand objects, nearly all of them in use."""
    gc.freeze()
    gc.set_threshold(50_000, 4, 2)


@contextmanager
def helping(*works: str) -> Iterator[None]:
    """Press and index on other cores while articles are filed here; what was begun is finished at the block's end.

    `works` names what of `HELPERS` is done, without it all. There are two helpers, so that one has the processor while
    the other waits for its turn to write. When this process is killed they end too; the next presses what is left.
    """
    forked = multiprocessing.get_context("fork")  # they have all that this process has loaded, but its connections
    connections.close_all()
    helpers = [forked.Process(target=_help_out, args=(what, os.getpid()), daemon=True) for what in works or HELPERS]
    for helper in helpers:
        helper.start()
    try:
        yield
    finally:
        for helper in reversed(helpers):
            helper.terminate()
            helper.join()


def _help_out(what: str, helped: int) -> None:
    """Press, or index, what is left by the process that is helped, until that ends or says so."""
    work = HELPERS[what]
    look_for_rubbish_seldom()
    os.nice(_YIELDS)
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopping.append(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to both: the command ends this one when it is through
    while not stopping and os.getppid() == helped:
        try:
            has_worked = work()
        except Error as error:
            _log.warning("the database does not answer, trying again in a second: %s", error)
            connections.close_all()
            time.sleep(_AWAY_S)
        else:
            time.sleep(0 if has_worked else _IDLE_S)
    if stopping and what == "index":
        with suppress(Error):  # the command finds it unfinished, and says what is in the way
            search.catch_up(timezone.now())
    connections.close_all()
