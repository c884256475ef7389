from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client

from tests.reads.builders import BROWSER
from warta.lexicon import addresses
from warta.reads.tally import Tally

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("warta.reads.urls")]


@pytest.fixture(autouse=True)
def _bare(settings: pytest.FixtureRequest) -> None:
    settings.MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
    settings.WARTA_TRUSTED_PROXIES = ("127.0.0.1/32",)


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"user-agent": BROWSER})


def test_a_read_is_noted_and_the_answer_is_empty(browser: Client, process_tally: Tally) -> None:
    answer = browser.post(addresses.read(12))
    assert answer.status_code == 204
    assert answer.content == b""
    assert not answer.cookies
    assert dict(answer.headers) == {"Cache-Control": "no-store"}
    assert [read.article_id for read in process_tally._noted] == [12]


def test_it_asks_no_database(
    browser: Client, process_tally: Tally, django_assert_num_queries: Callable[..., object]
) -> None:
    first, *others = connections.all()
    with (
        django_assert_num_queries(0, connection=first),
        django_assert_num_queries(0, connection=(others or [first])[0]),
    ):
        assert browser.post("/baca/12").status_code == 204
    assert len(process_tally) == 1


def test_readers_behind_a_trusted_proxy_are_told_apart(browser: Client, process_tally: Tally) -> None:
    for address in ("198.51.100.1", "198.51.100.2", "198.51.100.2", "::ffff:198.51.100.2"):
        browser.post("/baca/12", headers={"x-forwarded-for": address})
    assert len(process_tally) == 2
    for address in ("198.51.100.3", "198.51.100.4"):
        browser.post("/baca/12", headers={"x-forwarded-for": address}, REMOTE_ADDR="203.0.113.7")
    assert len(process_tally) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Googlebot/2.1"},
        {"user-agent": ""},
        {"sec-purpose": "prefetch"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_what_is_no_read_gets_the_same_answer(browser: Client, process_tally: Tally, headers: dict[str, str]) -> None:
    answer = browser.post("/baca/12", headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert len(process_tally) == 0


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options", "patch"])
def test_it_is_posted_to_alone(browser: Client, process_tally: Tally, method: str) -> None:
    answer = getattr(browser, method)("/baca/12")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert len(process_tally) == 0


@pytest.mark.parametrize(
    "path",
    ["/baca/", "/baca/x", "/baca/-1", "/baca/1.5", "/baca/12/", "/baca/" + "9" * 19, "/baca/%D9%A1", "/baca/1%00"],
)
def test_what_is_no_number_of_an_article_is_not_found(browser: Client, process_tally: Tally, path: str) -> None:
    assert browser.post(path).status_code == 404
    assert len(process_tally) == 0


def test_the_longest_number_fits(browser: Client, process_tally: Tally) -> None:
    assert browser.post("/baca/" + "9" * 18).status_code == 204
    assert {read.article_id for read in process_tally._noted} == {10**18 - 1}


def test_the_body_is_not_looked_at(browser: Client, process_tally: Tally) -> None:
    answer = browser.post("/baca/12", data=b"\xff" * 100_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 204
    assert len(process_tally) == 1
