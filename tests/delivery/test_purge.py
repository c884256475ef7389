"""The worker tells caches what changed, remembers what it told, and tries again what they did not take."""

import time
from datetime import timedelta

import pytest

from tests.delivery import builders
from tests.delivery.hearing import Hearing
from warta.delivery import purge
from warta.delivery.asking import NotToldError
from warta.delivery.caches import MOST_KEYS, Cache
from warta.paper import store


@pytest.fixture
def hearing():
    with Hearing() as server:
        yield server


@pytest.fixture(autouse=True)
def clock():
    """Let the clock run: a thread waits by it."""


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path, monkeypatch):
    settings.WARTA_HOME = tmp_path
    monkeypatch.setattr(purge, "_SETTLE_S", 0.0)


@pytest.fixture
def cache(hearing):
    return Cache("varnish", hearing.url)


def keys(hearing):
    return [heard.headers["surrogate-key"] for heard in hearing.heard]


@pytest.mark.django_db(databases="__all__")
class TestStep:
    def test_what_changed_before_the_first_start_is_not_told(self, cache, hearing):
        builders.put_archive(3)
        assert not purge.Purger(cache).step()
        assert hearing.heard == []
        assert purge.told(cache).number == store.last_number()

    def test_what_changed_is_told_once(self, cache, hearing):
        purger = purge.Purger(cache)
        purger.step()
        builders.put(builders.article(7))
        purger.step()
        purger.step()
        assert keys(hearing) == ["article-7 lists"]

    def test_another_process_goes_on_where_the_last_one_stopped(self, cache, hearing):
        purge.Purger(cache).step()
        builders.put(builders.article(7))
        purge.Purger(cache).step()
        purge.Purger(cache).step()
        assert keys(hearing) == ["article-7 lists"]

    def test_many_changes_go_in_portions(self, cache, hearing):
        purger = purge.Purger(cache)
        purger.step()
        builders.put_archive(MOST_KEYS + 5)
        assert purger.step()
        assert not purger.step()
        told = {key for words in keys(hearing) for key in words.split()}
        assert told == {"lists", *(f"article-{number}" for number in range(1, MOST_KEYS + 6))}
        assert max(len(words) for words in keys(hearing)) < 6000

    def test_what_a_cache_did_not_take_is_told_later(self, cache, hearing):
        purger = purge.Purger(cache)
        purger.step()
        builders.put(builders.article(7))
        hearing.status = 503
        with pytest.raises(NotToldError):
            purger.step()
        assert purge.told(cache).number == store.last_number() - 1
        hearing.status = 200
        purger.step()
        assert keys(hearing) == ["article-7 lists"] * 2
        assert purge.told(cache).number == store.last_number()

    def test_what_is_withdrawn_is_told_again_in_case_a_reader_brought_it_back(self, cache, hearing, monkeypatch):
        monkeypatch.setattr(purge, "AGAIN_S", 0.05)
        purger = purge.Purger(cache)
        purger.step()
        builders.put_gone(7)
        purger.step()
        assert keys(hearing) == ["article-7", "lists"]
        time.sleep(0.06)
        purger.step()
        purger.step()
        assert keys(hearing) == ["article-7", "lists", "article-7"]

    def test_nginx_is_led_to_the_address_of_what_is_withdrawn(self, hearing):
        purger = purge.Purger(Cache("nginx", hearing.url))
        purger.step()
        builders.put(builders.article(3))
        gone = builders.put_gone(7)
        purger.step()
        api = f"/api/v1/articles/{gone.id}"
        assert {heard.path for heard in hearing.heard} == {gone.path, api, f"{api}?form=ninjs"}

    def test_a_paper_put_back_to_an_earlier_state_drops_every_page(self, cache, hearing):
        builders.put_archive(2)
        purger = purge.Purger(cache)
        purger._keep(purge.Told(cache.name, store.last_number() + 10))
        purger.step()
        assert keys(hearing) == ["shell"]
        assert purge.told(cache).number == store.last_number()

    def test_a_damaged_or_unwritable_memory_stops_nothing(self, cache, hearing, settings, tmp_path):
        purge.Purger(cache).step()
        (file,) = (tmp_path / "purge").iterdir()
        file.write_bytes(b"{")
        purger = purge.Purger(cache)
        purger.step()
        (tmp_path / "file").touch()
        settings.WARTA_HOME = tmp_path / "file"
        builders.put(builders.article(7))
        purger.step()
        purger.step()
        assert keys(hearing) == ["article-7 lists"]


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_the_thread_tells_within_a_second_and_survives_a_cache_that_is_away(cache, hearing):
    hearing.status = 503
    purger = purge.Purger(cache)
    purger.step()
    purger.start()
    try:
        builders.put(builders.article(7, builders.NOW - timedelta(hours=1)))
        _until(lambda: (told := purge.told(cache)) and told.error, "the failure is noted")
        assert "503" in purge.told(cache).error
        hearing.status = 200
        _until(lambda: not purge.told(cache).error, "it is told again")
        assert purge.told(cache).number == store.last_number()
    finally:
        purger.stop()


def _until(holds, what):
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)
