"""Photos in a browser: many dropped at once, each with progress, words or fault; and one that was here before."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.running import Paper
from tests.browser.test_approval import sign_in
from tests.newsroom.photo_words import app13, digest_of, iim, scene, xmp
from tests.newsroom.test_photo_before import changed

_POLICY = "Content Security Policy"


@pytest.fixture(scope="module")
def desk(staffed_home: Path, tmp_path_factory: pytest.TempPathFactory):
    """A paper without articles, and its photo editor."""
    paper = Paper(shutil.copytree(staffed_home, tmp_path_factory.mktemp("photos") / "home"))
    with paper.served():
        yield paper


@pytest.fixture
def page(desk: Paper, new_context) -> Page:
    """The photo editor's page; at the end nothing was stopped by the policy and no script broke."""
    opened: Page = new_context().new_page()
    broken: list[str] = []
    opened.on("console", lambda message: broken.append(message.text) if _POLICY in message.text else None)
    opened.on("pageerror", lambda error: broken.append(str(error)))
    sign_in(opened, desk, "juru")
    yield opened
    assert broken == []


def drop(page: Page, folder: Path, files: dict[str, bytes]) -> None:
    """Drag files from the desktop onto the page and let them go there."""
    paths = []
    for name, data in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    box = page.locator(".drop-zone").bounding_box()
    assert box is not None
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 20}
    dragged = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    devtools = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, "data": dragged, **place})


_HOSTILE = "<img src=x onerror=top.x=1>.jpg"
WORDS = iim(n120="Air menutup jalan.", n110="Antara", n80="Sari Wiradjaja")
PACKET = xmp(xmpRights_UsageTerms="Hanya untuk berita", xmpRights_WebStatement="https://kantor.example/l")


@pytest.mark.thorough
def test_many_photos_are_dropped_and_each_tells_how_it_went(desk: Paper, page: Page, tmp_path: Path) -> None:
    page.goto(f"{desk.url}/redaksi/images/multiple/add/")
    sound = scene(extra=app13(WORDS, digest_of(WORDS)), xmp=PACKET)
    drop(
        page,
        tmp_path,
        {"banjir.jpg": sound, "rusak.jpg": sound[:5000], _HOSTILE: b"bukan foto"},
    )
    items = page.locator("#upload-list > li")
    expect(items).to_have_count(3)
    expect(page.locator("#upload-list > li.upload-complete")).to_have_count(3)
    kept, damaged, hostile = (items.nth(number) for number in range(3))
    expect(kept).to_have_class(re.compile("upload-success"))
    expect(kept.locator("[name$=-credit]")).to_have_value("Antara")
    expect(kept.locator("[name$=-caption]")).to_have_value("Air menutup jalan.")
    expect(kept.locator("[name$=-licence]")).to_have_value("https://kantor.example/l")
    expect(damaged.locator(".error_messages")).to_contain_text("rusak atau tidak utuh")
    expect(hostile.locator(".error_messages")).to_contain_text("bukan merupakan berkas gambar")
    expect(page.locator("#upload-list img[src=x]")).to_have_count(0)
    kept.locator("[name$=-description]").fill("Perahu di jalan raya.")
    kept.get_by_role("button", name="Perbarui").or_(kept.get_by_role("button", name="Update")).click()
    expect(items).to_have_count(2)

    drop(page, tmp_path, {"lagi.jpg": changed(sound, size=(300, 200), quality=60)})
    again = page.locator("#upload-list > li.upload-duplicate")
    expect(again).to_contain_text("Foto ini sudah pernah ada")
    expect(again).to_contain_text("banjir")
    again.locator(".delete").click()
    expect(again).to_have_count(0)


@pytest.mark.thorough
def test_the_eye_is_guessed_and_then_set_by_hand(desk: Paper, page: Page) -> None:
    page.goto(f"{desk.url}/redaksi/images/")
    page.locator(".images a.image-choice").first.click()
    expect(page.locator(".warta-guess")).to_contain_text("tebakan pertama")
    box = page.locator(".jcrop-holder").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 120, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Simpan").or_(page.get_by_role("button", name="Save")).first.click()
    page.wait_for_url("**/redaksi/images/")
    page.locator(".images a.image-choice").first.click()
    expect(page.locator(".warta-guess")).to_have_count(0)
    assert 0 < float(page.locator("input.focal_point_x").input_value()) < 300


@pytest.mark.thorough
def test_the_eye_is_set_without_a_mouse(desk: Paper, page: Page) -> None:
    page.goto(f"{desk.url}/redaksi/images/")
    page.locator(".images a.image-choice").first.click()
    before = float(page.locator("input.focal_point_x").input_value())
    button = page.get_by_role("button", name="Geser titik fokus")
    button.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert float(page.locator("input.focal_point_x").input_value()) > before
    expect(page.locator("#photo-eye")).to_contain_text("%")
