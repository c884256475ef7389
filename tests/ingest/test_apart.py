"""A source that is read by a process of its own: in order, never far ahead, and with its errors."""

import os
import signal
import time
from itertools import count
from multiprocessing.sharedctypes import RawValue

import pytest

from warta.ingest import apart
from warta.ingest.item import BrokenItem


def _numbered(numbers):
    return (BrokenItem("", str(number), "x") for number in numbers)


def test_items_come_in_order_from_another_process():
    def read():
        yield BrokenItem("", str(os.getpid()), "x")
        yield from _numbered(range(3 * apart.AHEAD + 7))

    with apart.apart(read) as items:
        first, *rest = items
    assert int(first.where) != os.getpid()
    assert [item.where for item in rest] == [str(number) for number in range(3 * apart.AHEAD + 7)]


def test_it_reads_little_ahead():
    seen = RawValue("q")

    def read():
        for number in count():
            seen.value = number
            yield BrokenItem("", str(number), "x")

    with apart.apart(read) as items:
        taken = [next(items) for _ in range(apart.AHEAD)]
        time.sleep(0.3)
        assert len(taken) - 1 <= seen.value <= 2 * apart.AHEAD
    ended = seen.value
    time.sleep(0.1)
    assert seen.value == ended


def test_what_it_opened_stays_until_the_last_items_are_used(tmp_path):
    unpacked = tmp_path / "photo.jpg"

    def read():
        unpacked.touch()
        yield BrokenItem("", str(unpacked), "x")

    with apart.apart(read) as items:
        assert [item.where for item in items] == [str(unpacked)]
        assert unpacked.exists()


def test_its_errors_are_raised_here():
    def read():
        yield BrokenItem("", "1", "x")
        raise ValueError("line 2 is no JSON")

    with apart.apart(read) as items, pytest.raises(ValueError, match="line 2 is no JSON"):
        list(items)


def test_an_error_that_cannot_travel_comes_in_words():
    class _StubbornError(Exception):
        def __init__(self, one, two):
            super().__init__(one)

    def read():
        yield from ()
        raise _StubbornError("out of the archive", 2)

    with apart.apart(read) as items, pytest.raises(RuntimeError, match="_StubbornError: out of the archive"):
        list(items)


def test_when_it_is_killed_the_import_says_so():
    def read():
        yield BrokenItem("", "1", "x")
        os.kill(os.getpid(), signal.SIGKILL)

    with apart.apart(read) as items, pytest.raises(ChildProcessError, match="start the import again"):
        list(items)
