"""The paper's lists: order, keyset, teasers; the same few queries at any size."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.delivery.builders import NOW, article, put, put_gone
from tests.paper.bulk import put_many
from warta.paper import lists, store

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


def walk(name: str = "all", limit: int = 7, **options: object) -> list[int]:
    """Page through a whole list by its cursor."""
    ids: list[int] = []
    behind = None
    while page := lists.latest(name, now=NOW, limit=limit, behind=behind, **options):
        ids += [teaser.id for teaser in page]
        behind = lists.Cursor.behind(page[-1])
    return ids


def test_the_newest_stands_first_and_of_equals_the_higher_id():
    for number, age in ((1, 3), (2, 1), (3, 2), (4, 1)):
        put(article(number, NOW - HOUR * age))
    assert [teaser.id for teaser in lists.latest(now=NOW, limit=10)] == [4, 2, 3, 1]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 40])
def test_a_walk_meets_each_article_once_although_many_share_an_instant(limit):
    for number in range(1, 41):
        put(article(number, NOW - HOUR * (number % 3)))
    ids = walk(limit=limit)
    assert len(ids) == len(set(ids)) == 40
    assert ids == sorted(ids, key=lambda number: (number % 3, -number))


def test_a_walk_skips_nothing_when_something_new_appears_meanwhile():
    for number in range(1, 6):
        put(article(number, NOW - HOUR * number))
    first = lists.latest(now=NOW, limit=2)
    put(article(9, NOW - TICK))
    second = lists.latest(now=NOW, limit=9, behind=lists.Cursor.behind(first[-1]))
    assert [teaser.id for teaser in [*first, *second]] == [1, 2, 3, 4, 5]


def test_places_are_instants_with_their_zone_and_lead_on():
    for article_id in range(1, 5):
        put(article(article_id))
    first = lists.ids(behind=None, limit=2)
    assert first == [lists.Cursor.behind(teaser) for teaser in lists.latest(now=NOW, limit=2)]
    assert [place.article_id for place in lists.ids(behind=first[-1], limit=9)] == [2, 1]


def test_since_includes_its_own_instant():
    for number in range(1, 5):
        put(article(number, NOW - HOUR * number))
    assert walk(since=NOW - HOUR * 2) == [1, 2]
    assert walk(since=NOW - HOUR * 2 + TICK) == [1]


def test_what_is_not_yet_or_no_longer_visible_is_in_no_list():
    put(article(1, NOW - HOUR), visible_from=NOW + TICK)
    put(article(2, NOW - HOUR), until=NOW)
    put(article(3, NOW - HOUR), visible_from=NOW)
    assert walk() == [3]
    assert [teaser.id for teaser in lists.teasers([1, 2, 3], now=NOW)] == [3]
    assert lists.first_instant(now=NOW - TICK) == NOW - HOUR


def test_an_article_stands_in_the_lists_of_its_last_put_alone():
    page = put(article(1))
    store.put("article:1", page, visible_from=page.published_at, lists=["all", "topic:5", "topic:5"])
    assert [walk("all"), walk("topic:5"), walk("rubric:dunia")] == [[1], [1], []]


def test_a_withdrawn_and_a_removed_article_stand_in_no_list():
    for number in (1, 2, 3):
        put(article(number))
    put_gone(1)
    store.remove("article:2")
    assert walk() == [3]
    assert [teaser.id for teaser in lists.teasers([1, 2, 3], now=NOW)] == [3]


def test_teasers_come_in_the_order_in_which_they_were_asked():
    for number in (1, 2, 3):
        put(article(number, NOW - HOUR * number))
    assert [teaser.id for teaser in lists.teasers([3, 9, 1, 2], now=NOW)] == [3, 1, 2]
    assert lists.teasers([], now=NOW) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL decides by what it knows of the rows")
def test_teasers_are_found_by_their_keys_and_not_among_all_articles():
    put(article(1))
    with CaptureQueriesContext(connection) as captured:
        lists.teasers(range(1, 101), now=NOW)
    [query] = [one["sql"] for one in captured]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        [plan] = [row[3] for row in cursor.fetchall()]
    assert "(key=?)" in plan


def test_the_days_around_are_found():
    put(article(1, NOW - HOUR * 50))
    put(article(2, NOW - HOUR * 2))
    assert lists.first_instant(now=NOW) == NOW - HOUR * 50
    assert lists.newest_before(NOW - HOUR * 2, now=NOW) == NOW - HOUR * 50
    assert lists.newest_before(NOW - HOUR * 50, now=NOW) is None
    assert lists.oldest_from(NOW - HOUR * 50 + TICK, now=NOW) == NOW - HOUR * 2
    assert lists.oldest_from(NOW, now=NOW) is None
    assert lists.first_instant("topic:1", now=NOW) is None


def _queries() -> dict[str, int]:
    def counted(work):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            work()
        return len(captured)

    deep = lists.Cursor(NOW - HOUR * 2, 1)
    return {
        "latest": counted(lambda: lists.latest(now=NOW, limit=20)),
        "deep": counted(lambda: lists.latest(now=NOW, limit=20, behind=deep)),
        "teasers": counted(lambda: lists.teasers(range(1, 20), now=NOW)),
        "first": counted(lambda: lists.first_instant(now=NOW)),
        "find": counted(lambda: store.find("article:1", now=NOW)),
        "changes": counted(lambda: store.changes(0, limit=20)),
        "put": counted(lambda: put(article(1, NOW - HOUR))),
        "remove": counted(lambda: store.remove("article:1")),
    }


def test_2000_articles_cost_as_many_queries_as_20():
    put_many(20, newest=NOW - HOUR)
    few = _queries()
    put_many(1980, newest=NOW - HOUR, first_id=21)
    put(article(1, NOW - HOUR))
    assert _queries() == few
    assert {few[name] for name in ("latest", "deep", "teasers", "first", "find", "changes")} == {1}
