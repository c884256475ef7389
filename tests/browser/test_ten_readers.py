"""Eleven readers put an article on top of `Populer`; a browser tells once that it was read and once how far."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser import places
from tests.browser.conftest import Popular
from tests.browser.running import Paper

_LOOKED_AT_S = 3.0
"""How long a page must have been visible before it tells."""


def test_eleven_readers_from_as_many_addresses_put_an_article_on_top(popular: Popular, tell) -> None:
    tell(f"on top of Populer {popular.posted_s:.2f} s after the last of eleven reads")
    tell(f"in Populer {popular.browsed_s:.2f} s after a browser had loaded the page")
    assert popular.headlines == [f"Kabar Nomor {number} dari Pesisir" for number in (7, 1, 2, 3, 4, 5, 6)]


_REFUSING = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });"
_HIDDEN = """value => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_a_page_tells_once_that_it_was_seen_and_once_how_far(paper: Paper, new_context) -> None:
    page: Page = new_context().new_page()
    posted = _posted(page)
    path = places.of_kind(paper, "article")
    page.goto(paper.url + path, wait_until="load")
    page.evaluate(_HIDDEN, True)
    page.wait_for_timeout(2000)  # what nobody sees does not count
    page.evaluate(_HIDDEN, False)
    page.wait_for_timeout((_LOOKED_AT_S - 1.5) * 1000)
    assert posted == []
    page.wait_for_timeout(2500)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(1500)
    for is_hidden in (True, False, True):
        page.evaluate(_HIDDEN, is_hidden)
    beacon = re.escape(f"{paper.url}/baca/{path.split('/')[6]}/") + "[A-Za-z0-9_-]{12}"
    assert [method for method, _ in posted] == ["POST", "POST"]
    assert re.fullmatch(rf"{beacon}\?undefined", posted[0][1])
    assert re.fullmatch(rf"{beacon}/04", posted[1][1])


@pytest.mark.parametrize("has_script", [True, False])
def test_who_does_not_want_to_be_counted_or_has_no_script_tells_nothing(
    paper: Paper, new_context, has_script: bool
) -> None:
    context = new_context(java_script_enabled=has_script)
    context.add_init_script(_REFUSING)
    page: Page = context.new_page()
    posted = _posted(page)
    page.goto(paper.url + places.of_kind(paper, "article"), wait_until="load")
    page.wait_for_timeout((_LOOKED_AT_S + 1) * 1000)
    page.goto("about:blank")
    assert posted == []


def _posted(page: Page) -> list[tuple[str, str]]:
    """Return the list into which the requests of a page come that are no GET."""
    posted: list[tuple[str, str]] = []
    page.on("request", lambda sent: posted.append((sent.method, sent.url)) if sent.method != "GET" else None)
    return posted
