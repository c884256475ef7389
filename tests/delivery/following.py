"""Lets threads share a database as processes do: files on SQLite, the test's own on PostgreSQL."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TypeVar

import pytest
from django.db import connection, connections

from warta.delivery.follower import Follower

T = TypeVar("T")


def on_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all new connections go to files that hold what the test's databases in memory hold; PostgreSQL stays."""
    if connection.vendor != "sqlite":
        return
    import sqlite3

    for alias in connections:
        path = folder / f"{alias}.sqlite3"
        connections[alias].ensure_connection()
        file = sqlite3.connect(path)
        connections[alias].connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")
        file.close()
        monkeypatch.setitem(connections.settings[alias], "NAME", str(path))


def elsewhere(work: Callable[[], T]) -> T:
    """Do something in a thread with connections of its own and return what it returned."""
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 — raised again where it is waited for
            errors.append(error)
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join(30)
    if errors:
        raise errors[0]
    return results[0]


@contextmanager
def running(follower: Follower) -> Iterator[Follower]:
    """Let a follower follow in its thread, from its first edition on."""
    follower.start()
    try:
        until(lambda: follower.edition is not None, 10)
        yield follower
    finally:
        follower.stop()


def until(holds: Callable[[], bool], within_s: float) -> float:
    """Return after how many seconds something held that was waited for."""
    start = time.perf_counter()
    while not holds():
        assert time.perf_counter() - start < within_s, f"waited {within_s} s in vain"
        time.sleep(0.001)
    return time.perf_counter() - start
