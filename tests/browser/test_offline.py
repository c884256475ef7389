"""What was read is there without a network, and gone when it is withdrawn; the paper installs, and prints well."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import places, wire
from tests.browser.running import Paper, wait_until

_STORES = """async () => {
    const names = await caches.keys();
    const pages = await Promise.all(names.map((name) => caches.match("/", {cacheName: name, ignoreVary: true})));
    return names.filter((name, at) => pages[at]);
}"""
"""Returns the names of the stores that hold a page; to open one would make it anew when it was just dropped."""
_TEXTS = """async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("warta-1:"));
    const pages = await Promise.all(names.map((name) => caches.match("/", {cacheName: name, ignoreVary: true})));
    return Promise.all(pages.filter(Boolean).map((page) => page.text()));
}"""
_AS_OF = """async ([name, days]) => {
    const store = await caches.open(name);
    const page = (await store.match("/")) || new Response("<html lang=id><h1>x</h1>");
    const headers = {...Object.fromEntries(page.headers), "x-kept-at": Date.now() - days * 864e5};
    await store.put("/", new Response(await page.text(), {headers}));
}"""
_NAMING = """async ([name, path, headline]) => {
    const store = await caches.open(name);
    const page = await store.match("/");
    const text = (await page.text()).replace("</ol>", `<li><a href="${path}">${headline}</a></li></ol>`);
    await store.put("/", new Response(text, {headers: page.headers}));
}"""
"""Lets a kept page name an article in its first list, as one does that was kept while the article was new."""
_LATER = """async () => (await caches.open("warta-1:luring")).put(
    "/luring/dicabut", new Response("", {headers: {"x-kept-at": Date.now() - 10 * 60e3}}))"""
"""Lets ten minutes have passed since the worker asked what it may keep no longer."""
_WIDTHS = "() => [...document.images].map((img) => img.naturalWidth)"
_HELD = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A phone's browser that owns to be a robot, whose reads are not counted; what it sends is in `page.sent`."""
    context = new_context(width=390, user_agent="HeadlessChrome")
    context.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    sent: list[str] = []
    page = context.new_page()
    page.sent = sent  # type: ignore[attr-defined] — of this test alone
    return page


def test_what_was_read_is_there_without_a_network(wire_paper: Paper, page: Page, tmp_path: Path) -> None:
    old = wire.withdrawn_later()
    headlines = [wire.whole(lang, "jakarta")["headline"] for lang in ("id", "en")]
    whole, english, brief = (places.headed(wire_paper, headline) for headline in (*headlines, old["headline"]))

    _read(page, wire_paper.url + whole)  # before there was a worker
    wait_until(lambda: _named(whole) in page.evaluate(_STORES), 10, "the first page is kept")
    for path in (english, brief, "/"):
        _read(page, wire_paper.url + path)
        wait_until(lambda path=path: _named(path) in page.evaluate(_STORES), 10, f"{path} is kept")

    page.context.set_offline(True)
    page.sent.clear()  # type: ignore[attr-defined]
    for path, headline, line, then in (
        (whole, headlines[0], "Anda sedang luring; halaman ini disimpan pada", "UPDATE ("),
        (english, headlines[1], "You are offline; this page was kept on", "Latest ("),
    ):
        page.goto(wire_paper.url + path, wait_until="load")
        assert page.locator("header").get_by_role("status").inner_text().startswith(line)
        assert page.locator("article h1").inner_text() == headline
        assert min(page.evaluate(_WIDTHS)) > 0
        assert then in page.locator("aside").inner_text().replace("\n", " ")
    page.wait_for_timeout(1200)  # as long as the beacon would wait
    assert [line for line in page.sent if line.startswith("POST")] == []  # type: ignore[attr-defined]

    answer = page.goto(wire_paper.url + "/indeks", wait_until="load")
    assert answer is not None
    assert answer.status == 503
    said = page.locator("header").get_by_role("status").inner_text()
    assert "Anda sedang luring." in said
    assert "You are offline." in said
    rows = page.locator("main li a")
    assert rows.all_inner_texts() == [old["headline"], *reversed(headlines)]
    assert "Dibaca" in page.locator("main li").first.inner_text()
    rows.last.click()
    page.wait_for_url(wire_paper.url + whole)

    page.context.set_offline(False)
    answer = page.goto(wire_paper.url + whole, wait_until="load")
    assert answer is not None
    assert answer.status == 200
    assert page.get_by_role("status").count() == 0

    withdrawn = wire.write(tmp_path / "withdrawn", [{**old, "pubstatus": "canceled"}])
    wire_paper.warta("import", "ninjs", str(withdrawn))
    wait_until(lambda: wire_paper.answer(brief)[0] == 410, 10, "the article is withdrawn")
    _goes_with_its_headline(wire_paper, page, brief, old["headline"], others=("/", whole))

    page.evaluate(_AS_OF, [_named(brief), 1])
    page.goto(wire_paper.url + brief, wait_until="load")
    wait_until(lambda: _named(brief) not in page.evaluate(_STORES), 10, "what answers 410 is not kept")

    for number in range(40):
        page.evaluate(_AS_OF, [f"warta-1:{9000 + number}", 1])
    page.evaluate(_AS_OF, [_named(english), 8])
    _read(page, wire_paper.url + whole)
    wait_until(lambda: len(page.evaluate(_STORES)) == 31, 10, "30 articles and the front page are left")
    assert _named(whole) in page.evaluate(_STORES)
    assert _named(english) not in page.evaluate(_STORES)


def test_the_paper_installs_and_the_newsroom_is_left_alone(wire_paper: Paper, page: Page) -> None:
    _read(page, f"{wire_paper.url}/")
    devtools = page.context.new_cdp_session(page)
    told: dict[str, Any] = devtools.send("Page.getAppManifest")
    assert told["errors"] == []
    assert json.loads(told["data"])["name"] == "Nusa Pagi"
    found = {error["errorId"] for error in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert found <= {"in-incognito"}  # as every browser of these tests is

    answer = page.goto(f"{wire_paper.url}/redaksi/login/", wait_until="load")
    assert answer is not None
    assert not answer.from_service_worker
    assert page.evaluate("performance.getEntriesByType('navigation')[0].workerStart") == 0
    page.goto(f"{wire_paper.url}/?lite", wait_until="load")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].workerStart") == 0


def test_size_and_colours_stay_as_chosen_and_what_is_printed_is_the_article(wire_paper: Paper, page: Page) -> None:
    path = places.headed(wire_paper, wire.whole("id", "jakarta")["headline"])
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(wire_paper.url + path, wait_until="load")
    page.get_by_label("Ukuran huruf").select_option("A++")
    page.get_by_label("Warna").select_option("Gelap")
    for other in ("/", "/dunia", "/indeks", path):
        page.goto(wire_paper.url + other, wait_until="load")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, other
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "23.2px"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 19, 16)"
    assert page.get_by_label("Warna").input_value() == "dark"
    assert page.context.cookies() == []

    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for hidden in ("header nav", "aside", ".look", ".today a"):
        assert not page.locator(hidden).is_visible(), hidden
    for shown in ("figure.lead img", "figcaption", "h1", ".dateline", ".body"):
        assert page.locator(shown).is_visible(), shown
    foot = "(of) => getComputedStyle(document.querySelector(of), '::after').content"
    assert f"{wire_paper.url}{path} | Jumat, 03 Mei 2024" in page.evaluate(foot, "article")
    assert "Halaman per" in page.evaluate(foot, ".foot")


def test_without_javascript_there_is_no_choice_to_be_seen(wire_paper: Paper, new_context) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{wire_paper.url}/", wait_until="load")
    assert page.locator(".look").count() == 1
    assert not page.locator(".look").is_visible()


def _goes_with_its_headline(paper: Paper, page: Page, withdrawn: str, headline: str, others: tuple[str, ...]) -> None:
    """Let kept pages name a withdrawn article, read any page with a network: neither is there without one."""
    for name in map(_named, others):
        page.evaluate(_NAMING, [name, withdrawn, headline])
    page.evaluate(_LATER)
    _read(page, f"{paper.url}/indeks")  # any page
    wait_until(lambda: _named(withdrawn) not in page.evaluate(_STORES), 10, "the withdrawn article is gone")
    wait_until(lambda: headline not in "".join(page.evaluate(_TEXTS)), 10, "its headline is gone")
    assert set(map(_named, others)) <= set(page.evaluate(_STORES))
    page.context.set_offline(True)
    for path in (*others, withdrawn):
        page.goto(paper.url + path, wait_until="load")
        assert page.locator("header").get_by_role("status").count() == 1
        assert headline not in page.content()
    assert page.locator("main li a").count() == 2
    page.context.set_offline(False)


def _read(page: Page, address: str) -> None:
    """Open a page, and wait until the worker holds it."""
    page.goto(address, wait_until="load")
    wait_until(lambda: bool(page.evaluate(_HELD)), 10, "the worker is there")


def _named(path: str) -> str:
    """Return the name of the store in which a page is kept."""
    return "warta-1:" + (path.split("/")[6] if path != "/" else "/")
