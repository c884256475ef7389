"""A correction and its public page, a withdrawal and its 410, made on the newsroom's screens."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import wire
from tests.browser.conftest import SEEN_WITHIN_S
from tests.browser.running import Paper, wait_until
from tests.staff import PASSWORD

_POLICY = "Content Security Policy"


@pytest.fixture
def page(paper: Paper, new_context) -> Iterator[Page]:
    page = new_context(bypass_csp=False).new_page()
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if _POLICY in message.text else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(f"{paper.url}/redaksi/")
    page.fill("input[name=username]", "pelaksana")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/redaksi/")
    yield page
    assert broken == []


@pytest.fixture
def imported(paper: Paper, tmp_path: Path) -> Callable[[int], tuple[int, str]]:
    """Publishes a short article of a number and returns its id and path."""

    def publish(number: int) -> tuple[int, str]:
        item = wire.brief(number, datetime.now(UTC) - timedelta(hours=3))
        paper.warta("import", "ninjs", str(wire.write(tmp_path / str(number), [item])))
        found: list[str] = []

        def is_listed() -> bool:
            found[:] = [
                str(link.get("href"))
                for link in paper.get("/indeks").xpath("//ol[@class='rows']/li/a[1]")
                if link.text_content() == item["headline"]
            ]
            return bool(found)

        wait_until(is_listed, SEEN_WITHIN_S, "the article is listed")
        return int(found[0].split("/")[-2]), found[0]

    return publish


def test_a_correction_reaches_its_article_and_the_public_page(paper: Paper, page: Page, imported) -> None:
    pk, path = imported(901)
    page.goto(f"{paper.url}/redaksi/snippets/newsroom/article/rules/{pk}/")
    page.get_by_role("link", name="Buat ralat").click()
    page.get_by_label("Yang keliru").fill("Dua belas rumah terendam.")
    page.get_by_label("Yang benar").fill("Empat belas rumah terendam.")
    page.get_by_label("Berat").check()
    page.get_by_role("button", name="Terbitkan ralat").press("Enter")
    page.wait_for_url(f"**/rules/{pk}/")
    wait_until(lambda: b"Empat belas rumah" in paper.answer(path)[1], SEEN_WITHIN_S, "the article tells it")
    page.goto(f"{paper.url}/ralat")
    told = page.get_by_text("Empat belas rumah terendam.")
    assert told.count() == 1
    page.goto(paper.url + path)
    assert page.get_by_text("Empat belas rumah terendam.").count() == 2, "a serious one stands at the head too"


def test_a_withdrawal_says_first_what_it_does_and_answers_410(paper: Paper, page: Page, imported) -> None:
    pk, path = imported(902)
    page.goto(f"{paper.url}/redaksi/snippets/newsroom/article/rules/{pk}/")
    page.get_by_role("link", name="Cabut").click()
    page.get_by_label("Masa depan anak").check()
    page.get_by_label("Penjelasan untuk pembaca").fill("Kami melindungi masa depan seorang anak.")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("heading", name="Yang akan terjadi").wait_for()
    assert page.locator("main").inner_text().count("(410)") == 1
    assert paper.answer(path)[0] == 200
    page.get_by_role("button", name="Cabut sekarang").click()
    page.wait_for_url(f"**/rules/{pk}/")
    wait_until(lambda: paper.answer(path)[0] == 410, SEEN_WITHIN_S, "the address answers 410")
    assert "melindungi masa depan" in paper.answer(path)[1].decode()
    page.get_by_role("link", name="Pasang kembali").click()
    page.locator("textarea[name=note]").fill("Salah artikel.")
    page.get_by_role("button", name="Pasang kembali").click()
    wait_until(lambda: paper.answer(path)[0] == 200, SEEN_WITHIN_S, "it is back")


def test_a_reply_is_noted_and_answered_by_choosing_an_article(paper: Paper, page: Page, imported) -> None:
    pk, path = imported(903)
    _other, other_path = imported(904)
    page.goto(f"{paper.url}/redaksi/snippets/newsroom/article/rules/{pk}/reply/")
    page.get_by_label("Pihak yang menjawab").fill("Koperasi Maju")
    page.get_by_label("Keberatannya").fill("Angkanya keliru.")
    page.get_by_role("button", name="Catat").click()
    page.wait_for_url(f"**/rules/{pk}/")
    page.get_by_role("link", name="Jawab", exact=True).click()
    page.locator("#id_answer-chooser [data-chooser-action-choose]").first.click()
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("link", name="904").first.click()
    dialog.wait_for(state="hidden")
    page.get_by_role("button", name="Selesaikan permintaan").click()
    page.wait_for_url(f"**/rules/{pk}/")
    wait_until(lambda: other_path.encode() in paper.answer(path)[1], SEEN_WITHIN_S, "the article names its reply")
