"""The main job: an editor signs in, writes, adds a photo, publishes; readers have it a moment later, everywhere."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import places
from tests.browser.conftest import SEEN_WITHIN_S
from tests.browser.running import Paper, wait_until
from tests.staff import PASSWORD
from warta.ingest.demo.draw import draw
from warta.ingest.demo.draw.credit import jpeg_with_credit

HEADLINE = "Panen Raya di Karawang Dimulai Dua Pekan Lebih Awal"
CAPTION, CREDIT = "Petani memanen padi di Karawang", "Antara Uji"
_POLICY = "Content Security Policy"
SENTENCE = "Musim panen di Karawang tiba dua pekan lebih awal."


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "panen.jpg"
    words = {"caption": CAPTION, "creator": "Sekar Wiraguna", "credit": CREDIT}
    path.write_bytes(jpeg_with_credit(draw("sawah", "senja", 5, (1200, 800)), **words, made_at=datetime.now(UTC)))
    return path


def test_a_published_article_is_first_in_update_on_the_oldest_article(
    paper: Paper, new_context, photo: Path, tell
) -> None:
    page = new_context().new_page()
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if _POLICY in message.text else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    _sign_in(page, paper)
    page.goto(f"{paper.url}/redaksi/snippets/newsroom/article/add/")
    _write(page)
    _add_photo(page, photo)
    rubric = _say_what_about(page)
    oldest = places.oldest_article(paper)
    assert HEADLINE not in places.update(paper, oldest)
    clicked = time.monotonic()
    _publish(page)
    answered_s = time.monotonic() - clicked
    seconds = wait_until(lambda: places.update(paper, oldest)[0] == HEADLINE, SEEN_WITHIN_S, "the headline is first")
    tell(f"the newsroom answered {answered_s:.2f} s after the click on publish; {seconds:.3f} s later")
    tell(f"the headline was first in UPDATE on {oldest}")
    assert broken == []
    _reads_as_written(page, paper, oldest, rubric)


def _sign_in(page: Page, paper: Paper) -> None:
    page.goto(f"{paper.url}/redaksi/")
    page.fill("input[name=username]", "sekar")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/redaksi/")


def _write(page: Page) -> None:
    page.fill("#id_headline", HEADLINE)
    page.fill("#id_standfirst", "Hujan berhenti sejak awal bulan.")
    page.get_by_role("region", name="Isi").get_by_role("button", name="Sisipkan blok").click()
    page.get_by_role("option", name="Paragraf").click()
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type(SENTENCE)
    page.fill("#id_initials", "dzk")


def _add_photo(page: Page, photo: Path) -> None:
    page.locator("#id_lead_photo-chooser [data-chooser-action-choose]").click()
    dialog = page.locator(".modal-dialog")
    upload = dialog.locator("form:has(input[type=file])")
    upload.wait_for(state="attached")
    dialog.get_by_role("tab", name="Unggah").click()
    upload.locator("input[type=file]").set_input_files(photo)
    upload.locator("[name=image-chooser-upload-description]").fill("Petani memotong padi di sawah.")
    expect(upload.locator("[name=image-chooser-upload-title]")).to_have_value(photo.stem)
    upload.locator("button[type=submit]").click()
    dialog.wait_for(state="hidden")


def _say_what_about(page: Page) -> str:
    """Fill the second tab; return the rubric, which a new article has from the start."""
    page.get_by_role("tab", name="Keterangan").click()
    page.fill("#id_place", "Karawang")
    return page.locator("#id_rubric-chooser [data-chooser-title]").inner_text().strip()


def _publish(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/edit/\d+/"), timeout=20_000)  # it is saved by itself
    page.get_by_role("navigation", name="Tindakan (kaki halaman)").get_by_role("button", name="Tindakan lain").click()
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 302):
        page.locator("button[name=action-publish]").click()


def _reads_as_written(page: Page, paper: Paper, oldest: str, rubric: str) -> None:
    """Follow the headline from the oldest article, as a reader does, and compare what stands there."""
    page.goto(paper.url + oldest)
    page.get_by_role("link", name=HEADLINE).first.click()
    assert page.locator("h1").inner_text() == HEADLINE
    assert page.locator("figure.lead figcaption").inner_text() == f"{CAPTION}/{CREDIT}"
    assert page.locator(".rubric").first.inner_text() == rubric != ""
    assert page.locator(".dateline").inner_text().endswith("WIB | LAPORAN: SEKAR WIRAGUNA")
    assert page.locator("article .body").inner_text() == f"KARAWANG – {SENTENCE} [dzk]"
    shown = page.locator("figure.lead img").evaluate("img => img.decode().then(() => img.naturalWidth)")
    assert shown >= 480
