"""Ten readers put an article on top of `Populer`; a browser tells of each page once, and only with JavaScript."""

import pytest
from playwright.sync_api import Page

from tests.browser import places
from tests.browser.conftest import Popular
from tests.browser.running import Paper

_LOOKED_AT_S = 1.0
"""How long a page must have been visible before it tells."""


def test_ten_readers_from_ten_addresses_put_an_article_on_top(popular: Popular, tell) -> None:
    tell(f"on top of Populer {popular.posted_s:.2f} s after the last of ten reads")
    tell(f"in Populer {popular.browsed_s:.2f} s after a browser had loaded the page")
    assert popular.headlines == [f"Kabar Nomor {number} dari Pesisir" for number in (7, 1, 2, 3, 4, 5, 6)]


@pytest.mark.parametrize(("has_script", "beacons"), [(True, 1), (False, 0)])
def test_a_page_that_is_looked_at_tells_of_one_read(paper: Paper, new_context, has_script: bool, beacons: int) -> None:
    page: Page = new_context(java_script_enabled=has_script).new_page()
    posted: list[tuple[str, str]] = []
    page.on("request", lambda sent: posted.append((sent.method, sent.url)) if sent.method != "GET" else None)
    path = places.of_kind(paper, "article")
    page.goto(paper.url + path, wait_until="load")
    assert posted == []
    page.wait_for_timeout((_LOOKED_AT_S + 0.5) * 1000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout((_LOOKED_AT_S + 0.5) * 1000)
    article_id = path.split("/")[6]
    assert posted == [("POST", f"{paper.url}/baca/{article_id}")] * beacons
