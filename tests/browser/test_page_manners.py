"""What no page of the paper does: complain, ask another site, set a cookie, move while it loads, scroll sideways."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.browser import places
from tests.browser.running import Paper

_STATUS = {"not-found": 404, "gone": 410}
_SHIFTS = """() => new Promise((done) => {
    const seen = [];
    const said = ({node, previousRect: was, currentRect: is}) =>
        `${node?.outerHTML?.slice(0, 120) ?? node?.textContent} from ${was.x},${was.y} to ${is.x},${is.y}`;
    const see = (list) => list.getEntries().forEach((shift) => seen.push([shift.value, shift.sources.map(said)]));
    new PerformanceObserver(see).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(seen), 300);
})"""
_UNSEEN = 0.001
"""A shift that nobody sees; Web Vitals call 0.1 good. The hour of a row may move while its headline comes."""
_UNSIZED = """() => [...document.images]
    .filter((img) => !(img.getAttribute("width") > 0 && img.getAttribute("height") > 0)).map((img) => img.outerHTML)"""
_TO_THE_END = """async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
        scrollTo(0, y);
        await new Promise((done) => setTimeout(done, 40));
    }
    for (const img of document.images) img.loading = "eager"; // what was scrolled past too quickly would never come
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error("a picture never came")), 20_000));
    await Promise.race([late, Promise.all([...document.images].map((img) => img.decode()))]);
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", places.KINDS)
def test_a_page_keeps_its_manners(paper: Paper, new_context, tell, kind: str, width: int) -> None:
    context = new_context(width=width)
    page: Page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(paper.url + places.of_kind(paper, kind), wait_until="load")
    assert answer is not None
    assert answer.status == _STATUS.get(kind, 200)
    page.evaluate(_TO_THE_END)
    if moved := _moved(
        page
    ):  # a machine that stands still for a moment paints half a page: it is told, and looked at again
        tell(f"{kind} moved at {width}: {moved}")
        page.reload(wait_until="load")
        page.evaluate(_TO_THE_END)
    assert _moved(page) == []
    assert page.evaluate(_UNSIZED) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [address for address in asked if not address.startswith((f"{paper.url}/", "data:"))] == []
    assert context.cookies() == []
    assert [line for line in complaints if "status of 40" not in line and "status of 41" not in line] == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", ["front", "rubric"])
def test_a_page_that_comes_slowly_does_not_move(paper: Paper, new_context, kind: str, width: int) -> None:
    page: Page = new_context(width=width).new_page()
    with _a_bad_line(paper) as address:
        page.goto(address + places.of_kind(paper, kind), wait_until="load")
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") < page.evaluate(
        "performance.timing.domInteractive - performance.timing.navigationStart"
    ), "the line was not slow enough for anything to be seen early"
    assert _moved(page) == []


def _moved(page: Page) -> list[list[object]]:
    """Return by how much and what moved, when anybody can have seen it."""
    shifts = page.evaluate(_SHIFTS)
    return shifts if sum(value for value, _ in shifts) >= _UNSEEN else []


@contextmanager
def _a_bad_line(paper: Paper) -> Iterator[str]:
    """Hand on what a paper answers, its markup by a few hundred bytes at once; give the address."""

    class Line(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, body = paper.answer(self.path)
            step = 500 if body.startswith(b"<!doctype") else len(body)
            self.send_response(status)
            if step < len(body):
                self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for at in range(0, len(body), step):
                self.wfile.write(body[at : at + step])
                time.sleep(0.04)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Line)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
