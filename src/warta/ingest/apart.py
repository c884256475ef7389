"""Reads a source in a process of its own, so that the next items are taken apart while these are filed."""

import gc
import multiprocessing
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection
from typing import Final

from warta.ingest.item import BrokenItem, SourceItem

AHEAD: Final = 100
"""How many items are handed over at once, and so many more are read meanwhile: bounded, whatever the source's size."""
_Items = Iterator[SourceItem | BrokenItem]


@contextmanager
def apart(read: Callable[[], _Items]) -> Iterator[_Items]:
    """Give the items that `read` returns, read by another process that lives until the block's end.

    What `read` raises is raised here; so is ChildProcessError, when that process was ended from outside.
    """
    forked = multiprocessing.get_context("fork")  # it has no threads, and the reader asks no database
    here, there = forked.Pipe()
    reader = forked.Process(target=_read, args=(read, there, here), daemon=True)
    reader.start()
    there.close()
    try:
        yield _received(here)
    finally:
        here.close()
        reader.join()


def _received(here: Connection) -> _Items:
    while True:
        try:
            got = here.recv()
            here.send(None)  # the next may be read
        except (EOFError, ConnectionError) as ended:
            raise ChildProcessError("the process that reads the archive was ended: start the import again") from ended
        if isinstance(got, Exception):
            raise got
        if not got:
            return
        yield from got


def _read(read: Callable[[], _Items], there: Connection, here: Connection) -> None:
    """Hand over what is read; end when the other side is closed, which it also is when that process is killed."""
    here.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to both: the command ends this one when it is through
    gc.freeze()
    try:
        items = read()
        while chunk := list(islice(items, AHEAD)):
            there.send(chunk)
            there.recv()
        there.send(None)
    except (EOFError, ConnectionError):
        return
    except Exception as error:  # noqa: BLE001 — raised on the other side
        there.send(_sendable(error))
    try:  # pictures that were unpacked stay until the last items are filed
        while True:
            there.recv()
    except (EOFError, ConnectionError):
        return


def _sendable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 — what was just made here
    except Exception:  # noqa: BLE001 — whatever an exception of others does when it is pickled
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
