"""By keyboard alone: the first stop skips to the content, and every stop can be seen."""

import pytest
from playwright.sync_api import Page

from tests.browser import places
from tests.browser.running import Paper

_FOCUSED = """() => new Promise((done) => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const end = performance.now() + 1000;  // the browser scrolls to what has the focus a few frames later
    const look = () => {
        const box = element.getBoundingClientRect();
        const isInView = box.width > 0 && box.top > -1 && box.left > -1
            && box.bottom < innerHeight + 1 && box.right < innerWidth + 1;
        if (!isInView && performance.now() < end) return requestAnimationFrame(look);
        done({
            name: element.textContent.trim(),
            box: JSON.stringify(box),
            isInView,
            outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
            isRingedByBrowser: element.type === "date" && !element.matches(":focus-visible"),
        });
    };
    look();
})"""
_STOPS = 30


@pytest.mark.parametrize("kind", places.KINDS)
def test_the_first_stop_skips_to_the_content(paper: Paper, new_context, kind: str) -> None:
    page: Page = new_context().new_page()
    page.goto(paper.url + places.of_kind(paper, kind))
    page.keyboard.press("Tab")
    first = page.evaluate(_FOCUSED)
    assert first["name"] == "Langsung ke isi"
    assert first["isInView"]
    assert first["outline"] >= 2
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#isi"
    page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('header.masthead').contains(document.activeElement)")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", ["front", "article", "index"])
def test_every_stop_can_be_seen(paper: Paper, new_context, kind: str, width: int) -> None:
    page: Page = new_context(width=width).new_page()
    page.goto(paper.url + places.of_kind(paper, kind))
    for _ in range(_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        assert stop["isInView"], stop
        assert stop["outline"] >= 2 or stop["isRingedByBrowser"], stop
