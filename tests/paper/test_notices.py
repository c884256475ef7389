"""How a follower hears of a change: at once by a file counter or a notice of PostgreSQL, at most a second late."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest
from django.db import Error, connection, connections, transaction

from tests.delivery.builders import LONG_AGO, put_front
from tests.delivery.following import elsewhere, on_file
from warta.paper import notices, store

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
POLL_S = 0.005


@pytest.fixture(autouse=True)
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_file(tmp_path, monkeypatch)


@pytest.fixture
def _sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite alone")


@pytest.fixture
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone: python -m tests.postgres pytest …")


@contextmanager
def listening() -> Iterator[notices.Watch]:
    """Watch, past the first answer, which comes at once."""
    watch = notices.watch()
    watch.wait(5, POLL_S)
    try:
        yield watch
    finally:
        watch.forget()


def waited(watch: notices.Watch, limit_s: float) -> tuple[bool, float]:
    start = time.perf_counter()
    return watch.wait(limit_s, POLL_S), time.perf_counter() - start


def test_the_first_wait_answers_at_once() -> None:
    def first() -> tuple[bool, float]:
        watch = notices.watch()
        try:
            return waited(watch, 5)
        finally:
            watch.forget()

    is_sign, seconds = elsewhere(first)
    assert is_sign
    assert seconds < 1


def test_a_commit_of_another_connection_is_heard_at_once_and_each_one_again() -> None:
    def listen() -> list[float]:
        found = []
        with listening() as watch:
            for number in range(5):
                elsewhere(lambda number=number: put_front("rubric", f"r{number}", f"R{number}"))
                is_sign, seconds = waited(watch, 5)
                assert is_sign
                found.append(seconds)
        return found

    assert sorted(elsewhere(listen))[2] < 0.5


def test_a_commit_between_two_waits_is_not_lost() -> None:
    def listen() -> tuple[bool, float]:
        with listening() as watch:
            elsewhere(lambda: put_front("rubric", "satu", "Satu"))
            time.sleep(0.05)
            return waited(watch, 5)

    is_sign, seconds = elsewhere(listen)
    assert is_sign
    assert seconds < 0.5


def test_after_forgetting_it_begins_anew() -> None:
    def listen() -> None:
        watch = notices.watch()
        watch.wait(5, POLL_S)
        watch.forget()
        watch.forget()
        connections.close_all()
        is_sign, seconds = waited(watch, 5)
        assert is_sign
        assert seconds < 1
        watch.forget()

    elsewhere(listen)


@pytest.mark.usefixtures("_sqlite")
def test_where_nothing_happens_the_file_gives_no_sign() -> None:
    def listen() -> None:
        with listening() as watch:
            is_sign, seconds = waited(watch, 0.2)
        assert not is_sign
        assert 0.2 <= seconds < 1.5

    elsewhere(listen)


@pytest.mark.usefixtures("_sqlite")
def test_where_nothing_is_written_nobody_asks_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    version = notices._FileWatch._version
    monkeypatch.setattr(
        notices._FileWatch, "_version", staticmethod(lambda alias: asked.append(alias) or version(alias))
    )

    def listen() -> bool:
        with listening() as watch:
            time.sleep(0.1)
            watch.wait(0.2, POLL_S)  # what was written before it listened
            asked.clear()
            return watch.wait(0.5, POLL_S)

    assert not elsewhere(listen)
    assert 2 <= len(asked) <= 2 * 0.5 / 0.04


@pytest.mark.usefixtures("_sqlite")
def test_a_commit_is_heard_at_once_where_the_system_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OSError(24, "too many open files")

    monkeypatch.setattr(notices, "INotify", away)

    def listen() -> tuple[bool, float]:
        with listening() as watch:
            Timer(0.1, lambda: elsewhere(lambda: put_front("rubric", "satu", "Satu"))).start()
            return waited(watch, 5)

    is_sign, seconds = elsewhere(listen)
    assert is_sign
    assert 0.1 <= seconds < 0.8


@pytest.mark.usefixtures("_sqlite")
def test_what_is_written_beside_the_files_gives_no_sign(tmp_path: Path) -> None:
    def listen() -> bool:
        with listening() as watch:
            Timer(0.05, lambda: (tmp_path / "other").write_text("x")).start()
            return watch.wait(0.3, POLL_S)

    assert not elsewhere(listen)


@pytest.mark.usefixtures("_sqlite")
def test_the_file_of_reads_gives_a_sign_too() -> None:
    from warta.reads.models import Ranking

    def listen() -> bool:
        with listening() as watch:
            elsewhere(lambda: Ranking.objects.create(name="7-days", number=3, made_at=LONG_AGO))
            return watch.wait(2, POLL_S)

    assert elsewhere(listen)


@pytest.mark.usefixtures("_sqlite")
def test_a_transaction_that_is_rolled_back_gives_no_sign_on_the_file() -> None:
    def listen() -> bool:
        with listening() as watch:
            elsewhere(take_back)
            return watch.wait(0.1, POLL_S)

    assert not elsewhere(listen)


def take_back() -> None:
    with transaction.atomic():
        put_front("rubric", "satu", "Satu")
        transaction.set_rollback(True)


@pytest.mark.usefixtures("_postgres")
def test_the_notice_comes_with_the_commit_and_not_before() -> None:
    import psycopg

    wanted = {key: connection.get_connection_params()[key] for key in ("host", "port", "dbname", "user")}
    with psycopg.connect(**wanted, autocommit=True) as listening:
        listening.execute(f"LISTEN {notices.CHANNEL}")
        with transaction.atomic():
            put_front("rubric", "satu", "Satu")
            assert list(listening.notifies(timeout=0.1)) == []
        assert [notice.channel for notice in listening.notifies(timeout=2, stop_after=1)] == [notices.CHANNEL]
        elsewhere(take_back)
        assert list(listening.notifies(timeout=0.1)) == []
        store.remove("rubric:satu")
        assert len(list(listening.notifies(timeout=2, stop_after=1))) == 1


@pytest.mark.usefixtures("_postgres")
def test_without_a_notice_it_asks_after_a_second() -> None:
    def listen() -> tuple[bool, float]:
        watch = notices.watch()
        watch.wait(1, POLL_S)
        try:
            return waited(watch, 60)
        finally:
            watch.forget()

    is_sign, seconds = elsewhere(listen)
    assert is_sign
    assert 0.8 < seconds < 2


@pytest.mark.usefixtures("_postgres")
def test_a_killed_connection_is_an_error_of_the_database_and_the_next_wait_begins_anew() -> None:
    def listen() -> None:
        watch = notices.watch()
        watch.wait(1, POLL_S)
        elsewhere(kill_listeners)
        with pytest.raises(Error):
            watch.wait(5, POLL_S)
        is_sign, seconds = waited(watch, 5)
        assert is_sign
        assert seconds < 1
        watch.forget()

    elsewhere(listen)


def kill_listeners() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
