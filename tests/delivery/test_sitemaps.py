"""The sitemaps and robots.txt: every article once, in the third of its month; the news of two days; who may read."""

from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.delivery.builders import NOW, article, picture, put, put_archive, put_frame, put_gone
from tests.delivery.test_corrections import correction
from tests.delivery.test_queries import queries
from tests.feeds.valid import hold
from warta.delivery import shortpath

pytestmark = pytest.mark.django_db(databases="__all__")
SITE = "https://koran.example"
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def listed(client: Client, path: str, what: str = "//s:loc/text()") -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    return [str(found).removeprefix(SITE) for found in hold(answer.content, "sitemap").xpath(what, namespaces=NS)]


def test_the_index_names_what_has_articles_newest_first(client: Client) -> None:
    put(article(1, datetime(2024, 2, 29, 16, 59, tzinfo=UTC)))  # the last minute of February in Jakarta
    put(article(2, datetime(2024, 2, 29, 17, 0, tzinfo=UTC)))
    put(article(3, datetime(2023, 12, 12, tzinfo=UTC)))
    assert listed(client, "/sitemap.xml") == [
        "/sitemap/fronts.xml",
        "/sitemap/2024-03-01.xml",
        "/sitemap/2024-02-21.xml",
        "/sitemap/2023-12-11.xml",
    ]
    put(article(4))
    assert listed(client, "/sitemap.xml")[:3] == ["/sitemap/news.xml", "/sitemap/fronts.xml", "/sitemap/2024-05-01.xml"]


def test_every_article_stands_in_one_sitemap(client: Client) -> None:
    made = put_archive(60)
    parts = [path for path in listed(client, "/sitemap.xml") if path[9:13] == "2024"]
    assert len(parts) > 1
    found = [path for part in parts for path in listed(client, part)]
    assert sorted(found) == sorted(page.path for page in made)
    assert len(found) == len(set(found))


def test_lastmod_is_when_readers_were_given_something_else(client: Client) -> None:
    put(article(1, NOW - timedelta(hours=3)))
    put(article(2, NOW - timedelta(hours=4), updated_at=NOW - timedelta(hours=1)))
    put(article(3, NOW - timedelta(hours=5), corrections=(correction(7, at=NOW - timedelta(minutes=1)),)))
    assert listed(client, "/sitemap/2024-05-01.xml", "//s:lastmod/text()") == [
        "2024-05-02T23:00:00+00:00",
        "2024-05-03T01:00:00+00:00",
        "2024-05-03T01:59:00+00:00",
    ]


def test_photos_are_named(client: Client) -> None:
    put(article(1, lead=picture()))
    photo = picture().jpeg[-1].address
    assert listed(client, "/sitemap/2024-05-01.xml", "//i:loc/text()") == [photo]
    assert listed(client, "/sitemap/news.xml", "//i:loc/text()") == [photo]


def test_news_are_two_days_old_at_most(client: Client) -> None:
    put(article(1, NOW - timedelta(hours=49)))
    put(article(2, NOW - timedelta(hours=47), headline="Beras < Jagung", lang="en"))
    assert listed(client, "/sitemap/news.xml", "//n:title/text()") == ["Beras < Jagung"]
    assert listed(client, "/sitemap/news.xml", "//n:name/text()") == ["Koran Contoh"]
    assert listed(client, "/sitemap/news.xml", "//n:language/text()") == ["en"]


def test_what_is_not_for_readers_is_not_named(client: Client) -> None:
    put(article(1))
    gone = put_gone(2)
    coming = put(article(3), visible_from=NOW + timedelta(minutes=1))
    for path in ("/sitemap/2024-05-01.xml", "/sitemap/news.xml"):
        assert {gone.path, coming.path} & set(listed(client, path)) == set()
        assert len(listed(client, path)) == 1


def test_fronts_are_named(client: Client) -> None:
    put_frame()
    found = listed(client, "/sitemap/fronts.xml")
    assert found[:6] == ["/", "/indeks", "/ralat", "/populer", "/hitungan", "/umpan"]
    assert {"/dunia", "/kanal/opini"} <= set(found)


@pytest.mark.parametrize(
    "part", ["2024-05-02", "2024-04-21", "2024-13-01", "2024-02-31", "0001-01-01", "9999-12-21", "x"]
)
def test_what_is_no_sitemap_is_not_there(client: Client, part: str) -> None:
    put(article(1))
    assert client.get(f"/sitemap/{part}.xml").status_code == 404


def test_they_are_kept_until_the_paper_changes() -> None:
    for path in ("/sitemap.xml", "/sitemap/news.xml", "/sitemap/fronts.xml", "/sitemap/2024-05-01.xml"):
        assert shortpath.key(path, "") == path


def test_queries_do_not_grow_with_the_archive(client: Client) -> None:
    put_frame()
    put_archive(40)
    paths = ("/sitemap.xml", "/sitemap/news.xml", "/sitemap/fronts.xml", "/sitemap/2024-05-01.xml")
    before = {path: queries(client, path) for path in paths}
    put_archive(460, first_id=1000, every=timedelta(hours=20))
    assert {path: queries(client, path) for path in paths} == before
    assert max(before.values()) <= 4


@pytest.mark.parametrize(
    ("choice", "refused"), [("allow", set()), ("answers", {"GPTBot"}), ("deny", {"GPTBot", "OAI-SearchBot"})]
)
def test_robots_are_told_what_they_may(client: Client, settings: LazySettings, choice: str, refused: set[str]) -> None:
    settings.WARTA_AI_CRAWLERS = choice
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    robots = ("Googlebot", "GPTBot", "OAI-SearchBot")
    assert {name for name in robots if not rules.can_fetch(name, f"{SITE}/dunia/read/2024/05/03/1/kapal")} == refused
    assert not rules.can_fetch("Googlebot", f"{SITE}/redaksi/")
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    assert text.isascii()
