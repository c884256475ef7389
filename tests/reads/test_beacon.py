import time
from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client

from tests.reads.builders import BROWSER
from warta.lexicon import addresses
from warta.reads import beacon, tokens
from warta.reads.sieve import FASTEST, Rule, Signal
from warta.reads.tally import Tally

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("warta.reads.urls")]


@pytest.fixture(autouse=True)
def _bare(settings: pytest.FixtureRequest) -> None:
    settings.MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
    settings.WARTA_TRUSTED_PROXIES = ("127.0.0.1/32",)


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"user-agent": BROWSER})


def address(article_id: int = 12) -> str:
    return addresses.read(article_id, tokens.write(article_id, time.time()))


def told(tally: Tally) -> dict[Rule, int]:
    return {rule: count for (_, _, rule), count in tally._noted.told.items()}


def test_a_read_is_noted_and_the_answer_is_empty(browser: Client, process_tally: Tally) -> None:
    answer = browser.post(f"{address()}?www.google.co.id")
    assert answer.status_code == 204
    assert answer.content == b""
    assert not answer.cookies
    assert dict(answer.headers) == {"Cache-Control": "no-store"}
    [(read, mark)] = process_tally._noted.reads.items()
    assert (read.article_id, mark.source, mark.device) == (12, "search", "desktop")
    assert browser.post(f"{address()}/34").status_code == 204
    assert list(process_tally._noted.ends.items()) == [(read, (3, 4))]


def test_it_asks_no_database(
    browser: Client, process_tally: Tally, django_assert_num_queries: Callable[..., object]
) -> None:
    first, *others = connections.all()
    with (
        django_assert_num_queries(0, connection=first),
        django_assert_num_queries(0, connection=(others or [first])[0]),
    ):
        assert browser.post(address()).status_code == 204
    assert len(process_tally) == 1


def test_readers_behind_a_trusted_proxy_are_told_apart(browser: Client, process_tally: Tally) -> None:
    for place in ("198.51.100.1", "198.51.100.2", "198.51.100.2", "::ffff:198.51.100.2"):
        browser.post(address(), headers={"x-forwarded-for": place})
    assert len(process_tally) == 2
    for place in ("198.51.100.3", "198.51.100.4"):
        browser.post(address(), headers={"x-forwarded-for": place}, REMOTE_ADDR="203.0.113.7")
    assert len(process_tally) == 3
    assert told(process_tally) == {Rule.REPEAT: 3}


@pytest.mark.parametrize(
    ("headers", "rule"),
    [
        ({"user-agent": "Googlebot/2.1"}, Rule.ROBOT),
        ({"user-agent": ""}, Rule.NAMELESS),
        ({"sec-purpose": "prefetch"}, Rule.PREFETCH),
        ({"sec-fetch-site": "cross-site"}, Rule.FOREIGN),
        ({"dnt": "1"}, Rule.REFUSED),
        ({"sec-gpc": "1"}, Rule.REFUSED),
    ],
)
def test_what_is_no_read_gets_the_same_answer(
    browser: Client, process_tally: Tally, headers: dict[str, str], rule: Rule
) -> None:
    answer = browser.post(address(), headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert len(process_tally) == 0
    assert told(process_tally) == {rule: 1}


def test_made_up_and_old_tokens_do_not_count(browser: Client, process_tally: Tally) -> None:
    good, now_s = tokens.write(12, time.time()), time.time()
    forged = [tokens.write(13, now_s), good[::-1], good[:-1], good + "A", "A" * 12, "-", "_" * 40]
    for token in forged:
        assert browser.post(f"/baca/12/{token}").status_code == 204
    assert browser.post("/baca/12").status_code == 204  # as pages tell that were made before there were tokens
    assert browser.post(addresses.read(12, tokens.write(12, now_s - 7 * 3600))).status_code == 204
    assert told(process_tally) == {Rule.FORGED: len(forged) + 1, Rule.EXPIRED: 1}
    assert len(process_tally) == 0


def test_a_token_is_good_for_its_hour_and_six_more_and_for_its_article() -> None:
    now_s = 1_800_000_123.0
    for hours, age in [(0, 0), (-1, 1), (-6, 6), (-7, 7), (-30, 30), (-254, 254), (1, 0)]:
        assert tokens.age_hours(5, tokens.write(5, now_s + hours * 3600), now_s) == age
    for hours in (2, 30, -256):
        assert tokens.age_hours(5, tokens.write(5, now_s + hours * 3600), now_s) is None
    assert len(tokens.write(10**18 - 1, now_s)) == tokens.LENGTH


def test_more_articles_in_a_second_than_anybody_opens_do_not_count(
    process_tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take(now_s: float) -> None:
        for article_id in range(1, 31):
            path = addresses.read(article_id, tokens.write(article_id, now_s))
            assert beacon.take(path, "", {"user-agent": BROWSER}, "203.0.113.7", now_s)

    take(1_800_000_000.0)
    assert (len(process_tally), told(process_tally)) == (FASTEST, {Rule.TOO_FAST: 30 - FASTEST})
    take(1_800_000_001.0)
    assert told(process_tally) == {Rule.TOO_FAST: 2 * (30 - FASTEST), Rule.REPEAT: FASTEST}


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options", "patch"])
def test_it_is_posted_to_alone(browser: Client, process_tally: Tally, method: str) -> None:
    answer = getattr(browser, method)(address())
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert len(process_tally) == 0


@pytest.mark.parametrize(
    "path",
    ["/baca/", "/baca/x", "/baca/-1", "/baca/1.5", "/baca/12/", "/baca/" + "9" * 19, "/baca/%D9%A1", "/baca/1%00"]
    + [f"/baca/12/{'a' * 12}/{steps}" for steps in ("", "5", "50", "05", "000", "x")],
)
def test_what_is_no_address_of_a_beacon_is_not_found(browser: Client, process_tally: Tally, path: str) -> None:
    assert browser.post(path).status_code == 404
    assert not beacon.take(path, "", {"user-agent": BROWSER}, "203.0.113.7", 0.0)
    assert (len(process_tally), told(process_tally)) == (0, {})


def test_the_longest_number_fits_and_the_body_is_not_looked_at(browser: Client, process_tally: Tally) -> None:
    longest = 10**18 - 1
    body = {"data": b"\xff" * 100_000, "content_type": "application/x-www-form-urlencoded"}
    assert browser.post(address(longest), **body).status_code == 204
    assert {read.article_id for read in process_tally._noted.reads} == {longest}
    assert all(signal is Signal.READ for _, signal, _ in process_tally._noted.told)
