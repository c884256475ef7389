"""The page that saves data is one request; a photo comes when it is tapped, and readers find the way there and back."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.browser import places, wire
from tests.browser.running import Paper


def test_a_photo_comes_when_it_is_tapped_and_not_before(
    wire_paper: Paper, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(width=390, user_agent="HeadlessChrome").new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("request", lambda request: asked.append(request.url) if request.method == "GET" else None)
    address = f"{wire_paper.url}{places.headed(wire_paper, wire.whole('id', 'jakarta')['headline'])}?lite"
    page.goto(address, wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(300)  # as long as a lazy photo that comes near would need
    assert [url for url in asked if not url.startswith("data:")] == [address]
    page.locator("summary").click()
    page.wait_for_function("() => document.images[0].naturalWidth > 0")
    [_, photo] = [url for url in asked if not url.startswith("data:")]
    assert photo.startswith(f"{wire_paper.url}/gambar/")
    assert page.locator("details img").first.is_visible()
    assert complaints == []


def test_the_way_there_stands_at_the_foot_and_leads_back(
    wire_paper: Paper, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(width=390, user_agent="HeadlessChrome", java_script_enabled=False).new_page()
    for path in ("/", "/dunia", places.headed(wire_paper, wire.whole("id", "jakarta")["headline"])):
        page.goto(wire_paper.url + path, wait_until="load")
        page.locator("footer").get_by_role("link", name="Versi hemat data").click()
        page.wait_for_url(f"{wire_paper.url}{path}?lite")
        assert page.locator("img:visible").count() == 0
        page.get_by_role("link", name="Versi lengkap").click()
        page.wait_for_url(wire_paper.url + path)
