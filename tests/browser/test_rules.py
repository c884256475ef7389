"""Corrections and withdrawals, from the editor's screen to what readers see."""

from playwright.sync_api import Page, expect

from tests.browser import places
from tests.browser.running import Paper, wait_until
from tests.browser.test_approval import press, sign_in

HEADLINE = "Jembatan Gantung Cihideung Dibuka Kembali"
WRONG, RIGHT = "Panjang jembatan semula ditulis 80 meter.", "Panjang jembatan 48 meter."
REASON = "Memuat nama anak yang menjadi korban."


def status(paper: Paper, path: str) -> tuple[int, str]:
    code, body = paper.answer(path)
    return code, body.decode()


def published(page: Page, paper: Paper, headline: str) -> tuple[str, str]:
    """Publish an article; return the addresses of its editor and of its page."""
    page.goto(f"{paper.url}/redaksi/snippets/newsroom/article/add/")
    page.fill("#id_headline", headline)
    press(page, "action-publish")
    oldest = places.oldest_article(paper)
    wait_until(lambda: headline in places.update(paper, oldest), 5, "readers have it")
    page.goto(f"{paper.url}/redaksi/")
    page.get_by_role("link", name=headline).first.click()
    editor = page.url
    page.goto(paper.url + oldest)
    page.get_by_role("link", name=headline).first.click()
    return editor, page.url.removeprefix(paper.url)


def rules_of(page: Page, editor: str) -> None:
    page.goto(editor)
    page.get_by_role("navigation", name="Actions (footer)").get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Ralat, hak jawab, pencabutan").click()


def test_a_correction_is_on_the_article_and_among_the_corrections(paper: Paper, new_context) -> None:
    page = new_context().new_page()
    sign_in(page, paper, "pelaksana")
    editor, path = published(page, paper, HEADLINE)
    rules_of(page, editor)
    page.get_by_role("link", name="Terbitkan ralat").click()
    page.get_by_label("Apa yang salah?").fill(WRONG)
    page.get_by_label("Apa yang benar?").fill(RIGHT)
    page.get_by_role("button", name="Terbitkan ralat ini").click()
    expect(page.get_by_role("region", name="Ralat dan koreksi")).to_contain_text(RIGHT)
    wait_until(lambda: RIGHT in status(paper, path)[1], 5, "the article carries it")
    page.goto(f"{paper.url}/ralat")
    told = page.locator("li.note", has_text=RIGHT)
    expect(told).to_contain_text(WRONG)
    expect(told.get_by_role("link", name=HEADLINE)).to_be_visible()


def test_a_withdrawn_article_answers_with_ground_and_reason_and_comes_back(paper: Paper, new_context) -> None:
    page = new_context().new_page()
    sign_in(page, paper, "pelaksana")
    headline = "Kesaksian Seorang Anak di Sukamekar"
    editor, path = published(page, paper, headline)
    rules_of(page, editor)
    page.get_by_role("link", name="Cabut artikel").click()
    page.get_by_label("Dasar pencabutan").select_option("child")
    page.get_by_label("Alasan, seperti yang akan dibaca pembaca").fill(REASON)
    page.get_by_role("button", name="Cabut sekarang").click()
    wait_until(lambda: status(paper, path)[0] == 410, 5, "its address says that it is gone")
    told = status(paper, path)[1]
    assert REASON in told
    assert "Masa depan anak" in told
    assert headline not in status(paper, "/indeks")[1]
    page.get_by_role("link", name="Pasang kembali artikel").click()
    page.get_by_label("Mengapa?").fill("Nama sudah disamarkan.")
    page.get_by_role("button", name="Pasang kembali").click()
    wait_until(lambda: status(paper, path)[0] == 200, 5, "it is back")
