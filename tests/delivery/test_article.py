"""The article page: ten blocks in order, one right address, and what is not there any more."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from tests.delivery.builders import NOW, ZONES, article, full_article, picture, put, put_archive, put_frame, put_gone
from tests.delivery.reading import document, links, page_text
from warta.delivery import render, shell
from warta.paper import store
from warta.paper.pages import Heading, Paragraph, Translation

pytestmark = pytest.mark.django_db(databases="__all__")
GOLDEN = Path(__file__).parent / "golden"


def answer(client: Client, path: str, status: int = 200) -> bytes:
    response = client.get(path)
    assert response.status_code == status
    return response.content


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("zone", ZONES)
def test_all_blocks_are_there_in_order_as_text(lang: str, zone: str) -> None:
    put_frame()
    page = put(full_article(500, lang, zone))
    newer = [put(article(600 + hour, NOW - timedelta(minutes=hour))) for hour in range(1, 12)]
    lists = render.Lists(
        most_read=[page.teaser for page in newer[:7]], latest=[page.teaser for page in newer[: render.LATEST]]
    )
    html = render.article_html(page, lists=lists, shell=shell.current(now=NOW), now=NOW)
    golden = GOLDEN / f"article-{lang}-{zone.rpartition('/')[2].lower()}.txt"
    assert page_text(html.encode()) == golden.read_text(encoding="utf-8")


def test_dateline_is_in_the_articles_zone_and_readable_by_machines(client: Client) -> None:
    page = put(full_article(500, "id", "Asia/Jayapura"))
    dateline = document(answer(client, page.path)).xpath("//p[@class='dateline']")[0]
    assert " ".join(dateline.text_content().split()) == (
        "Jumat, 03 Mei 2024 | 08:39 WIT | Laporan: Sari Wiradjaja, Bima Antara"
    )
    assert dateline.xpath("time/@datetime") == ["2024-05-03T08:39+09:00"]
    assert dateline.xpath("a/@href") == ["/penulis/sari-wiradjaja", "/penulis/bima-antara"]


def test_lists_are_of_now_on_an_old_article(client: Client, clock: time_machine.Traveller) -> None:
    old = put(article(1, datetime(2004, 1, 2, tzinfo=UTC)))
    due = put(article(2, NOW + timedelta(seconds=5)))
    assert due.headline not in answer(client, old.path).decode()
    clock.shift(timedelta(seconds=5))
    update = page_text(answer(client, old.path), "//section[contains(@class, 'update')]")
    assert update.splitlines()[:3] == ["UPDATE", due.headline, "Jumat, 03 Mei 2024 | 09:00"]


@pytest.mark.parametrize(
    "wrong",
    [
        "/politik/read/2024/05/03/7/kapal-nomor-7-berlayar",
        "/dunia/read/1999/01/01/7/kapal-nomor-7-berlayar",
        "/dunia/read/2024/05/03/7/judul-lama",
        "/dunia/read/2024/05/03/7/",
        "/dunia/read/2024/05/03/7",
        "/dunia/read/2024/05/03/7/kapal-nomor-7-berlayar/",
        "/dunia/read/2024/05/03/0000007/kapal-nomor-7-berlayar",
        "/dunia/read/2024/05/03/7/judul-lama?utm_source=x",
        "/Dunia/read/2024/05/03/7/%22%3E%3Cscript%3E",
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_nearly_right_address_redirects(client: Client, wrong: str, method: str) -> None:
    page = put(article(7))
    response = getattr(client, method)(wrong)
    assert (response.status_code, response["Location"]) == (301, page.path)


def test_a_query_does_not_matter(client: Client) -> None:
    page = put(article(7))
    assert document(answer(client, page.path + "?utm_source=x")).xpath("//link[@rel='canonical']/@href") == [
        f"https://koran.example{page.path}"
    ]


def test_head_answers_like_get(client: Client) -> None:
    page = put(article(7))
    response = client.head(page.path)
    assert (response.status_code, response.content) == (200, b"")


def test_a_withdrawn_article_says_why(client: Client) -> None:
    gone = put_gone(8)
    body = answer(client, gone.path, 410)
    text = page_text(body, "//main")
    assert gone.headline in text
    assert gone.reason in text
    assert "Jumat, 03 Mei 2024 | 07:00 WIB" in text
    assert client.get("/dunia/read/2024/05/01/8/salah")["Location"] == gone.path
    assert b"<data" not in body


def test_what_may_not_be_seen_is_not_there(client: Client) -> None:
    early = put(article(1), visible_from=NOW + timedelta(microseconds=1))
    late = put(article(2), until=NOW)
    removed = put(article(3))
    store.remove(store.article_key(3))
    for page in (early, late, removed):
        assert page.headline not in answer(client, page.path, 404).decode()
    answer(client, "/dunia/read/2024/05/03/999999999999999999/tidak-ada", 404)


def test_the_old_address_of_an_article_wins_over_not_found(client: Client) -> None:
    page = put(article(7), old_addresses=["/lama/read/2011/01/02/77/judul"])
    assert client.get("/lama/read/2011/01/02/77/judul")["Location"] == page.path


def test_the_photo_never_moves_the_page(client: Client) -> None:
    page = put(full_article(500, "id", ZONES[0]))
    shown = document(answer(client, page.path))
    for image in shown.xpath("//img"):
        assert int(image.get("width")) > 0
        assert int(image.get("height")) > 0
    lead = shown.xpath("//figure[@class='lead']/picture")[0]
    assert lead.xpath(".//source/@type") == ["image/avif", "image/webp"]
    assert lead.xpath(".//img/@fetchpriority") == ["high"]
    assert lead.xpath(".//img/@loading") == []
    assert lead.xpath(".//img/@srcset")[0].endswith("-960x640.jpg 960w")


@pytest.mark.parametrize(
    ("caption", "credit", "line"),
    [("Ramai", "Antara", "Ramai/Antara"), ("Ramai", "", "Ramai"), ("", "Antara", "Antara")],
)
def test_caption_and_credit_stand_on_one_line(client: Client, caption: str, credit: str, line: str) -> None:
    page = put(article(1, lead=picture(caption=caption, credit=credit)))
    assert page_text(answer(client, page.path), "//figcaption") == line + "\n"


def test_what_is_missing_leaves_no_mark(client: Client) -> None:
    page = put(article(1))
    text = page_text(answer(client, page.path), "//article")
    assert text.splitlines() == ["Berita", "Dunia", page.headline, "Jumat, 03 Mei 2024 | 08:00 WIB"]


def test_place_and_initials_find_their_paragraphs(client: Client) -> None:
    page = put(
        article(1, place="Demak", initials="dzk", body=(Heading(text="Satu"), Paragraph(html="<ol><li>Dua</li></ol>")))
    )
    lines = page_text(answer(client, page.path), "//div[@class='body']").splitlines()
    assert lines == ["Satu", "Dua", "Demak", "[dzk]"]


def test_text_is_escaped_and_inline_marks_are_not(client: Client) -> None:
    page = put(article(1, headline="<script>alert(1)</script>", body=(Paragraph(html="<b>Tebal</b> &lt;b&gt;"),)))
    body = answer(client, page.path).decode()
    assert "<script>alert" not in body
    assert "<p><b>Tebal</b> &lt;b&gt;</p>" in body


def test_the_page_speaks_the_articles_language_and_marks_what_differs(client: Client) -> None:
    put_frame()
    english, indonesian = put(article(1, lang="en")), put(article(2, NOW - timedelta(hours=2)))
    shown = document(answer(client, english.path))
    assert shown.get("lang") == "en"
    languages = {item.xpath("a/@href")[0]: item.get("lang") for item in shown.xpath("//section//li")}
    assert languages == {english.path: None, indonesian.path: "id"}
    assert shown.xpath("//section/h2/text()") == ["Latest"]
    assert shown.xpath("//p[@class='rubric']/@lang") == shown.xpath("//header//ul/@lang") == ["id"]
    assert "UPDATE" in page_text(answer(client, indonesian.path))


def test_the_beacon_stands_on_the_article(client: Client) -> None:
    page = put(article(41))
    [address] = document(answer(client, page.path)).xpath("//article/following::data/@value")
    assert re.fullmatch(r"/baca/41/[A-Za-z0-9_-]{12}", address)


def test_a_preview_is_not_counted(client: Client) -> None:
    html = render.article_html(
        article(41), lists=render.Lists(), shell=shell.current(now=NOW), now=NOW, is_preview=True
    )
    assert "<data" not in html
    assert "sendBeacon" not in html
    assert 'content="noindex"' in html


def test_head_says_what_the_page_is(client: Client) -> None:
    page = put(full_article(500, "id", ZONES[0]))
    metas = document(answer(client, page.path)).xpath("//head/meta")
    told = {meta.get("property") or meta.get("name"): meta.get("content") for meta in metas}
    assert told["og:title"] == page.headline
    assert told["description"] == told["og:description"] == page.standfirst
    assert told["og:url"] == f"https://koran.example{page.path}"
    assert told["og:image"].startswith("https://koran.example/gambar/bagi/500-")
    assert (told["og:image:width"], told["og:image:height"], told["og:image:type"]) == ("1200", "630", "image/jpeg")
    assert (told["og:image:alt"], told["twitter:card"]) == (picture().alt, "summary_large_image")
    assert told["robots"] == "max-image-preview:large"


def test_readers_and_search_engines_are_led_to_other_languages(client: Client) -> None:
    other = Translation(lang="en", headline="Ship Sails", path="/dunia/read/2024/05/03/501/ship-sails")
    page = put(article(500, translations=(other,)))
    shown = document(answer(client, page.path))
    alternates = shown.xpath("//head/link[@rel='alternate'][@hreflang]")
    told = {link.get("hreflang"): link.get("href") for link in alternates}
    assert told == {"id": f"https://koran.example{page.path}", "en": f"https://koran.example{other.path}"}
    [link] = shown.xpath("//main//a[@hreflang='en']")
    assert (link.get("href"), link.get("lang"), link.text_content()) == (other.path, "en", "English: Ship Sails")
    assert not document(answer(client, put(article(502)).path)).xpath("//link[@hreflang]")


def test_every_link_of_the_page_leads_somewhere_in_this_paper(client: Client) -> None:
    put_frame()
    page = put_archive(12)[-1]
    for href in links(answer(client, page.path)):
        if href.startswith("/penulis/") or href == "#isi":
            continue
        answer(client, href)
