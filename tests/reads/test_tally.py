import asyncio
import logging
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from tests.reads.builders import NOON, apart, counted, fates, put
from tests.reads.builders import read as made
from warta.reads import buckets, tally
from warta.reads.buckets import Batch, End
from warta.reads.models import ReadHour
from warta.reads.sieve import Rule, Signal
from warta.reads.tally import Tally

DISK_FULL = DatabaseError("database or disk is full")

everywhere = pytest.mark.django_db(databases="__all__")
committed = pytest.mark.django_db(databases="__all__", transaction=True)


def note(process: Tally, who: int, at: datetime = NOON) -> None:
    process.note(*made(who=apart(who), at=at), at.timestamp())


@everywhere
def test_two_processes_count_one_reader_once() -> None:
    put(1)
    first, second = Tally(), Tally()
    for process in (first, second):
        note(process, 1)
        note(process, 1, NOON + timedelta(minutes=5))
    note(second, 2)
    assert (first.flush(NOON), second.flush(NOON)) == (1, 1)
    assert counted() == (2, 2)
    assert len(first) == len(second) == 0
    assert fates() == {Rule.STORED: 2, Rule.REPEAT: 3}


@everywhere
def test_processes_forked_from_one_that_loaded_the_tally_have_names_of_their_own() -> None:
    put(1)
    names = set()
    for number in range(2):
        forked = Tally()
        assert forked._process == ""
        note(forked, number)
        assert forked.flush(NOON) == 1
        names.add(forked._process)
    assert len(names) == 2


@everywhere
def test_nothing_noted_costs_no_query(django_assert_num_queries: object) -> None:
    connection = connections[settings.WARTA_READS_DATABASE]
    with django_assert_num_queries(0, connection=connection), django_assert_num_queries(0):
        assert Tally().flush(NOON) == 0


class _FailsAtStatement:
    """Lets a connection fail at its n-th statement, as a full disk does."""

    def __init__(self, number: int, fault: Exception = DISK_FULL) -> None:
        self.left = number
        self.fault = fault

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            raise self.fault
        return execute(sql, params, many, context)


@everywhere
def test_a_flush_that_fails_at_any_statement_is_made_up_for_and_counts_once() -> None:
    put(1)
    process = Tally()
    connection = connections[settings.WARTA_READS_DATABASE]
    failures = 0
    for number in range(1, 40):
        before = counted()
        note(process, number)
        process.drop(Signal.READ, Rule.ROBOT, NOON.timestamp())
        fault = _FailsAtStatement(number)
        with connection.execute_wrapper(fault):
            try:
                process.flush(NOON)
            except DatabaseError:
                failures += 1
        if fault.left > 0:
            break
        assert counted() == before
        assert len(process) == 1
        assert process.flush(NOON) == 1
        assert counted() == (number, number)
    assert failures >= 10
    assert counted() == (failures + 1, failures + 1)
    assert fates() == {Rule.STORED: failures + 1, Rule.ROBOT: failures + 1}


@everywhere
def test_a_commit_whose_answer_was_lost_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    put(1)
    process = Tally()
    whole = buckets.add

    def lost(batch: Batch, **given: object) -> int:
        whole(batch, **given)
        raise DatabaseError("the connection was lost")

    note(process, 1)
    process.drop(Signal.READ, Rule.ROBOT, NOON.timestamp())
    monkeypatch.setattr(buckets, "add", lost)
    with pytest.raises(DatabaseError):
        process.flush(NOON)
    monkeypatch.setattr(buckets, "add", whole)
    note(process, 2)
    assert process.flush(NOON) == 1
    assert counted() == (2, 2)
    assert fates() == {Rule.STORED: 2, Rule.ROBOT: 1}
    assert len(process) == 0


@everywhere
def test_what_waits_and_what_comes_meanwhile_share_the_limit() -> None:
    put(1)
    process = Tally(limit=3)
    note(process, 1)
    note(process, 2)
    connection = connections[settings.WARTA_READS_DATABASE]

    class NotesDuringFlush:
        def __call__(self, execute, sql, params, many, context):
            for number in range(5):
                note(process, 10 + number)
            raise DatabaseError("locked")

    with connection.execute_wrapper(NotesDuringFlush()), pytest.raises(DatabaseError):
        process.flush(NOON)
    assert len(process) == 3
    assert process.dropped == 4
    assert process.flush(NOON) == 3
    assert fates() == {Rule.STORED: 3, Rule.FULL: 4}


def test_the_same_takes_room_once_and_what_is_dropped_is_counted() -> None:
    process = Tally(limit=100)
    for round_ in range(2):
        for number in range(150):
            note(process, number, NOON + timedelta(minutes=round_))
    assert len(process) == 100
    assert process.dropped == 100
    read, _ = made(who=apart(1))
    full, wide = Tally(limit=0), Tally()
    for one in (full, wide, wide):
        one.note_end(read, End(1, 1))
    assert [count for (_, _, rule), count in full._noted.told.items() if rule is Rule.FULL] == [1]
    assert [count for (_, _, rule), count in wide._noted.told.items() if rule is Rule.REPEAT] == [1]


@everywhere
def test_whoever_brings_more_than_is_written_gives_way_to_the_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    put(1)
    process, waits = Tally(), []
    monkeypatch.setattr(tally, "BEHIND", 3)
    monkeypatch.setattr(tally.time, "sleep", waits.append)
    whole, during = buckets.add, []

    def slow(batch: Batch, **given: object) -> int:
        for number in range(10, 15):
            note(process, number)
        during.append(len(waits))
        return whole(batch, **given)

    for number in range(6):
        note(process, number)
    assert waits == []  # nothing is being written: the next flush takes them all
    monkeypatch.setattr(buckets, "add", slow)
    assert process.flush(NOON) == 6
    assert during == [2]
    note(process, 20)
    assert len(waits) == 2


@committed
def test_run_flushes_each_second_and_a_last_time_when_stopped() -> None:
    put(1)

    async def live() -> int:
        loop, written, stop = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

        class Telling(Tally):
            def flush(self, now: datetime) -> int:
                count = super().flush(now)
                if count:
                    loop.call_soon_threadsafe(written.set)
                return count

        process = Telling()
        running = asyncio.create_task(tally.run(stop, tally=process, every_s=0.01))
        note(process, 1, timezone.now())
        await asyncio.wait_for(written.wait(), 10)
        stop.set()
        note(process, 2, timezone.now())
        await running
        return len(process)

    assert asyncio.run(live()) == 0
    assert sum(ReadHour.objects.values_list("readers", flat=True)) == 2


@committed
@pytest.mark.parametrize("fault", [DISK_FULL, ValueError("a teaser that cannot be read")])
def test_a_fault_is_told_of_once_and_once_when_it_is_over(caplog: pytest.LogCaptureFixture, fault: Exception) -> None:
    put(1)
    process = Tally()
    flushes = tally._Flushes(process)
    note(process, 1, timezone.now())
    connection = connections[settings.WARTA_READS_DATABASE]
    with caplog.at_level(logging.WARNING, "warta.reads"):
        for _ in range(3):
            with connection.execute_wrapper(_FailsAtStatement(1)):
                flushes.attempt()
        assert len(process) == 1
        flushes.attempt()
        flushes.attempt()
    assert len(process) == 0
    assert counted() == (1, 1)
    assert [record.message.partition(";")[0] for record in caplog.records] == [
        "reads cannot be written and wait in memory",
        "reads are written again",
    ]
