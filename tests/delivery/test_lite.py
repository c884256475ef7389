"""The pages that save data: the words alone, photos when they are tapped, under 10 kB; kept and forgotten as others."""

import gzip
import re

import pytest
from django.test import Client

from tests.delivery.builders import article, full_article, picture, put, put_archive, put_frame, put_gone, put_pin
from tests.delivery.reading import document, page_text
from tests.delivery.test_corrections import correction
from tests.delivery.test_headers import hashes, sha256
from tests.delivery.test_queries import queries
from warta.delivery import shortpath
from warta.lexicon import addresses
from warta.paper.pages import Figure, Paragraph

pytestmark = pytest.mark.django_db(databases="__all__")
SENTENCE = "Warga memadati dermaga sejak pagi untuk menyambut kapal yang membawa beras, kain, dan obat dari {}. "
PAGES = 10_000
"""Bytes that a page may have at most, compressed; 3,000 are aimed at."""


def compressed(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def test_an_article_has_its_words_and_no_picture_until_it_is_tapped(client: Client) -> None:
    put_frame()
    page = put(full_article(1, "id", "Asia/Jakarta"))
    answer = client.get(f"{page.path}?lite")
    shown = document(answer.content)
    text = page_text(answer.content)
    assert "Kapal Perintis Tiba di Senen" in text
    assert "Jumat, 03 Mei 2024 | 06:39 WIB | Laporan: Sari Wiradjaja, Bima Antara" in text
    assert "Kapal berangkat lagi besok." in text
    assert [img.get("loading") for img in shown.xpath("//img")] == ["lazy"]
    assert shown.xpath("//img/ancestor::details[not(@open)]/summary/text()") == ["Foto: Dermaga pada pagi hari"]
    assert shown.xpath("//picture/source/@srcset") == [picture().avif[0].address]
    assert shown.xpath("//picture//img/@src") == [picture().jpeg[0].address]
    [address] = shown.xpath("//article/following::data/@value")
    assert address.startswith(addresses.read(1, ""))
    assert shown.xpath("//link[@rel='canonical']/@href") == [f"https://koran.example{page.path}"]
    assert shown.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert answer["surrogate-key"] == "article-1 lists shell"


def test_links_lead_on_to_pages_that_save_data(client: Client) -> None:
    put_frame()
    pages = put_archive(12)
    for path in ("/", "/dunia", pages[3].path):
        shown = document(client.get(f"{path}?lite").content)
        found = [href for href in shown.xpath("//a/@href") if "/read/" in href or href.startswith("/dunia")]
        assert found
        assert [href for href in found if not href.endswith("?lite") and href != path] == []
        assert shown.xpath("//footer/a[1]/@href") == [path]
        assert shown.xpath("//img") == []


def test_whole_pages_lead_to_them(client: Client) -> None:
    put_frame()
    page = put(article(1))
    for path in ("/", "/dunia", page.path):
        assert "?lite" in document(client.get(path).content).xpath("//footer//a/@href")


def test_no_header_chooses_it_so_that_caches_share_every_answer(client: Client) -> None:
    page = put(article(1))
    for path in (page.path, "/", f"{page.path}?lite"):
        usual, sparing = client.get(path), client.get(path, headers={"Save-Data": "on"})
        assert (usual.content, usual.status_code) == (sparing.content, sparing.status_code)
        assert "save-data" not in sparing.headers.get("Vary", "").lower()


def test_what_editors_put_first_stands_first(client: Client) -> None:
    put_frame()
    put_archive(8)
    put_pin("all", "lead", 5)
    first = document(client.get("/?lite").content).xpath("//main//li[1]/a/@href")
    assert "/5/" in first[0]


def test_a_correction_is_told(client: Client) -> None:
    page = put(article(1, corrections=(correction(7, is_serious=True),)))
    text = page_text(client.get(f"{page.path}?lite").content)
    assert text.count("14 hektare") == 2
    assert "40 hektare < 50" in text


def test_what_is_withdrawn_or_elsewhere_is_as_ever(client: Client) -> None:
    put(article(1))
    gone = put_gone(2)
    assert client.get(f"{gone.path}?lite").status_code == 410
    assert client.get("/dunia/read/2024/05/03/1/lain?lite").status_code == 301
    assert client.get("/tiada?lite").status_code == 404


def test_an_article_of_600_words_and_a_front_are_small(client: Client) -> None:
    put_frame()
    put_archive(40)
    body = tuple(Paragraph(html="".join(SENTENCE.format(part * 10 + n) for n in range(3))) for part in range(14))
    page = put(article(900, lead=picture(), standfirst="Kapal itu tiba.", body=(*body, Figure(picture=picture()))))
    assert sum(len(re.findall(r"\w+", block.html)) for block in body) > 600
    weights = {path: compressed(client.get(f"{path}?lite").content) for path in (page.path, "/", "/dunia")}
    assert max(weights.values()) <= PAGES, weights
    assert weights["/"] <= 3_000, weights


def test_the_policy_allows_its_style_alone(client: Client) -> None:
    page = put(article(1))
    for path in (page.path, "/"):
        answer = client.get(f"{path}?lite")
        [style] = re.findall(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
        assert sha256(style) in hashes(answer["Content-Security-Policy"], "style-src")


def test_they_are_kept_until_the_paper_changes() -> None:
    path = article(1).path
    for kept in ("/", "/dunia", "/kanal/opini", "/penulis/sari", path):
        assert shortpath.key(kept, "lite") == f"{kept}?lite"
    for other in ("/indeks/2024/05/03", "/laman/tentang", "/feed/atom", "/gambar/x"):
        assert shortpath.key(other, "lite") is None
    assert shortpath.key(path, "lite=1") is None


def test_queries_do_not_grow_with_the_archive(client: Client) -> None:
    put_frame()
    page = put_archive(40)[-1]
    paths = [f"{path}?lite" for path in ("/", "/dunia", page.path)]
    before = {path: queries(client, path) for path in paths}
    put_archive(460, first_id=1000)
    assert {path: queries(client, path) for path in paths} == before
