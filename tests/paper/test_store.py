"""The store: pages in and out, the time test, old addresses, numbered changes."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection, connections, transaction

from tests.delivery.builders import NOW, article, put_front, put_gone
from warta.paper import store
from warta.paper.pages import FrontPage, GonePage, StaticPage

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
LATER = NOW + timedelta(hours=1)


def put(number: int, **values: object) -> int:
    return store.put(store.article_key(number), article(number), **{"visible_from": NOW, **values})


def static(slug: str, order: int = 0) -> StaticPage:
    return StaticPage(slug=slug, path=f"/laman/{slug}", lang="id", title=slug.title(), order=order, updated_at=NOW)


def test_what_is_put_is_found_just_as_it_was():
    page = article(1)
    store.put("article:1", page, visible_from=NOW)
    assert store.find("article:1", now=NOW) == page


def test_what_was_never_put_is_not_there():
    assert store.find("article:1", now=NOW) is None
    assert store.at("/dunia", now=NOW) is None
    assert store.remove("article:1") is None
    assert store.last_number() == 0


@pytest.mark.parametrize(
    ("now", "is_there"),
    [(NOW - TICK, False), (NOW, True), (NOW + TICK, True), (LATER - TICK, True), (LATER, False), (LATER + TICK, False)],
)
def test_the_time_test_holds_to_the_microsecond(now, is_there):
    put(1, visible_until=LATER, old_addresses=["/lama"])
    front = FrontPage(kind="rubric", slug="dunia", name="Dunia", list="rubric:1", path="/dunia")
    store.put("rubric:1", front, visible_from=NOW, visible_until=LATER)
    store.put("static:1", static("tentang"), visible_from=NOW, visible_until=LATER)
    seen = {
        "find": store.find("article:1", now=now),
        "at": store.at("/dunia", now=now),
        "fronts": list(store.frame(now=now).rubrics),
        "static pages": list(store.frame(now=now).statics),
        "moved to": store.moved_to(["/lama"], now=now),
    }
    assert {name: bool(value) for name, value in seen.items()} == dict.fromkeys(seen, is_there)


def test_an_instant_of_another_zone_is_the_same_instant():
    put(1, visible_from=datetime.fromisoformat("2024-05-03T09:00:00+07:00"))
    assert store.find("article:1", now=datetime(2024, 5, 3, 2, 0, tzinfo=UTC))
    assert not store.find("article:1", now=datetime(2024, 5, 3, 1, 59, 59, tzinfo=UTC))


def test_a_page_put_again_takes_the_place_of_the_former():
    put(1, lists=["all", "topic:1"], visible_until=LATER)
    store.put("article:1", article(1, headline="Baru"), visible_from=NOW, lists=["all"])
    found = store.find("article:1", now=LATER)
    assert found is not None
    assert found.headline == "Baru"


def test_an_article_that_is_withdrawn_leaves_its_reason_at_its_key():
    put(1, lists=["all"])
    put_gone(1)
    assert isinstance(store.find("article:1", now=NOW), GonePage)


def test_a_removed_page_is_gone_and_removed_but_once():
    first = put(1, old_addresses=["/lama"])
    second = store.remove("article:1")
    assert second == first + 1
    assert store.remove("article:1") is None
    assert store.find("article:1", now=LATER) is None
    assert store.moved_to(["/lama"], now=LATER) is None
    assert store.changes(0) == [store.Change(number=second, key="article:1", kind="removed")]


def test_a_removed_page_can_come_back():
    put(1)
    store.remove("article:1")
    put(1)
    assert store.find("article:1", now=NOW)


def test_fronts_come_in_their_order():
    for order, slug in ((2, "politik"), (1, "dunia"), (2, "bisnis")):
        put_front("rubric", slug, slug.title(), order=order)
    put_front("channel", "berita", "Berita")
    assert [front.slug for front in store.frame(now=NOW).rubrics] == ["dunia", "bisnis", "politik"]


def test_static_pages_come_in_their_order():
    for order, slug in ((2, "pedoman"), (1, "tentang")):
        store.put(f"static:{slug}", static(slug, order), visible_from=NOW)
    assert [page.slug for page in store.frame(now=NOW).statics] == ["tentang", "pedoman"]


def test_old_addresses_are_added_and_never_lost():
    put(1, old_addresses=["/a", "/b"])
    put(1, old_addresses=["/c"])
    put(2, old_addresses=["/b"])
    moved = {address: store.moved_to([address], now=NOW) for address in ("/a", "/b", "/c", "/d")}
    assert moved == {"/a": article(1).path, "/b": article(2).path, "/c": article(1).path, "/d": None}


def test_every_change_has_the_next_number():
    numbers = [put(1), put(2), put(1), store.remove("article:2"), put(3)]
    assert numbers == [1, 2, 3, 4, 5]
    assert store.last_number() == 5
    assert [(change.number, change.key) for change in store.changes(0)] == [
        (3, "article:1"),
        (4, "article:2"),
        (5, "article:3"),
    ]


def test_a_follower_asks_from_where_it_was():
    for number in range(1, 8):
        put(number)
    seen: list[int] = []
    while news := store.changes(seen[-1] if seen else 0, limit=3):
        seen += [change.number for change in news]
    assert seen == [1, 2, 3, 4, 5, 6, 7]


def test_a_put_that_is_rolled_back_leaves_no_page_and_no_gap():
    put(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        put(2, old_addresses=["/lama"])
        raise RuntimeError
    assert store.find("article:2", now=NOW) is None
    assert store.moved_to(["/lama"], now=NOW) is None
    assert put(3) == 2


def test_pages_of_an_older_shape_are_named_for_pressing():
    put(1)
    put(2)
    store.remove("article:2")
    assert store.outdated(article(1).schema) == []
    assert store.outdated(article(1).schema + 1) == ["article:1"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_numbers_are_given_in_the_order_of_commit():
    numbers: list[int] = []

    def second() -> None:
        numbers.append(put(2))
        connections.close_all()

    put(9)
    other = Thread(target=second)
    with transaction.atomic():
        numbers.append(put(1))
        other.start()
        other.join(0.5)
        assert other.is_alive(), "the second writer has a number before the first has committed"
    other.join(10)
    assert numbers == [2, 3]
    assert [change.key for change in store.changes(1)] == ["article:1", "article:2"]
