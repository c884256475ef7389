"""What an editor put at a place of a front stands there; else the place fills by itself, and nothing stands twice."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery.builders import NOW, article, picture, put, put_archive, put_frame, put_gone, put_pin
from tests.delivery.reading import document
from tests.delivery.test_queries import queries
from warta.delivery.views import front
from warta.lexicon.fronts import SLOTS
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__")

HOUR = timedelta(hours=1)


def top(client: Client, path: str = "/") -> list[int]:
    """Return the ids of the articles at the places of a front."""
    where = "div[@class='first' or @class='seconds']" if path == "/" else "div[@class='run']"
    hrefs = document(client.get(path).content).xpath(f"//{where}//h2/a/@href")
    return [int(href.split("/")[-2]) for href in hrefs][: len(SLOTS)]


@pytest.fixture
def newest() -> list[int]:
    put_frame()
    return [page.id for page in reversed(put_archive(60))]


@given(st.lists(st.booleans(), max_size=40), st.sets(st.sampled_from(SLOTS)), st.integers(0, 60))
def test_nothing_stands_twice_above_the_fold_whatever_is_put(has_picture, slots, first):
    newest = [
        article(number, NOW - timedelta(minutes=number), lead=picture() if pictured else None).teaser
        for number, pictured in enumerate(has_picture)
    ]
    put_there = {slot: article(first + place).teaser for place, slot in enumerate(sorted(slots))}
    top_ = front.top(newest, put_there)
    shown = [teaser.id for teaser in [*([top_.lead] if top_.lead else []), *top_.seconds, *top_.rail]]
    assert len(set(shown)) == len(shown)
    if "lead" in put_there:
        assert top_.lead is put_there["lead"]
    if len(newest) > 12:
        assert {slot: put_there[slot].id for slot in slots} == {
            slot: one.id for slot, one in zip(SLOTS, [top_.lead, *top_.seconds], strict=True) if slot in slots
        }


def test_it_stands_at_its_exact_place_and_the_others_fill(reader, newest):
    automatic = top(reader)
    put_pin("all", "second-2", newest[40])
    put_pin("all", "lead", newest[30])
    shown = top(reader)
    assert (shown[0], shown[2]) == (newest[30], newest[40])
    assert set(shown) - set(newest[30:]) <= set(automatic)
    page = reader.get("/").content.decode()
    for number in shown:
        assert page.count(f"/{number}/kapal-nomor") == 1, "nothing twice on the whole page"


@pytest.mark.parametrize("path", ["/", "/dunia"])
def test_a_rubrics_front_has_places_of_its_own(reader, newest, path):
    name = "all" if path == "/" else "rubric:dunia"
    put_pin(name, "second-1", newest[45])
    other = "/politik"
    before = top(reader, other)
    assert top(reader, path)[1] == newest[45]
    assert top(reader, other) == before


def test_the_older_pages_of_a_rubric_are_as_they_were(reader, newest):
    first = document(reader.get("/dunia").content)
    older = first.xpath("//a[@rel='next']/@href")
    put_pin("rubric:dunia", "lead", newest[50])
    again = document(reader.get("/dunia").content)
    assert again.xpath("//a[@rel='next']/@href") == older
    ids = [href.split("/")[-2] for href in again.xpath("//div[@class='run']//h2/a/@href")]
    assert len(set(ids)) == len(ids)
    assert ids[0] == str(newest[50])
    if older:
        assert str(newest[50]) not in str(reader.get("/dunia" + older[0]).content).partition('class="run"')[0]


def test_its_time_is_over_by_itself(reader, newest, clock):
    automatic = top(reader)
    put_pin("all", "lead", newest[30], until=NOW + HOUR)
    clock.move_to(NOW + HOUR - timedelta(microseconds=1))
    assert top(reader)[0] == newest[30]
    clock.move_to(NOW + HOUR)
    assert top(reader) == automatic


def test_what_is_withdrawn_removed_expired_or_not_yet_there_leaves_its_place(reader, newest, clock):
    automatic = top(reader)
    for number in (9001, 9002, 9003):
        put_pin("all", "lead", number)
        assert top(reader) == automatic, "never there"
    put(article(9001, NOW - 9 * HOUR, lead=picture()), visible_from=NOW + HOUR)
    put_pin("all", "lead", 9001)
    assert top(reader) == automatic, "not yet"
    clock.move_to(NOW + HOUR)
    assert top(reader)[0] == 9001, "at its second"
    put_gone(9001)
    assert top(reader) == automatic, "withdrawn"
    put(article(9002, NOW - 9 * HOUR), until=NOW + 2 * HOUR)
    put_pin("all", "lead", 9002)
    assert top(reader)[0] == 9002
    clock.move_to(NOW + 2 * HOUR)
    assert top(reader) == automatic, "expired"
    store.remove(store.article_key(9002))
    assert top(reader) == automatic, "removed"


def test_places_cost_two_queries_whatever_stands_there(reader, newest):
    for path, name in (("/", "all"), ("/dunia", "rubric:dunia")):
        without = queries(reader, path)
        put_pin(name, "lead", newest[30])
        one = queries(reader, path)
        for slot, number in zip(SLOTS[1:], newest[31:], strict=False):
            put_pin(name, slot, number)
        assert queries(reader, path) == one <= without + 1, path
