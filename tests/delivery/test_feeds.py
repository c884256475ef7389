"""The feeds: what programs that read for people are given, in three forms; corrections and withdrawals reach them."""

import json
from datetime import timedelta

import feedparser
import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from lxml import etree

from tests.delivery.builders import (
    CHANNELS,
    NOW,
    RUBRICS,
    SARI,
    article,
    full_article,
    picture,
    put,
    put_archive,
    put_frame,
    put_gone,
    ratios,
)
from tests.delivery.reading import document, page_text
from tests.delivery.test_corrections import correction
from tests.delivery.test_queries import queries
from tests.feeds.valid import hold, hold_json
from warta.delivery import shortpath
from warta.paper import store
from warta.paper.pages import File, Paragraph
from warta.search import follow

pytestmark = pytest.mark.django_db(databases="__all__")
SITE = "https://koran.example"
FORMS = {"": "application/rss+xml", "/atom": "application/atom+xml", "/json": "application/feed+json"}
NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
}


def parsed(client: Client, path: str):
    """Read a feed of XML as feed readers do, without a complaint."""
    answer = client.get(path)
    assert answer.status_code == 200
    hold(answer.content, "atom" if "/atom" in path else "rss")
    found = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})
    assert not found.bozo, found.bozo_exception
    return found


def items(client: Client, form: str, page: str = "") -> list[tuple[str, str, str]]:
    """Return id, address and title of all items of a feed, whatever its form."""
    if form == "/json":
        told = hold_json(client.get(f"{page}/feed/json").content)["items"]
        return [(item["id"], item["url"], item["title"]) for item in told]
    return [(entry.id, entry.link, entry.title) for entry in parsed(client, f"{page}/feed{form}").entries]


@pytest.mark.parametrize("form", FORMS)
def test_the_newest_come_first_with_whole_addresses(client: Client, form: str) -> None:
    put_frame()
    older, newer = put(article(1, NOW - timedelta(hours=2))), put(article(2, headline="Harga <i> & Beras"))
    answer = client.get(f"/feed{form}")
    assert answer.headers["content-type"] == f"{FORMS[form]}; charset=utf-8"
    assert answer.headers["surrogate-key"] == "lists shell"
    assert [(address, title) for _, address, title in items(client, form)] == [
        (SITE + newer.path, "Harga <i> & Beras"),
        (SITE + older.path, older.headline),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_an_id_outlives_headline_rubric_and_day(client: Client, form: str) -> None:
    put(article(1))
    [(before, address, _)] = items(client, form)
    put(article(1, NOW - timedelta(days=3), headline="Judul Baru"))
    [(after, moved, title)] = items(client, form)
    assert (after, title) == (before, "Judul Baru")
    assert before.startswith("urn:uuid:")
    assert moved != address


@pytest.mark.parametrize("form", FORMS)
def test_every_front_has_its_own(client: Client, form: str) -> None:
    put_frame()
    put(article(1, reporters=(SARI,)))
    for page in ("/dunia", "/kanal/berita"):
        assert len(items(client, form, page)) == 1
    assert items(client, form, "/politik") == []
    assert client.get(f"/tiada/feed{form}").status_code == 404
    assert client.get(f"/dunia/feed{form}/").headers["location"] == f"/dunia/feed{form}"


def test_what_stands_in_each(client: Client) -> None:
    put(full_article(1, "id", "Asia/Jakarta"))
    [entry] = parsed(client, "/feed").entries
    assert [author["name"] for author in entry.authors] == ["Sari Wiradjaja", "Bima Antara"]
    assert [tag.term for tag in entry.tags] == ["Dunia", "Laut"]
    assert entry.summary == "Muatannya 3 &lt; 4 &amp; lengkap."
    assert entry.media_content[0]["url"] == f"{SITE}{ratios()[0].address}"
    assert (entry.media_content[0]["width"], entry.media_content[0]["height"]) == ("1200", "675")
    assert entry.media_credit[0]["content"] == "Antara Demo"
    assert "content" not in entry
    [entry] = parsed(client, "/feed/atom").entries
    assert [author["name"] for author in entry.authors] == ["Sari Wiradjaja", "Bima Antara"]
    assert entry.published == "2024-05-02T23:39:00+00:00"
    assert entry.updated == "2024-05-03T00:05:00+00:00"
    [item] = hold_json(client.get("/feed/json").content)["items"]
    assert item["content_html"] == "<p>Muatannya 3 &lt; 4 &amp; lengkap.</p>"
    assert item["image"] == f"{SITE}{ratios()[0].address}"
    assert item["tags"] == ["Dunia", "Laut"]
    assert item["authors"][0] == {"name": "Sari Wiradjaja", "url": f"{SITE}/penulis/sari-wiradjaja"}


def test_a_photo_comes_as_large_as_there_is(client: Client) -> None:
    large, small = ratios()[0], File(address="/gambar/kecil-640x360.jpg", width=640, height=360)
    for number, made in enumerate(((large,), (small,), ()), 1):
        put(article(number, NOW - timedelta(hours=number), lead=picture(), ratios=made))
    shown = [entry.media_content[0]["url"] for entry in parsed(client, "/feed").entries]
    usual = picture().jpeg[-1].address
    assert shown == [f"{SITE}{address}" for address in (large.address, usual, usual)]
    [first, *_] = json.loads(client.get("/api/v1/articles").content)["items"]
    assert (first["picture"]["url"], first["picture"]["width"]) == (f"{SITE}{large.address}", 1200)


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "https://jsonfeed.org/version/1"},
        {"author": {"name": "Sari"}},
        {"feed_url": "/feed/json"},
        {"items": [{"id": "a"}]},
        {"items": [{"id": 1, "content_text": "x"}]},
        {"items": [{"id": "a", "content_text": "x", "date_published": "kemarin"}]},
        {"items": [{"id": "a", "content_text": "x"}, {"id": "a", "content_text": "y"}]},
    ],
)
def test_a_json_feed_that_breaks_the_rules_is_found_out(client: Client, wrong: dict[str, object]) -> None:
    put(article(1))
    told = hold_json(client.get("/feed/json").content)
    with pytest.raises((ValueError, AssertionError)):
        hold_json(json.dumps({**told, **wrong}).encode())


@pytest.mark.parametrize("form", FORMS)
def test_the_whole_text_goes_out_only_where_the_paper_says_so(
    client: Client, settings: LazySettings, form: str
) -> None:
    put(full_article(1, "id", "Asia/Jakarta"))
    assert "besok" not in client.get(f"/feed{form}").content.decode()
    settings.WARTA_FEEDS = "full"
    if form == "/json":
        html = hold_json(client.get("/feed/json").content)["items"][0]["content_html"]
    else:
        html = parsed(client, f"/feed{form}").entries[0].content[0].value
    assert "Kapal berangkat lagi besok." in html
    assert f'href="{SITE}/dunia/read/2024/05/01/9/jadwal-kapal"' in html
    assert f'src="{SITE}/gambar/' in html
    assert "<td>12</td>" in html
    assert "[dzk]" in html


@pytest.mark.parametrize("form", FORMS)
def test_a_correction_brings_an_old_article_back_to_the_top(client: Client, form: str) -> None:
    put_archive(40)
    long_ago = NOW - timedelta(days=400)
    put(article(7000, long_ago, corrections=(correction(7, at=NOW - timedelta(minutes=5)),)))
    (first, *_), body = items(client, form), client.get(f"/feed{form}").content.decode()
    assert "/7000/" in first[1]
    assert "Ralat: 14 hektare" in body
    assert "40 hektare" not in body


@pytest.mark.parametrize("form", FORMS)
def test_a_withdrawal_leaves_its_reason_and_nothing_else(client: Client, form: str) -> None:
    put_frame()
    page = put(article(1, lead=picture(), body=(Paragraph(html="Rahasia <b>besar</b>."),)))
    [(known, *_)] = items(client, form)
    put_gone(1, path=page.path, headline=page.headline)
    body = client.get(f"/feed{form}").content.decode()
    assert page.headline not in body
    assert page.path.rpartition("/")[2] not in body
    assert "Rahasia" not in body
    assert "/gambar/" not in body
    assert known in body
    assert "Keterangan narasumber tidak terbukti." in body
    if form == "/atom":
        [gone] = etree.fromstring(body.encode()).xpath("//at:deleted-entry", namespaces=NS)
        assert gone.get("ref") == known
        assert gone.get("when") == "2024-05-03T00:00:00+00:00"
    else:
        assert [title for *_, title in items(client, form)] == ["Artikel ini telah dicabut"]
        assert items(client, form, "/dunia") == items(client, form)
        assert items(client, form, "/politik") == []


@pytest.mark.parametrize("form", FORMS)
def test_a_search_has_a_feed(client: Client, form: str) -> None:
    put(article(1, headline="Kapal Perintis Tiba"))
    put(article(2, headline="Harga Beras"))
    follow.step(NOW)
    if form == "/json":
        told = hold_json(client.get("/cari/feed/json?q=kapal&halaman=3").content)
        assert [item["title"] for item in told["items"]] == ["Kapal Perintis Tiba"]
        assert told["feed_url"] == f"{SITE}/cari/feed/json?q=kapal"
    else:
        found = parsed(client, f"/cari/feed{form}?q=kapal")
        assert [entry.title for entry in found.entries] == ["Kapal Perintis Tiba"]
        assert found.feed.title == "kapal – Koran Contoh"


def test_what_no_xml_can_hold_breaks_no_feed(client: Client) -> None:
    put(article(1, headline="Judul\x0b dengan\x00 sisa", standfirst="A\x1fB"))
    for form in ("", "/atom"):
        assert parsed(client, f"/feed{form}").entries[0].title == "Judul dengan sisa"


def test_pages_name_their_feeds(client: Client) -> None:
    put_frame()
    page = put(article(1))

    def named(path: str) -> list[str]:
        return document(client.get(path).content).xpath("//link[@rel='alternate']/@href")

    assert named(page.path) == ["/feed"]
    assert named("/") == ["/feed", "/feed/atom", "/feed/json"]
    assert named("/dunia") == ["/dunia/feed", "/dunia/feed/atom", "/dunia/feed/json", "/feed"]
    assert named("/cari?q=kapal+besar") == ["/cari/feed?q=kapal+besar", "/feed"]
    assert client.get("/rss").headers["location"] == "/feed"


def test_a_page_for_people_names_them_all(client: Client, settings: LazySettings) -> None:
    put_frame()
    put(article(1))
    follow.step(NOW)
    for settings.LANGUAGE_CODE, title in (("id", "Umpan berita"), ("en", "Feeds")):
        shown = document(client.get("/umpan").content)
        assert shown.xpath("//main//h1/text()") == [title]
        assert "30" in shown.xpath("string(//main)")
        led = [href.removeprefix(SITE) for href in shown.xpath("//main//a/@href")]
        feeds = [href for href in led if "/feed" in href]
        fronts = ["", *(f"/{slug}" for slug, _ in RUBRICS), *(f"/kanal/{slug}" for slug, _ in CHANNELS)]
        assert feeds == [f"{front}/feed{form}" for front in fronts for form in FORMS]
        assert {href: client.get(href).status_code for href in led} == dict.fromkeys(led, 200)
        assert "/api/v1/openapi.json" in led
    for path in ("/", "/dunia", "/indeks", "/umpan"):
        assert document(client.get(path).content).xpath("//footer//a[@href='/umpan']"), path
    assert "/cari/feed?q=kapal" in document(client.get("/cari?q=kapal").content).xpath("//main//a/@href")


def test_the_page_for_people_names_the_licence_where_there_is_one(client: Client, settings: LazySettings) -> None:
    assert "CC BY" not in page_text(client.get("/umpan").content)
    settings.WARTA_REPUBLISH = "CC BY-ND 4.0"
    assert "CC BY-ND 4.0" in page_text(client.get("/umpan").content)


def test_a_hub_is_named_where_there_is_one(client: Client, settings: LazySettings) -> None:
    settings.WARTA_WEBSUB_HUB = "https://hub.example/"
    put(article(1))
    for form in ("", "/atom"):
        links = parsed(client, f"/feed{form}").feed.links
        assert {(link.rel, link.href) for link in links if link.rel in {"hub", "self"}} == {
            ("hub", "https://hub.example/"),
            ("self", f"{SITE}/feed{form}"),
        }
    assert hold_json(client.get("/feed/json").content)["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_an_empty_paper_has_feeds(client: Client) -> None:
    for form in ("", "/atom"):
        assert parsed(client, f"/feed{form}").entries == []
    assert items(client, "/json") == []


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_feed_says_the_same_whenever_it_is_asked_for(client: Client, form: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for path in (f"/feed{form}", f"/cari/feed{form}?q=kapal"):
            before = client.get(path).content
            clock.shift(3600)
            assert client.get(path).content == before


@pytest.mark.parametrize("asked", ["", "?q=", "?q=-kapal"])
def test_a_search_for_nothing_has_no_feed(client: Client, asked: str) -> None:
    assert client.get(f"/cari/feed{asked}").status_code == 404


def test_they_are_kept_until_the_paper_changes() -> None:
    for path in ("/feed", "/feed/atom", "/dunia/feed/json", "/kanal/opini/feed", "/topik/laut/feed/atom"):
        assert shortpath.key(path, "") == path
    for path in ("/feed/rss", "/feed/", "/laman/tentang/feed", "/a/b/feed"):
        assert shortpath.key(path, "") is None


def test_queries_do_not_grow_with_the_archive(client: Client) -> None:
    put_frame()
    put_archive(40, every=timedelta(days=20))  # two years: PostgreSQL is asked for some months at a time
    follow.catch_up(NOW)
    paths = [f"{page}/feed{form}" for page in ("", "/dunia", "/kanal/opini") for form in FORMS]
    paths += ["/umpan", *(f"/cari/feed{form}?q=kapal" for form in FORMS)]
    before = {path: queries(client, path) for path in paths}
    put_archive(460, first_id=1000, every=timedelta(hours=20))
    follow.catch_up(NOW)
    assert {path: queries(client, path) for path in paths} == before
    assert before["/feed"] <= 5


def test_the_key_of_an_article_is_what_its_id_is_made_of() -> None:
    assert store.article_key(12) == "article:12"  # a change here would give every article a new id
