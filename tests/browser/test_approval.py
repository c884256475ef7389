"""Submitted, sent back with a note, submitted again, approved: and readers have it."""

from playwright.sync_api import Page, expect

from tests.browser import places
from tests.browser.running import Paper, wait_until
from tests.staff import PASSWORD

HEADLINE = "Warga Pesisir Menanam Bakau di Bekas Tambak"
NOTE = "Sebut berapa hektare, dan siapa yang menghitungnya."


def sign_in(page: Page, paper: Paper, name: str) -> None:
    page.goto(f"{paper.url}/redaksi/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/redaksi/")


def press(page: Page, name: str) -> None:
    """Press a button of the editor's foot, which may be behind “more”, and wait until it was answered."""
    button = page.locator(f"button[name={name}]")
    if not button.is_visible():
        page.get_by_role("navigation", name="Tindakan (kaki halaman)").get_by_role(
            "button", name="Tindakan lain"
        ).click()
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 302):
        button.click()


def test_submit_send_back_resubmit_approve_live(paper: Paper, new_context) -> None:
    writer, editor = new_context().new_page(), new_context().new_page()
    sign_in(writer, paper, "pewarta")
    sign_in(editor, paper, "sekar")
    writer.goto(f"{paper.url}/redaksi/snippets/newsroom/article/add/")
    expect(writer.locator("button[name=action-publish]")).to_have_count(0)
    writer.fill("#id_headline", HEADLINE)
    press(writer, "action-submit")

    editor.goto(f"{paper.url}/redaksi/")
    editor.get_by_role("region", name="Menunggu desk").get_by_role("link", name=HEADLINE).click()
    editor.get_by_role("navigation", name="Tindakan (kaki halaman)").get_by_role("button", name="Tindakan lain").click()
    editor.get_by_role("link", name="Kembalikan ke penulis").click()
    editor.fill("textarea[name=note]", NOTE)
    editor.get_by_role("button", name="Kembalikan").click()
    editor.wait_for_url("**/redaksi/")

    writer.goto(f"{paper.url}/redaksi/")
    returned = writer.get_by_role("region", name="Dikembalikan kepada Anda")
    expect(returned).to_contain_text(NOTE)
    returned.get_by_role("link", name=HEADLINE).click()
    expect(writer.locator(".warta-moments__loud")).to_contain_text(NOTE)
    writer.fill("#id_standfirst", "Dua belas hektare, menurut kelompok tani.")
    press(writer, "action-submit")

    editor.reload()
    editor.get_by_role("region", name="Menunggu desk").get_by_role("link", name=HEADLINE).click()
    press(editor, "action-publish")
    oldest = places.oldest_article(paper)
    wait_until(lambda: HEADLINE in places.update(paper, oldest), 5, "readers have it")
