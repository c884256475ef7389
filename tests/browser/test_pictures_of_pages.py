"""Takes the README's pictures: into build/pictures on every run, into docs/pictures with --keep-pictures."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser import places
from tests.browser.running import Paper

pytestmark = pytest.mark.thorough

_BUILT, _KEPT = Path("build/pictures"), Path("docs/pictures")
_LARGEST_BYTES = 300_000
_READY = "() => Promise.all([...document.images].filter((img) => img.loading !== 'lazy').map((img) => img.decode()))"


@pytest.mark.parametrize(
    ("name", "kind", "width", "height"),
    [("front", "front", 1280, 1500), ("article", "article", 1280, 1240), ("article-phone", "article", 390, 844)],
)
def test_take_a_picture(paper: Paper, new_context, request, name: str, kind: str, width: int, height: int) -> None:
    page: Page = new_context(width=width, height=height, color_scheme="light").new_page()
    page.goto(paper.url + places.of_kind(paper, kind), wait_until="load")
    page.evaluate(_READY)
    keep(page.screenshot(), name, (width, height), request)


def keep(picture: bytes, name: str, size: tuple[int, int], request: pytest.FixtureRequest) -> None:
    """Write a picture of a page, in few colours, and renew that in docs/pictures if it is asked for."""
    taken = Image.open(io.BytesIO(picture))
    assert taken.size == size
    _BUILT.mkdir(parents=True, exist_ok=True)
    path = _BUILT / f"{name}.png"
    taken.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size < _LARGEST_BYTES
    if request.config.getoption("--keep-pictures"):
        _KEPT.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, _KEPT / path.name)
