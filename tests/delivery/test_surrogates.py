"""Every page carries the keys by which caches are told of its changes."""

import pytest

from tests.delivery import builders
from warta.delivery import making, surrogates
from warta.delivery.caches import Cache
from warta.delivery.edition import make
from warta.delivery.parts import Parts
from warta.delivery.shelf import Shelf
from warta.delivery.shortpath import Answer, ShortPath
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def paper():
    builders.put_frame()
    return builders.put(builders.article(7))


def test_each_kind_of_page_names_itself_and_what_it_shares(paper, reader):
    gone = builders.put_gone(8).path
    keys = {
        paper.path: "article-7 lists shell",
        gone: "article-8 lists shell",
        "/": "front-page lists shell",
        "/indeks": "lists shell",
        "/dunia": "rubric-dunia lists shell",
        "/kanal/opini": "channel-opini lists shell",
        "/laman/tentang": "static shell",
        "/tidak-ada": "lists shell",
    }
    assert {path: reader.get(path).headers["Surrogate-Key"] for path in keys} == keys


@pytest.mark.parametrize("path", ["/robots.txt", "/favicon.svg", "/dunia/"])
def test_what_no_change_of_the_paper_touches_has_no_keys(path, paper, reader):
    assert "Surrogate-Key" not in reader.get(path).headers


def test_the_short_path_says_the_same(paper, reader, tmp_path):
    shelf = Shelf(tmp_path / "shelf.sqlite3", version="1")
    short, edition = ShortPath(Parts(tmp_path / "parts", version="1"), shelf), make(builders.NOW)
    short.parts.put(making.make(7, now=builders.NOW))
    answer = short.article(paper.path, edition, builders.NOW.timestamp(), {})
    assert dict(answer.headers)["surrogate-key"] == reader.get(paper.path).headers["Surrogate-Key"]
    made = Answer(200, [("content-type", "text/html"), ("surrogate-key", "rubric-dunia lists shell")], b"x")
    short.keep("/dunia", edition, made, generation=short.generation)
    for asked in ({}, {"if-none-match": "*"}):
        for kept in (short.whole("/dunia", edition, asked), short.stale("/dunia", asked)):
            assert dict(kept.headers)["surrogate-key"] == "rubric-dunia lists shell"


def test_cloudflare_is_told_in_its_own_header_where_it_is(paper, reader, settings):
    assert "Cache-Tag" not in reader.get("/").headers
    settings.WARTA_PURGE = (Cache("cloudflare", "http://127.0.0.1:1", "zone", "token"),)
    assert reader.get(paper.path).headers["Cache-Tag"] == "article-7,lists,shell"


def test_changes_become_keys_each_once(paper):
    after = store.last_number()
    builders.put(builders.article(7, headline="Judul Baru"))
    builders.put(builders.article(9))
    builders.put_gone(9)
    builders.put_front("rubric", "dunia", "Dunia")
    store.remove("rubric:bisnis")
    stale = surrogates.stale(store.changes(after))
    assert stale.gone == ("article-9", "rubric-bisnis")
    assert stale.changed == ("article-7", "rubric-dunia", "lists", "shell")


def test_what_stands_at_a_place_touches_its_front_and_breaking_news_every_page(paper):
    builders.put_pin("all", "lead", 7)
    builders.put_pin("rubric:dunia", "lead", 7)
    after = store.last_number()
    builders.put_pin("all", "second-1", 7)
    store.remove(store.pin_key("rubric:dunia", "lead"))
    stale = surrogates.stale(store.changes(after))
    assert (stale.gone, stale.changed) == ((), ("front-page", "rubric-dunia"))
    after = store.last_number()
    builders.put_breaking()
    assert surrogates.stale(store.changes(after)).changed == ("shell",)
    store.remove(store.BREAKING)
    stale = surrogates.stale(store.changes(after))
    assert (stale.gone, stale.changed) == ((), ("shell",))


def test_a_change_touches_the_keys_of_its_page(paper, reader):
    after = store.last_number()
    store.put("static:tentang", store.stored("static:tentang").page, visible_from=builders.LONG_AGO)
    builders.put_front("channel", "opini", "Opini")
    stale = surrogates.stale(store.changes(after))
    for path in ("/laman/tentang", "/kanal/opini"):
        own = reader.get(path).headers["Surrogate-Key"].split()[0]
        assert own in stale.changed
