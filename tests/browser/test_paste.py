"""What is pasted from Word, Google Docs and WhatsApp comes out clean: words, lists, bold, italic, links, no looks."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from tests.browser.running import Paper, wait_until
from tests.browser.test_approval import sign_in

DATA: Final = Path(__file__).parent / "data"
WORD: Final = (DATA / "word.html").read_text()
DOCS: Final = (DATA / "docs.html").read_text()
WHATSAPP: Final = (
    "[10.15, 28/11/2026] Sari Humas: *Siaran pers*\n\nJembatan ditutup _sementara_ mulai pukul 20.00.\n"
    "[10.16, 28/11/2026] Sari Humas: Ralat: pukul 21.00, lihat rute_utama_kota dan 2 * 3 * 4.\n"
)
TWO: Final = "28/11/26 10.15 - Sari: Jadi?\n28/11/26 10.16 - Danu: Jadi, pukul 9.\n"


def cut(words: str, span: dict[str, Any]) -> str:
    """Return the words that a look or a link is on."""
    return words[span["offset"] : span["offset"] + span["length"]]


def pasted(page: Page, html: str, text: str) -> list[tuple[str, str, list[str]]]:
    """Paste into a new paragraph of the article; return kind, words and looks of each line that it then holds."""
    page.get_by_role("region", name="Isi").get_by_role("button", name="Sisipkan blok").last.click()
    page.get_by_role("option", name="Paragraf").click()
    field = page.locator(".public-DraftEditor-content").last
    field.click()
    field.evaluate(
        """(node, [html, text]) => {
          const data = new DataTransfer();
          if (html) data.setData("text/html", html);
          data.setData("text/plain", text);
          node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [html, text],
    )
    kept = page.locator("input[name^='body-'][name$='-value']").last
    wait_until(lambda: '"text"' in kept.input_value(), 10, "the editor has taken it")
    page.wait_for_timeout(400)
    raw: dict[str, Any] = json.loads(kept.input_value())
    lines = []
    for block in raw["blocks"]:
        words = block["text"]
        looks = [f"{span['style'].lower()}: {cut(words, span)}" for span in block["inlineStyleRanges"]]
        looks += [
            f"{raw['entityMap'][str(span['key'])]['data']['url']}: {cut(words, span)}" for span in block["entityRanges"]
        ]
        lines.append((block["type"], words, looks))
    return lines


@pytest.fixture
def page(paper: Paper, new_context: Any) -> Page:
    page: Page = new_context().new_page()
    sign_in(page, paper, "pewarta")
    page.goto(f"{paper.url}/redaksi/snippets/newsroom/article/add/")
    page.fill("#id_headline", "Tempelan")
    return page


def test_from_word_google_docs_and_whatsapp(page: Page) -> None:
    assert pasted(page, WORD, "Air Naik") == [
        ("unstyled", "Air Naik", ["bold: Air Naik"]),
        ("unstyled", "Banjir melanda tiga desa, kata camat.", ["bold: tiga desa", "italic: camat"]),
        ("unordered-list-item", "Perahu karet", []),
        ("unordered-list-item", "Dapur umum", []),
        ("ordered-list-item", "Pertama", []),
        ("unstyled", "Lihat data dan isi.", ["https://bnpb.example/data: data"]),
    ]
    assert pasted(page, DOCS, "Pasar Senen") == [
        ("unstyled", "Pasar Senen ramai lagi.", ["bold: Senen", "italic:  ramai"]),
        ("ordered-list-item", "Cabai", []),
        ("ordered-list-item", "Bawang", []),
        ("unstyled", "Harga", ["https://pasar.example/harga: Harga"]),
    ]
    assert page.evaluate("window.__x") is None, "nothing that was pasted ran"
    assert pasted(page, "", WHATSAPP) == [
        ("unstyled", "Siaran pers", ["bold: Siaran pers"]),
        ("unstyled", "Jembatan ditutup sementara mulai pukul 20.00.", ["italic: sementara"]),
        ("unstyled", "Ralat: pukul 21.00, lihat rute_utama_kota dan 2 * 3 * 4.", []),
    ]
    assert pasted(page, "", TWO) == [("unstyled", "Sari: Jadi?", []), ("unstyled", "Danu: Jadi, pukul 9.", [])]


def test_within_the_editor_nothing_is_touched(page: Page) -> None:
    first = pasted(page, "", "Satu *dua* tiga")
    assert first == [("unstyled", "Satu dua tiga", ["bold: dua"])]
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+C")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+V")
    page.wait_for_timeout(400)
    raw = json.loads(page.locator("input[name^='body-'][name$='-value']").last.input_value())
    assert "Satu dua tiga" in "".join(block["text"] for block in raw["blocks"])
