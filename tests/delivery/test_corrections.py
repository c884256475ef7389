"""Corrections, replies and notices on readers' pages, and the corrections of the paper by day; in both languages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.delivery.builders import NOW, ZONES, article, put, put_frame, put_gone
from tests.delivery.reading import document, page_text
from tests.delivery.test_queries import queries
from warta.delivery import shortpath
from warta.lexicon.press_rules import Ground
from warta.paper.pages import Correction, Link, Paragraph, Tie

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR = timedelta(hours=1)
OLDER = "//main//p[@class='more']/a/@href"
TITLES = "//li[@class='note']/h3/a"
ROBOTS = "//meta[@name='robots']/@content"


def correction(number: int = 1, **values) -> Correction:
    given = {"kind": "erratum", "wrong": "40 hektare < 50", "right": "14 hektare", "at": NOW - HOUR / 2}
    return Correction(id=number, **{**given, **values})


def tie(kind: str, **values) -> Tie:
    given = {"headline": "Hasil Uji Air", "path": "/dunia/read/2024/05/01/9/hasil-uji-air", "lang": "id", "at": NOW}
    return Tie(kind=kind, **{**given, **values})


def words(html: bytes, xpath: str) -> str:
    return " ".join(page_text(html, xpath).split())


def test_a_minor_correction_stands_at_the_foot_alone_dated_in_the_articles_zone(client: Client) -> None:
    page = article(1, zone=ZONES[2], corrections=(correction(7),))
    shown = client.get(put(page).path).content
    assert words(shown, "//*[@class='notes']") == (
        "Ralat dan koreksi Ralat Jumat, 03 Mei 2024 | 10:30 WIT Yang keliru 40 hektare < 50 Yang benar 14 hektare"
    )
    assert document(shown).xpath("//*[@id='ralat-7']//time/@datetime") == ["2024-05-03T10:30+09:00"]
    assert document(shown).xpath("//article/p[@class='note']") == []


def test_a_serious_one_stands_at_the_head_too(client: Client) -> None:
    page = article(1, lang="en", corrections=(correction(7, kind="correction", is_serious=True),))
    shown = client.get(put(page).path).content
    head = words(shown, "//article/p[@class='note']")
    assert head == "Correction Friday, 03 May 2024 | 08:30 WIB 14 hektare What was wrong"
    assert document(shown).xpath("//article/p[@class='note']/a/@href") == ["#ralat-7"]
    assert "What is right" in page_text(shown, "//*[@class='notes']")


def test_one_that_stands_elsewhere_or_mends_another_says_so(client: Client) -> None:
    elsewhere = Link(name="Ralat Luas Sawah", path="/dunia/read/2024/05/03/8/ralat")
    page = article(1, corrections=(correction(stands_in=elsewhere, mends=NOW - HOUR),))
    foot = words(client.get(put(page).path).content, "//*[@class='notes']")
    assert "Diralat dalam berita Ralat Luas Sawah" in foot
    assert "Menggantikan ralat bertanggal Jumat, 03 Mei 2024 | 08:00 WIB" in foot


@pytest.mark.parametrize(
    ("lang", "given", "said"),
    [
        ("id", tie("corrects"), "Meralat berita Hasil Uji Air"),
        ("en", tie("corrects"), "Corrects Hasil Uji Air"),
        ("id", tie("verifies"), "Tindak lanjut berita yang belum terverifikasi Hasil Uji Air"),
        ("id", tie("verified"), "Tindak lanjut Hasil Uji Air Jumat, 03 Mei 2024 | 09:00 WIB"),
        ("id", tie("replies-to", party="PT A & B"), "Hak jawab: PT A & B menanggapi Hasil Uji Air"),
        ("en", tie("replies-to", party="PT A & B"), "Right of reply: PT A & B in answer to Hasil Uji Air"),
        ("id", tie("reply", party="PT A"), "Hak jawab: PT A Hasil Uji Air Jumat, 03 Mei 2024 | 09:00 WIB"),
    ],
)
def test_articles_that_a_rule_ties_are_linked(client: Client, lang: str, given: Tie, said: str) -> None:
    shown = client.get(put(article(1, lang=lang, ties=(given,))).path).content
    assert words(shown, "//article/p[@class='note']") == said
    assert document(shown).xpath("//article/p[@class='note']/a/@href") == [given.path]


def test_an_unverified_report_says_so_at_its_head_and_why_at_its_end(client: Client) -> None:
    page = article(1, unverified="Polisi belum dapat dihubungi.", body=(Paragraph(html="Api padam."),))
    shown = document(client.get(put(page).path).content)
    assert shown.xpath("string(//article/p[@class='note'])") == "Belum terverifikasi Penjelasan"
    assert shown.xpath("string(//div[@class='body']/p[last()]/i)") == "(Polisi belum dapat dihubungi.)"
    assert shown.xpath("//article/p[@class='note']/a/@href") == [
        "#" + shown.xpath("//div[@class='body']/p[last()]/@id")[0]
    ]


def test_once_it_is_followed_up_the_follow_up_stands_in_its_place(client: Client) -> None:
    page = article(1, unverified="Polisi belum dapat dihubungi.", ties=(tie("verified"),))
    shown = client.get(put(page).path).content
    assert "Belum terverifikasi" not in page_text(shown, "//article")
    assert words(shown, "//*[@id='verifikasi']") == ("(Polisi belum dapat dihubungi.) Tindak lanjut: Hasil Uji Air")


@pytest.mark.parametrize(("lang", "said"), [("id", "Masa depan anak"), ("en", "The future of a child")])
def test_a_withdrawn_article_tells_its_ground(client: Client, lang: str, said: str) -> None:
    gone = put_gone(8, lang=lang, ground=Ground.CHILD)
    response = client.get(gone.path)
    assert response.status_code == 410
    assert said in page_text(response.content, "//main")


def test_every_page_leads_to_the_corrections(client: Client) -> None:
    put_frame()
    page = put(article(1))
    for path in (page.path, "/", "/indeks", "/dunia", "/laman/tentang", "/tidak-ada", "/ralat"):
        assert document(client.get(path).content).xpath("//footer//a[@href='/ralat']"), path


def test_the_list_itself_may_be_found_though_it_is_empty(client: Client) -> None:
    assert document(client.get("/ralat").content).xpath(ROBOTS) == ["max-image-preview:large"]


def test_they_stand_by_day_with_article_change_and_delay(client: Client) -> None:
    first = put(article(1, NOW - 50 * HOUR, corrections=(correction(3, at=NOW - 25 * HOUR),)))
    second = put(article(2, lang="en", corrections=(correction(4, kind="correction"),)))
    shown = client.get("/ralat").content
    assert words(shown, "//section[@class='day']") == (
        "Jumat, 03 Mei 2024 Koreksi 08:30 | 30 menit setelah terbit Kapal Nomor 2 Berlayar"
        " Yang keliru 40 hektare < 50 Yang benar 14 hektare"
        " Kamis, 02 Mei 2024 Ralat 08:00 | 1 hari 1 jam setelah terbit Kapal Nomor 1 Berlayar"
        " Yang keliru 40 hektare < 50 Yang benar 14 hektare"
    )
    assert document(shown).xpath(TITLES + "/@href") == [f"{second.path}#ralat-4", f"{first.path}#ralat-3"]
    assert document(shown).xpath("//section[@class='day']/h2/a/@href") == ["/ralat/2024/05/03", "/ralat/2024/05/02"]
    assert document(shown).xpath("//dd[@lang='en']")


def test_in_english_words(client: Client, settings) -> None:
    settings.LANGUAGE_CODE = "en"
    put(article(1, NOW - 5 * HOUR, corrections=(correction(at=NOW - 6 * HOUR),)))
    shown = words(client.get("/ralat").content, "//main")
    assert "Erratum 04:00 | before publication" in shown
    assert "What was wrong" in shown


def test_a_day_has_its_neighbours_and_is_kind_when_empty(client: Client) -> None:
    for number, days in ((1, 1), (2, 4), (3, 9)):
        at = NOW - timedelta(days=days)
        put(article(number, at - HOUR, corrections=(correction(number, at=at),)))
    shown = document(client.get("/ralat/2024/04/29").content)
    assert shown.xpath(TITLES + "/text()") == ["Kapal Nomor 2 Berlayar"]
    assert shown.xpath("//nav[@class='days']//a/@href") == ["/ralat/2024/04/24", "/ralat/2024/05/02"]
    assert shown.xpath(ROBOTS) == ["max-image-preview:large"]
    empty = client.get("/ralat/2024/04/30").content
    assert document(empty).xpath(ROBOTS) == ["noindex, follow"]
    assert "Tidak ada ralat pada tanggal ini." in page_text(empty, "//main")
    assert document(empty).xpath("//nav[@class='days']//a/@href") == ["/ralat/2024/04/29", "/ralat/2024/05/02"]


def test_the_sites_day_ends_at_midnight(client: Client) -> None:
    for number, at in ((1, datetime(2024, 5, 1, 16, 59, 59, tzinfo=UTC)), (2, datetime(2024, 5, 1, 17, 0, tzinfo=UTC))):
        put(article(number, at - HOUR, corrections=(correction(number, at=at),)))
    titles = document(client.get("/ralat/2024/05/02").content).xpath(TITLES + "/text()")
    assert titles == ["Kapal Nomor 2 Berlayar"]


def test_nothing_is_shown_twice_or_skipped_further_down(client: Client) -> None:
    same = NOW - 2 * HOUR
    told = tuple(correction(number, at=same, right=f"Benar {number}") for number in range(1, 71))
    put(article(1, NOW - 9 * HOUR, corrections=told))
    for start in ("/ralat", "/ralat/2024/05/03"):
        found, address = [], start
        while address:
            shown = document(client.get(address).content)
            found += shown.xpath("//li[@class='note']//dd[2]/text()")
            address = next(iter(shown.xpath(OLDER)), "")
        assert found == [f"Benar {number}" for number in range(70, 0, -1)]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ralat?tanggal=2024-05-02", 302),
        ("/ralat?tanggal=kemarin", 404),
        ("/ralat?sebelum=x", 404),
        ("/ralat/2024/02/30", 404),
        ("/ralat/2024/05/02?sebelum=x", 404),
        ("/ralat/", 301),
        ("/ralat/0001/01/01", 404),
    ],
)
def test_addresses_that_lead_elsewhere(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_the_short_path_keeps_it_for_as_long_as_the_edition_lasts() -> None:
    for path in ("/ralat", "/ralat/2024/05/02"):
        assert shortpath.key(path, "") == path
    assert shortpath.key("/ralat", "sebelum=1714693140000000-42") == "/ralat?sebelum=1714693140000000-42"
    assert shortpath.key("/ralat", "tanggal=2024-05-02") is None


def test_it_costs_as_many_queries_at_any_size(client: Client) -> None:
    put_frame()
    put(article(1, corrections=(correction(1),)))
    before = {path: queries(client, path) for path in ("/ralat", "/ralat/2024/05/03")}
    for number in range(2, 60):
        put(article(number, NOW - number * HOUR, corrections=(correction(number),)))
    assert {path: queries(client, path) for path in before} == before
    assert before["/ralat"] <= 5
