"""The gate when many come at once, when Django is slow, and when something breaks behind it."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.handlers.asgi import ASGIHandler
from django.core.signals import request_started
from django.utils import timezone

from tests.config.gates import clock, follow, new, readers_process
from tests.config.rsgi import Protocol, answer, ask, of
from tests.delivery.builders import article, put, put_archive, put_frame, put_gone
from warta.config import gate as module
from warta.delivery import making, shortpath

__all__ = ["clock", "readers_process"]
pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.usefixtures("readers_process", "clock"),
]


class Behind:
    """What stands behind the gate: Django, unless it is told to wait, to fail or to raise."""

    def __init__(self, manner: str = "well") -> None:
        self.manner = manner
        self.asked = 0
        self.go_on: asyncio.Event | None = None
        self._django = ASGIHandler().handle

    async def __call__(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]):
        self.asked += 1
        if self.manner == "raise":
            raise ValueError("broken behind the gate")
        if self.manner == "wait":
            await (self.go_on or asyncio.Event()).wait()
        if self.manner == "fail":
            await send({"type": "http.response.start", "status": 500, "headers": []})
            await send({"type": "http.response.body", "body": b"secrets of the traceback"})
            return
        await self._django(scope, receive, send)


def crowd(gate: module.Gate, targets: list[str]) -> list[Protocol]:
    """Let as many readers as there are targets ask at the same time."""

    async def all_at_once() -> list[Protocol]:
        return list(await asyncio.gather(*(answer(gate, of(target)) for target in targets)))

    return async_to_sync(all_at_once)()


def test_200_readers_of_one_cold_article_cost_one_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    put_frame()
    page = put(article(7))
    made: list[int] = []
    make = making.make
    monkeypatch.setattr(making, "make", lambda number, *, now: made.append(number) or make(number, now=now))
    behind = Behind()
    gate = follow(new(behind))
    answers = crowd(gate, [page.path] * 200)
    assert Counter(each.status for each in answers) == {200: 200}
    assert len({each.answer for each in answers}) == 1
    assert (made, behind.asked) == ([7], 0)
    crowd(gate, [page.path] * 20)
    assert made == [7]


@pytest.mark.parametrize("target", ["/", "/indeks", "/dunia", "/laman/tentang"])
def test_200_readers_of_one_cold_page_cost_one_rendering(target: str) -> None:
    put_frame()
    put_archive(12)
    asked: list[str] = []

    def note(**given: Any) -> None:
        asked.append(given["scope"]["path"])

    request_started.connect(note)
    try:
        gate = follow(new())
        assert Counter(each.status for each in crowd(gate, [target] * 200)) == {200: 200}
        assert asked == [target]
        put(article(900))
        answers = crowd(follow(gate), [target] * 50)
        assert asked == [target] * 2
    finally:
        request_started.disconnect(note)
    assert len({each.answer for each in answers}) == 1


def test_an_article_that_cannot_be_made_ready_is_still_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    put_frame()
    page = put(article(7))

    def fail(number: int) -> None:
        raise OperationalError("the disk is full")

    monkeypatch.setattr(making, "fill", fail)
    answered = ask(follow(new()), page.path)
    assert (answered.status, page.headline.encode() in answered.text) == (200, True)


def test_more_than_can_be_served_are_sent_away_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLOW_AT_ONCE", 5)
    put_frame()
    page = put(article(7))
    behind = Behind()
    gate = follow(new(behind))
    assert ask(gate, page.path).status == 200
    made: list[int] = []
    monkeypatch.setattr(making, "fill", made.append)
    behind.manner = "wait"

    async def overload() -> tuple[list[Protocol], list[Protocol], float]:
        waiting = [asyncio.ensure_future(answer(gate, of(f"/tidak/ada-{number}"))) for number in range(5)]
        behind.go_on = asyncio.Event()
        for _ in range(20):
            await asyncio.sleep(0)
        assert behind.asked == module.AT_WORK  # the others wait their turn
        start = time.perf_counter()
        more = [f"/tidak/ada-{number}" for number in range(300)]
        more += [f"/dunia/read/2024/05/03/{number}/x" for number in range(1000, 1300)]
        turned_away = [await answer(gate, of(target)) for target in more]
        seconds = time.perf_counter() - start
        good = await answer(gate, of(page.path))
        assert good.status == 200  # what is at hand is given meanwhile
        behind.go_on.set()
        return list(await asyncio.gather(*waiting)), turned_away, seconds / len(more)

    served, turned_away, seconds_each = async_to_sync(overload)()
    assert Counter(each.status for each in served) == {404: 5}
    assert Counter(each.status for each in turned_away) == {503: 600}
    assert all(each.header("retry-after") == "2" for each in turned_away)
    assert all(each.header("cache-control") == "no-store" for each in turned_away)
    assert seconds_each < 0.1
    assert made == []
    behind.manner = "well"
    assert ask(gate, "/tidak/ada").status == 404


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    behind = Behind("wait")
    gate = follow(new(behind))
    with monkeypatch.context() as hurry:
        hurry.setattr(module, "SLOWEST_S", 0.05)
        start = time.perf_counter()
        answered = ask(gate, "/tidak/ada")
        assert time.perf_counter() - start < 2
    assert (answered.status, answered.header("retry-after")) == (503, "2")
    assert "took longer than" in caplog.text
    behind.manner = "well"
    assert ask(gate, "/tidak/ada").status == 404


@pytest.mark.parametrize("manner", ["fail", "raise", "wait"])
def test_while_django_fails_the_last_page_is_given(monkeypatch: pytest.MonkeyPatch, manner: str) -> None:
    put_frame()
    page, behind = put(article(7)), Behind()
    gate = follow(new(behind))
    last = {target: ask(gate, target, accept_encoding="gzip") for target in ("/", "/indeks", "/dunia", page.path)}
    newest = put(article(8))
    follow(gate)
    behind.manner = manner
    with monkeypatch.context() as hurry:
        hurry.setattr(module, "SLOWEST_S", 0.2)
        for target, before in last.items():
            answered = ask(gate, target, accept_encoding="gzip")
            assert answered.status == 200
            if target == page.path:
                assert newest.headline.encode() in answered.text  # the article has the lists of now all the same
            else:
                assert answered.seen() == before.seen()
            tag = answered.header("etag")
            assert ask(gate, target, accept_encoding="gzip", if_none_match=tag).status == 304
    behind.manner = "well"
    for target in last:
        assert newest.headline.encode() in ask(gate, target).text


def test_nobody_waits_long_for_a_page_when_there_is_one_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    put_frame()
    put(article(7))
    behind = Behind()
    gate = follow(new(behind))
    before = {target: ask(gate, target).answer for target in ("/", "/indeks")}
    newest = put(article(8))
    follow(gate)
    behind.manner = "wait"

    async def hang() -> None:
        behind.go_on = asyncio.Event()
        asked = behind.asked
        for target in ("/", "/", "/", "/indeks", "/"):
            assert (await answer(gate, of(target))).answer == before[target]
        assert behind.asked == asked + 2, "each is made once, however many ask"
        start = time.perf_counter()
        for _ in range(20):
            await answer(gate, of("/"))
        assert time.perf_counter() - start < module.PATIENCE_S * 10, "they do not even wait that long each"
        behind.go_on.set()
        await asyncio.gather(*gate._under_way.values())

    async_to_sync(hang)()
    for target in before:
        assert newest.headline.encode() in ask(gate, target).answer


def test_a_page_that_nobody_asked_for_lately_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.0)
    put_frame()
    put(article(7))
    gate = follow(new())
    assert ask(gate, "/indeks").status == 200
    newest = put(article(8))
    follow(gate)
    assert newest.headline.encode() not in ask(gate, "/indeks").answer, "that of a moment ago is given at once"
    newer = put(article(9))
    follow(gate)
    monkeypatch.setattr(shortpath, "BUSY_S", 0.0)
    assert newer.headline.encode() in ask(gate, "/indeks").answer


def test_a_page_that_nobody_asked_for_lately_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_WITH_OLD_S", 0.05)
    monkeypatch.setattr(shortpath, "BUSY_S", 0.0)
    put_frame()
    put(article(7))
    behind = Behind()
    gate = follow(new(behind))
    before = ask(gate, "/indeks")
    put(article(8))
    follow(gate)
    behind.manner = "wait"
    assert ask(gate, "/indeks").answer == before.answer


def test_what_is_withdrawn_meanwhile_is_not_the_page_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    monkeypatch.setattr(module, "SLOWEST_S", 0.5)
    put_frame()
    put(article(7))
    behind = Behind()
    gate = follow(new(behind))
    assert ask(gate, "/").status == 200
    put(article(8))
    follow(gate)
    behind.manner = "wait"

    async def withdraw() -> Protocol:
        behind.go_on = asyncio.Event()
        waiting = asyncio.ensure_future(answer(gate, of("/")))
        await asyncio.sleep(0)
        for keeper in gate._follower._keepers:
            keeper.forget([7])
        return await waiting

    assert async_to_sync(withdraw)().status == 503


def test_what_a_withdrawal_overtakes_is_made_once_more() -> None:
    put_frame()
    put(newest := article(7))
    behind = Behind("wait")
    gate = follow(new(behind))

    async def overtake() -> Protocol:
        behind.go_on = asyncio.Event()
        waiting = asyncio.ensure_future(answer(gate, of("/")))
        while not behind.asked:  # noqa: ASYNC110 — the gate tells no event
            await asyncio.sleep(0)
        gate._short.generation += 1
        behind.go_on.set()
        return await waiting

    answered = async_to_sync(overtake)()
    assert newest.headline.encode() in answered.answer
    assert behind.asked == 2
    behind.manner = "fail"
    assert ask(gate, "/").answer == answered.answer


def test_what_never_was_made_is_an_error_while_django_fails() -> None:
    gate = follow(new(Behind("fail")))
    answered = ask(gate, "/indeks")
    assert answered.status == 500


def test_what_breaks_is_logged_and_answered_in_plain_words(caplog: pytest.LogCaptureFixture) -> None:
    gate = follow(new(Behind("raise")))
    with caplog.at_level(logging.ERROR):
        answered = ask(gate, "/tidak/ada")
    assert (answered.status, answered.header("cache-control")) == (500, "no-store")
    assert b"Something broke on our side" in answered.answer
    assert b"ValueError" not in answered.answer
    assert b"broken behind" not in answered.answer
    assert "/tidak/ada could not be answered" in caplog.text
    assert "broken behind the gate" in caplog.text


def test_too_much_is_not_read() -> None:
    gate = follow(new())
    for headers in ({"content_length": "65537"}, {"content_length": "-1"}, {"transfer_encoding": "chunked"}):
        answered = ask(gate, "/baca/7", "POST", **headers)
        assert (answered.status, answered.header("connection")) == (413, "close"), headers
    assert ask(gate, "/baca/7", "POST", body=b"x" * 65536).status == 204


def test_a_second_process_takes_what_the_first_has_made() -> None:
    put_frame()
    put_archive(12)
    first, second = Behind(), Behind()
    [one] = crowd(follow(new(first)), ["/"])
    [other] = crowd(follow(new(second)), ["/"])
    assert (first.asked, second.asked) == (1, 0)
    assert one.answer == other.answer


def test_a_withdrawal_is_answered_while_nothing_can_be_made() -> None:
    put_frame()
    page = put_gone(7)
    behind = Behind()
    gate = follow(new(behind))
    [whole] = crowd(gate, [page.path])
    assert whole.status == 410
    behind.manner = "fail"
    gate._follower.failing_since = timezone.now()
    [stale] = crowd(gate, [page.path])
    assert stale.answer == whole.answer
    assert behind.asked == 1


def test_an_address_that_redirects_is_not_kept() -> None:
    put_frame()
    page = put(article(7))
    behind = Behind()
    gate = follow(new(behind))
    wrong = page.path.rpartition("/")[0] + "/salah"
    for asked in (1, 2):
        [moved] = crowd(gate, [wrong])
        assert (moved.status, behind.asked) == (301, asked)


def test_what_was_forgotten_is_made_anew_before_anybody_asks() -> None:
    put_frame()
    put(newest := article(7))
    behind = Behind()
    gate = follow(new(behind))
    [before] = crowd(gate, ["/"])
    assert newest.path.encode() in before.answer
    assert ask(gate, newest.path).status == 200
    put_gone(7, path=newest.path)
    follow(gate)

    async def again() -> None:
        gate._make_again(asyncio.get_running_loop())
        await asyncio.gather(*gate._again)

    async_to_sync(again)()
    asked = behind.asked
    behind.manner = "fail"
    after, own = crowd(gate, ["/", newest.path])
    assert (after.status, own.status) == (200, 410)
    assert newest.path.encode() not in after.answer
    assert behind.asked == asked, "nothing was made when it was asked for"
