"""Breaking news: above every page, gone by time alone, in a piece that no article's part holds."""

import re
from datetime import timedelta

import pytest

from tests.delivery import builders
from tests.delivery.builders import NOW, put_breaking
from tests.delivery.reading import document
from tests.delivery.test_queries import queries
from warta.delivery import edition, making
from warta.delivery.parts import Parts
from warta.delivery.shelf import Shelf
from warta.delivery.shortpath import ShortPath
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__")

END = NOW + timedelta(minutes=30)


@pytest.fixture
def paths():
    builders.put_frame()
    page = builders.put(builders.full_article(7, "id", "Asia/Jakarta"))
    english = builders.put(builders.full_article(8, "en", "Asia/Jayapura"))
    gone = builders.put_gone(9)
    fixed = ["/", "/indeks", "/dunia", "/kanal/opini", "/ralat", "/laman/tentang", "/tidak-ada", gone.path]
    return [page.path, english.path, *fixed]


def banner(content: bytes):
    return document(content).xpath("//section[@class='breaking']")


def test_it_stands_above_every_page_and_leaves_by_time_alone(reader, paths, clock):
    before = {path: reader.get(path).content for path in paths}
    put_breaking("Gempa < 7 & tsunami")
    for path in paths:
        (shown,) = banner(reader.get(path).content)
        assert shown.xpath(".//a/@href") == ["/indeks"]
        assert shown.xpath(".//a")[0].text_content() == "Gempa < 7 & tsunami"
        assert shown.xpath(".//time/@datetime") == ["2024-05-03T08:55+07:00"]
        assert shown.xpath(".//time/text()") == ["08:55"]
        assert shown.get("aria-label") in {"Berita kilat", "Breaking"}
    clock.move_to(END - timedelta(microseconds=1))
    assert all(banner(reader.get(path).content) for path in paths)
    clock.move_to(END)
    assert {path: reader.get(path).content for path in paths} == before


def test_it_is_in_the_language_of_the_site_on_a_page_of_another(reader, paths):
    put_breaking()
    (shown,) = banner(reader.get(paths[1]).content)
    assert shown.get("aria-label") == "Breaking"
    assert shown.xpath(".//a/@lang") == ["id"]
    assert banner(reader.get(paths[0]).content)[0].xpath(".//a/@lang") == []


def test_no_part_of_an_article_is_made_anew_for_it(paths):
    before = making.make(7, now=NOW)
    put_breaking()
    after = making.make(7, now=NOW)
    assert (before.number, before.head.plain, before.body.plain) == (after.number, after.head.plain, after.body.plain)


def test_the_short_path_gives_the_page_as_it_is_rendered_whole_and_its_edition_ends_with_it(
    reader, paths, tmp_path, clock
):
    short = ShortPath(Parts(tmp_path / "parts", version="1"), Shelf(tmp_path / "shelf.sqlite3", version="1"))
    short.parts.put(making.make(7, now=NOW))
    put_breaking()
    first = edition.make(NOW)
    assert first.ends_at == END
    for now, made in ((NOW, first), (END, edition.make(END))):
        clock.move_to(now)
        answer = short.article(paths[0], made, now.timestamp(), {})
        assert answer.body == reader.get(paths[0]).content
        assert bool(banner(answer.body)) == (now == NOW)
    assert first.frames["id"].tag != edition.make(END).frames["id"].tag


def test_it_costs_no_query(reader, paths):
    live = paths[:6]
    before = [queries(reader, path) for path in live]
    put_breaking()
    assert [queries(reader, path) for path in live] == before


def test_what_takes_its_place_and_what_ends_it_are_seen_at_once(reader, paths):
    put_breaking()
    put_breaking("Tsunami", "/dunia")
    assert [a.text_content() for a in banner(reader.get("/").content)[0].xpath(".//a")] == ["Tsunami"]
    store.remove(store.BREAKING)
    assert banner(reader.get("/").content) == []


def test_it_is_not_there_for_a_page_that_asks_no_database(reader, paths):
    put_breaking()
    assert re.search(b'breaking" aria', reader.post("/").content) is None
