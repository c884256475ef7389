"""The search page: what was asked is answered with words marked, and is never believed."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.delivery.builders import NOW, article, put, put_archive, put_frame, put_gone
from tests.delivery.reading import document, page_text
from warta.paper.pages import Link, Paragraph
from warta.search import follow

pytestmark = pytest.mark.django_db(databases="__all__")

ROWS = "//main//article//h2/a/@href"
OLDER = "//main//a[@rel='next']/@href"
FACETS = "//aside//li/a/@href"


def put_one(article_id: int, headline: str, body: str = "", **values):
    page = put(article(article_id, headline=headline, body=(Paragraph(html=body),), **values))
    follow.catch_up(NOW)
    return page


def test_what_was_asked_is_found_and_marked(client: Client) -> None:
    put_frame()
    page = put_one(1, "Menteri Tinjau Pasar", "Kunjungan kementerian itu singkat.", standfirst="Harga & pasokan aman.")
    put_one(2, "Minister Visits Market", lang="en")
    shown = client.get("/cari", {"q": "kementerian"}).content
    assert document(shown).xpath(ROWS) == [page.path]
    assert document(shown).xpath("//main//mark/text()") == ["Menteri", "kementerian"]
    assert "1 artikel" in page_text(shown, "//main")
    assert document(shown).xpath("//input[@name='q']/@value") == ["kementerian"]
    [label] = document(shown).xpath("//label[@for=//input[@name='q']/@id]/text()")
    assert label.startswith("Kata, atau frasa")


def test_the_answer_may_be_shared_for_a_second_and_stays_out_of_other_engines(client: Client) -> None:
    for path in ("/cari", "/cari?q=apa"):
        response = client.get(path)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
        assert response.headers["Surrogate-Key"] == "lists shell"
        assert not response.cookies
        assert document(response.content).xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert client.post("/cari", {"q": "apa"}).status_code == 405
    assert client.get("/cari/?q=a").headers["Location"] == "/cari?q=a"


def test_every_page_leads_to_it(client: Client) -> None:
    for path in ("/", "/indeks", "/tidak-ada", "/cari"):
        assert "/cari" in document(client.get(path).content).xpath("//header//p[@class='today']/a/@href")


def test_nothing_asked_and_nothing_found_are_kind(client: Client) -> None:
    assert "sampai artikel pertama" in page_text(client.get("/cari").content, "//main")
    assert "sampai artikel pertama" in page_text(client.get("/cari?q=").content, "//main")
    assert "Tidak ditemukan." in page_text(client.get("/cari?q=apapun").content, "//main")
    assert "sedikitnya satu kata" in page_text(client.get("/cari?q=-apapun").content, "//main")
    put_one(1, "Panen Padi")
    assert "Tidak ada lagi" in page_text(client.get("/cari?q=padi&sebelum=5").content, "//main")
    assert client.get("/cari?q=padi&sebelum=x").status_code == 404


def test_what_is_too_long_ends_with_a_whole_word(client: Client) -> None:
    put_one(1, "Banjir")
    found = page_text(client.get("/cari?q=" + "banjir+" * 100).content, "//main")
    assert "Banjir" in found
    assert "Tidak ada artikel yang memuat semua kata ini" not in found
    assert client.get("/cari?q=" + "x" * 300).status_code == 200


def test_a_mistyped_word_leads_to_the_right_one(client: Client) -> None:
    put_one(1, "Panen Mangga")
    shown = document(client.get("/cari?q=mangha").content)
    assert shown.xpath("//p[@class='more'][1]/a/@href") == ["/cari?q=mangga"]


def test_pages_go_on_to_the_last_with_all_choices(client: Client) -> None:
    put_frame()
    archive = put_archive(70)
    follow.catch_up(NOW)
    wanted = [page.path for page in reversed(archive) if page.rubric.path == "/politik"]
    found, address = [], "/cari?q=kapal&rubrik=politik"
    while address:
        shown = document(client.get(address).content)
        found += shown.xpath(ROWS)
        address = next(iter(shown.xpath(OLDER)), "")
    assert found == wanted


def test_facets_choose_and_take_back(client: Client) -> None:
    put_one(1, "Kapal Beras", rubric=Link(name="Dunia", path="/dunia"))
    put_one(2, "Kapal Gula", rubric=Link(name="Bisnis", path="/bisnis"))
    shown = document(client.get("/cari?q=kapal&urut=sesuai&sesat=1").content)
    assert set(shown.xpath(FACETS)) == {
        "/cari?q=kapal&rubrik=dunia&urut=sesuai",
        "/cari?q=kapal&rubrik=bisnis&urut=sesuai",
    }
    chosen = document(client.get("/cari?q=kapal&urut=sesuai&rubrik=bisnis").content)
    assert [link.rpartition("/")[2] for link in chosen.xpath(ROWS)] == ["kapal-gula"]
    assert chosen.xpath("//aside//a[@aria-current]/@href") == ["/cari?q=kapal&urut=sesuai"]
    assert document(client.get("/cari?q=kapal&rubrik='OR 1").content).xpath(ROWS) != []


def test_what_may_not_be_seen_is_never_found(client: Client, clock) -> None:
    secret = "Terlarang"
    put(article(1, headline=f"{secret} Satu"), until=NOW)
    put(article(2, headline=f"{secret} Dua", published_at=NOW), visible_from=NOW + timedelta(seconds=1))
    put(article(3, headline=f"{secret} Tiga"))
    follow.catch_up(NOW)
    put_gone(3)
    for address in ("/cari?q=terlarang", "/cari?q=terlarang&urut=sesuai", "/cari?q=terlarag", "/cari?q=dua"):
        text = page_text(client.get(address).content, "//main")
        assert secret not in text
        assert "Tidak ditemukan." in text
    clock.shift(timedelta(seconds=1))
    assert f"{secret} Dua" in page_text(client.get("/cari?q=terlarang").content, "//main")


def test_a_common_word_costs_a_handful_of_queries(client: Client, django_assert_max_num_queries) -> None:
    put_frame()
    put_archive(30)
    follow.catch_up(NOW)
    with django_assert_max_num_queries(14):
        client.get("/cari?q=kapal")


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "'; DROP TABLE search_index; --",
        '" OR words:*',
        "NEAR(a b)",
        "\0\x07kapal",
        "kapal*",
        "^kapal",
        "{words}: kapal",
        "(((((",
        '"' * 150,
        "a" * 5000,
        "kapal " * 60,
        "-" * 100,
        "ﷺ ½ ㎏ ß İ",
        "شريعة 漢字",
        "\ud800",
        "%s %% {} \\",
        "r:dunia y:2024 +kapal kapal~e",
    ],
)
def test_hostile_queries_are_words_like_any_other(client: Client, typed: str) -> None:
    put_one(1, "Kapal Beras")
    response = client.get("/cari", {"q": typed.encode("utf-8", "replace")})
    assert response.status_code == 200
    shown = document(response.content)
    assert not shown.xpath("//main//script | //main//img | //main//@onerror")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.text("ab\" -+*^():~'", max_size=40))
def test_any_query_is_answered(client: Client, typed: str) -> None:
    assert client.get("/cari", {"q": typed, "rubrik": typed, "tahun": typed}).status_code == 200
