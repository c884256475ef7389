"""Every feed and every sitemap obeys its schema after two programs, and no program that reads feeds complains."""

from datetime import timedelta

import feedparser
import pytest
from django.test import Client

from tests.delivery.builders import (
    NOW,
    SARI,
    article,
    full_article,
    picture,
    put,
    put_archive,
    put_frame,
    put_front,
    put_gone,
)
from tests.delivery.test_corrections import correction
from tests.feeds.valid import complaints, hold
from tests.payloads import fitting
from warta.search import follow

pytestmark = pytest.mark.django_db(databases="__all__")
PAGES = ("", "/dunia", "/politik", "/kanal/opini", "/topik/laut", "/penulis/sari-wiradjaja")
URLSET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {}><url><loc>https://a.example/</loc>{}</url></urlset>'
)
IMAGE = 'xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"'
NEWS = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
WRONG = {
    "rss": [b'<rss version="2.0"><channel><title>x</title></channel></rss>'],
    "atom": [b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><title>x</title></feed>'],
    "sitemap": [
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
        URLSET.format("", "<lastmod>kemarin</lastmod>").encode(),
        URLSET.format(IMAGE, "<i:image><i:title>x</i:title></i:image>").encode(),
        URLSET.format(NEWS, "<n:news><n:title>x</n:title></n:news>").encode(),
    ],
}


@pytest.fixture
def paper() -> None:
    put_frame()
    put_front("topic", "laut", "Laut")
    put_front("person", "sari-wiradjaja", "Sari Wiradjaja", role="Reporter <senior> & lain-lain")
    put_archive(40, every=timedelta(hours=3))
    put(full_article(900, "id", "Asia/Jayapura"))
    put(
        article(
            901, headline=fitting(290), standfirst=fitting(590), reporters=(SARI,), lead=picture(credit=fitting(90))
        )
    )
    put(article(902, NOW - timedelta(days=500), corrections=(correction(7, right=fitting(300)),)))
    put_gone(903, reason=fitting(200), withdrawn_at=NOW - timedelta(days=3))
    follow.catch_up(NOW)


def test_all_that_goes_out_obeys_its_schema(client: Client, settings, tmp_path, paper) -> None:
    settings.WARTA_WEBSUB_HUB = "https://hub.example/"
    found: dict[str, dict[str, bytes]] = {"rss": {}, "atom": {}, "sitemap": {}}
    for settings.WARTA_FEEDS in ("summary", "full"):
        for path in (*(f"{page}/feed{{}}" for page in PAGES), "/cari/feed{}?q=kapal"):
            for schema, form in (("rss", ""), ("atom", "/atom")):
                _note(found[schema], client, path.format(form), f"{settings.WARTA_FEEDS} ")
    _note(found["sitemap"], client, "/sitemap.xml")
    for loc in hold(found["sitemap"]["/sitemap.xml"], "sitemap").iter("{*}loc"):
        _note(found["sitemap"], client, str(loc.text).removeprefix("https://koran.example"))
    assert len(found["sitemap"]) > 4
    for schema, documents in found.items():
        wrong = {f"wrong {number}": document for number, document in enumerate(WRONG[schema])}
        told = complaints({**documents, **wrong}, schema, tmp_path)
        assert [words for words in told if not words.startswith("wrong")] == []
        assert {words.partition(":")[0] for words in told} == set(wrong)
        for name, document in documents.items():
            hold(document, schema)
            if schema != "sitemap":
                read = feedparser.parse(document, response_headers={"content-type": f"application/{schema}+xml"})
                assert (read.bozo, bool(read.version)) == (False, True), name


def _note(documents: dict[str, bytes], client: Client, path: str, before: str = "") -> None:
    answer = client.get(path)
    assert answer.status_code == 200, path
    documents[f"{before}{path}"] = answer.content
