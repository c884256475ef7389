"""With JavaScript off and the pictures not loaded, all ten blocks are there in their order, as the eye reads them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser import wire
from tests.browser.conftest import Popular
from tests.browser.running import Paper

_GOLDEN = Path(__file__).with_name("golden")
_SHOWN = Path("build/golden")

_PICTURES_AS_TEXT = """() => document.querySelectorAll("picture").forEach(
    (picture) => picture.replaceWith(`[${picture.querySelector("img").alt}]`))"""


@pytest.mark.parametrize("zone", wire.ZONES)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_all_ten_blocks_in_order(
    wire_paper: Paper, popular: Popular, new_context: Callable[..., BrowserContext], lang: str, zone: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.route("**/gambar/*", lambda route: route.abort())
    page.goto(wire_paper.url + _path(wire_paper, lang, zone))
    page.evaluate(_PICTURES_AS_TEXT)
    text = "".join(page.locator(part).inner_text() + "\n" for part in ("main", "aside"))
    lines = "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())
    golden = _GOLDEN / f"article-{lang}-{zone}.txt"
    if not golden.exists() or golden.read_text("utf-8") != lines:
        _SHOWN.mkdir(parents=True, exist_ok=True)
        (_SHOWN / golden.name).write_text(lines, "utf-8")
    assert golden.exists(), f"read {_SHOWN / golden.name} through; if it is right, make it {golden}"
    assert lines == golden.read_text("utf-8")


def _path(paper: Paper, lang: str, zone: str) -> str:
    """Return the path of the whole article in a language and zone: three have the same headline, in order of zone."""
    headline = wire.whole(lang, zone)["headline"]
    links = paper.get("/indeks").xpath("//a[normalize-space()=$headline]/@href", headline=headline)
    by_id = sorted((str(link) for link in links), key=lambda path: int(path.split("/")[6]))
    return by_id[list(wire.ZONES).index(zone)]
