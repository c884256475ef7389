"""The follower: a change is seen within moments, a withdrawn text is gone at once, a fault keeps the last edition."""

import statistics
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import Error, OperationalError, connection
from msgspec import structs

from tests.delivery.builders import NOW, article, put, put_frame, put_gone
from tests.delivery.following import elsewhere, on_file, running, until
from warta.delivery import edition, making
from warta.delivery.edition import Edition
from warta.delivery.follower import Follower, wait_for_first
from warta.delivery.parts import Parts
from warta.delivery.shelf import Shelf
from warta.delivery.shortpath import ShortPath
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
NUMBER_AT_START = 7
"""Changes of `put_frame`."""


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path / "parts", version="1")


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_frame()
    on_file(tmp_path, monkeypatch)


def on_disk(parts: Parts) -> Shelf:
    """Return the shelf beside a cache of parts."""
    return Shelf(parts._file.path.with_name("shelf.sqlite3"), version="1")


def shown(parts: Parts, follower: Follower, path: str) -> bool:
    assert follower.edition is not None
    return ShortPath(parts, on_disk(parts)).article(path, follower.edition, NOW.timestamp(), {}) is not None


def kept(parts: Parts, article_id: int) -> None:
    part = making.make(article_id, now=NOW)
    assert part is not None
    parts.put(part)


def test_a_step_makes_an_edition_when_something_changed_and_only_then(parts: Parts) -> None:
    follower = Follower(parts, on_disk(parts))
    assert follower.step(NOW)
    assert not follower.step(NOW)
    put(article(7))
    assert follower.step(NOW)
    assert follower.edition is not None
    assert follower.edition.number == store.last_number()
    assert not follower.step(NOW)
    assert follower.step(follower.edition.ends_at)


def test_a_withdrawn_article_is_gone_from_every_process_at_its_next_step(tmp_path: Path) -> None:
    page = put(article(7))
    processes = []
    for _ in range(3):
        parts = Parts(tmp_path / "parts", version="1")
        follower = Follower(parts, on_disk(parts))
        follower.step(NOW)
        kept(parts, 7)
        assert shown(parts, follower, page.path)
        processes.append((parts, follower))
    put_gone(7, path=page.path)
    for parts, follower in processes:
        follower.step(NOW)
        assert not shown(parts, follower, page.path)
        assert parts.find(7) is None


def test_what_changes_while_an_edition_is_made_is_told_at_the_next_step(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = put(article(7))
    follower = Follower(parts, on_disk(parts))
    follower.step(NOW)
    kept(parts, 7)
    put(article(8))
    make = edition.make

    def withdrawn_meanwhile(*_: object) -> Edition:
        monkeypatch.setattr(edition, "make", make)
        put_gone(7, path=page.path)
        return make(NOW)

    monkeypatch.setattr(edition, "make", withdrawn_meanwhile)
    follower.step(NOW)
    follower.step(NOW)
    assert not shown(parts, follower, page.path)


def test_parts_are_told_even_when_no_edition_can_be_made(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    page = put(article(7))
    follower = Follower(parts, on_disk(parts))
    follower.step(NOW)
    kept(parts, 7)
    put_gone(7, path=page.path)
    monkeypatch.setattr(edition, "make", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        follower.step(NOW)
    assert not shown(parts, follower, page.path)


def test_a_paper_put_back_to_an_older_state_clears_what_was_made(tmp_path: Path) -> None:
    page = put(article(7))
    one, other = (Parts(tmp_path / "parts", version="1") for _ in range(2))
    followers = [Follower(one, on_disk(one)), Follower(other, on_disk(other))]
    put(structs.replace(page, standfirst="Baru."))
    for follower in followers:
        follower.step(NOW)
    kept(one, 7)
    assert other.find(7) is not None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE paper_counter SET value = value - 1")
        cursor.execute("UPDATE paper_storedpage SET number = number - 1")
    for follower in followers:
        follower.step(NOW)
    assert (one.find(7), other.find(7)) == (None, None)
    assert one.upto() == other.upto() == (store.last_number(), store.last_number())


@pytest.mark.usefixtures("committed")
def test_a_publication_is_seen_within_100_ms(parts: Parts) -> None:
    with running(Follower(parts, on_disk(parts))) as follower:
        waited = []
        for number in range(1, 22):
            elsewhere(lambda number=number: put(article(number)))
            waited.append(until(lambda number=number: follower.edition.number >= NUMBER_AT_START + number, 5))
    assert statistics.median(waited) < 0.1


@pytest.mark.usefixtures("committed")
def test_a_withdrawal_is_followed_while_readers_read(parts: Parts) -> None:
    page = elsewhere(lambda: put(article(7)))
    with running(Follower(parts, on_disk(parts))) as follower:
        elsewhere(lambda: kept(parts, 7))
        assert shown(parts, follower, page.path)
        elsewhere(lambda: put_gone(7, path=page.path))
        assert until(lambda: not shown(parts, follower, page.path), 5) < 1


@pytest.mark.usefixtures("committed")
def test_a_scheduled_article_makes_an_edition_at_its_second_without_any_write(parts: Parts) -> None:
    with time_machine.travel(NOW, tick=True):
        due = elsewhere(lambda: put(article(7, NOW + timedelta(seconds=2))))
        with running(Follower(parts, on_disk(parts))) as follower:
            first = follower.edition
            assert first is not None
            assert first.ends_at == due.published_at
            assert due.headline.encode() not in first.frames["id"].lists.plain
            until(lambda: follower.edition is not first, 5)
            made = follower.edition
            assert made is not None
            assert due.headline.encode() in made.frames["id"].lists.plain
            assert (made.number, made.tag != first.tag) == (first.number, True)


@pytest.mark.usefixtures("committed")
def test_a_fault_of_the_database_keeps_the_last_edition_until_it_is_over(
    parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    def rename(before: str, after: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {before} RENAME TO {after}")

    with running(Follower(parts, on_disk(parts))) as follower:
        last = follower.edition
        elsewhere(lambda: rename("paper_counter", "away"))
        until(lambda: follower.failing_since is not None, 5)
        assert follower.edition is last
        elsewhere(lambda: rename("away", "paper_counter"))
        elsewhere(lambda: put(article(7)))
        until(lambda: follower.failing_since is None and follower.edition is not last, 5)
    words = [record.message for record in caplog.records]
    assert sum("readers keep the last" in word for word in words) == 1
    assert sum("made again" in word for word in words) == 1


@pytest.mark.usefixtures("committed")
def test_any_other_fault_does_not_end_it_either(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    make = edition.make
    with running(Follower(parts, on_disk(parts))) as follower:
        monkeypatch.setattr(edition, "make", lambda *_: 1 // 0)
        elsewhere(lambda: put(article(7)))
        until(lambda: follower.failing_since is not None, 5)
        monkeypatch.setattr(edition, "make", make)
        until(lambda: follower.failing_since is None and follower.edition.number == NUMBER_AT_START + 1, 5)


def test_waiting_for_the_first_edition_has_an_end(parts: Parts) -> None:
    follower = Follower(parts, on_disk(parts))
    assert not wait_for_first(follower, 0.05)
    follower.step(NOW)
    assert wait_for_first(follower, 0.05)


def test_a_process_that_begins_while_the_database_is_away_has_the_last_edition(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = put(article(7))
    before = Follower(parts, on_disk(parts))
    before.step(NOW)
    kept(parts, 7)
    monkeypatch.setattr(edition, "signs", away)
    newcomer = Follower(Parts(parts._file.path, version="1"), on_disk(parts))
    newcomer.start()
    try:
        assert wait_for_first(newcomer, 5)
        assert newcomer.failing_since is not None
        assert newcomer.edition is not None
        assert newcomer.edition.tag == before.edition.tag
        assert newcomer.edition.frames["id"].lists.plain == before.edition.frames["id"].lists.plain
        assert shown(Parts(parts._file.path, version="1"), newcomer, page.path)
    finally:
        newcomer.stop()


def test_an_edition_that_names_a_withdrawn_article_is_not_taken_from_the_shelf(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = put(article(7))
    before = Follower(parts, on_disk(parts))
    before.step(NOW)
    assert on_disk(parts).edition() is not None
    put_gone(7, path=page.path)
    monkeypatch.setattr(edition, "make", away)
    with pytest.raises(Error):
        before.step(NOW)
    assert on_disk(parts).edition() is None


def away(*_: object) -> None:
    raise OperationalError("the database is away")


@pytest.fixture
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone: python -m tests.postgres pytest …")


@pytest.mark.usefixtures("_postgres", "committed")
def test_a_killed_connection_costs_a_second_and_nothing_more(parts: Parts) -> None:
    def kill() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND pid <> %s AND datname = current_database()",
                [own],
            )
            return int(cursor.fetchone()[0])

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND pid <> %s AND datname = current_database()",
                [own],
            )
            return int(cursor.fetchone()[0])

    own = connection.connection.info.backend_pid

    with running(Follower(parts, on_disk(parts))) as follower:
        until(lambda: elsewhere(count) >= 2, 5)  # the one that asks, and the one that listens
        assert elsewhere(kill) >= 2
        elsewhere(lambda: put(article(7)))
        assert until(lambda: follower.edition.number == NUMBER_AT_START + 1, 5) < 2
        until(lambda: follower.failing_since is None, 5)
        elsewhere(lambda: put(article(8)))
        assert until(lambda: follower.edition.number == NUMBER_AT_START + 2, 5) < 1


@pytest.mark.usefixtures("_postgres", "committed", "cache")
def test_a_part_is_made_again_after_the_database_dropped_the_connection() -> None:
    put(article(7))
    put(article(8))

    def kill_and_fill() -> None:
        making.fill(7)
        number = connection.connection.info.backend_pid
        elsewhere(lambda: connection.cursor().execute("SELECT pg_terminate_backend(%s)", [number]))
        with pytest.raises(Error):
            making.fill(8)
        making.fill(8)

    elsewhere(kill_and_fill)
