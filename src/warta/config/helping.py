"""Helpers beside a long command, so that what one core files others press and index."""

import gc
import logging
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from django.db import Error, connections
from django.utils import timezone

from warta.press import run as press
from warta.search import follow as search

_LOT: Final = 500
"""Large, for with each lot the helper waits until the command lets it write."""
_IDLE_S: Final = 0.05
_AWAY_S: Final = 1.0


def _press() -> bool:
    return press.press_lot(timezone.now(), _LOT) > 0 or press.press_next(timezone.now())


def _index() -> bool:
    return search.step(timezone.now(), limit=_LOT, seconds=float("inf"))


HELPERS: Final[dict[str, Callable[[], bool]]] = {"press": _press, "index": _index}

_log: Final = logging.getLogger(__name__)


def look_for_rubbish_seldom() -> None:
    """Spare a long command what costs it a tenth: a lot is many thousand objects, nearly all of them in use."""
    gc.freeze()
    gc.set_threshold(50_000, 4, 2)


@contextmanager
def helping() -> Iterator[None]:
    """Press and index on other cores while articles are filed here; what was begun is finished at the block's end.

    There are two helpers, so that one has the processor while the other waits for its turn to write. When this process
    is killed they end too, for their input is closed; what is left is pressed by the next.
    """
    with ExitStack() as ending:
        for what in HELPERS:
            command = [sys.executable, "-m", "warta.config.cli", "worker", "--beside", what]
            helper = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 — no word of it comes from outside
            ending.callback(helper.wait)
            ending.callback(helper.terminate)
        yield


def help_out(what: str) -> None:
    """Press, or index, what is left by the command that started this process, until that ends or says so."""
    work = HELPERS[what]
    look_for_rubbish_seldom()
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopping.append(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to both: the command ends this one when it is through
    while not stopping and not select.select([sys.stdin], [], [], 0)[0]:
        try:
            has_worked = work()
        except Error as error:
            _log.warning("the database does not answer, trying again in a second: %s", error)
            connections.close_all()
            time.sleep(_AWAY_S)
        else:
            time.sleep(0 if has_worked else _IDLE_S)
    connections.close_all()
