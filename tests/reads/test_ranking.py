from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reads.builders import NOON
from warta.reads import buckets, lists, windows
from warta.reads.floors import FLOOR
from warta.reads.ranking import Readership, most_deeply_read, most_read, rising

_HOURS = st.integers(0, 167).map(lambda hours: datetime(2026, 5, 4, 12, tzinfo=UTC) - timedelta(hours=hours))
_ROWS = st.lists(
    st.builds(Readership, st.integers(0, 9), _HOURS, st.integers(1, 60)),
    unique_by=lambda row: row.article_id,
)


@given(_ROWS, st.integers(0, 100), st.randoms())
def test_the_order_of_arrival_does_not_matter(rows: list[Readership], limit: int, random: object) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)
    assert most_read(shuffled, limit) == most_read(rows, limit)


@given(_ROWS, st.integers(0, 100))
def test_nobody_left_out_has_more_readers_than_anybody_in(rows: list[Readership], limit: int) -> None:
    ranked = most_read(rows, limit)
    out = [row for row in rows if row not in ranked]
    assert len(ranked) == min(limit, sum(row.distinct_readers >= FLOOR for row in rows))
    assert [row.distinct_readers for row in ranked] == sorted((row.distinct_readers for row in ranked), reverse=True)
    assert all(row.distinct_readers <= ranked[-1].distinct_readers for row in out if ranked)


@given(_ROWS)
def test_a_shorter_list_is_the_beginning_of_a_longer_one(rows: list[Readership]) -> None:
    assert most_read(rows, 7) == most_read(rows, 100)[:7]


def test_of_equals_the_one_read_last_then_the_newer_article() -> None:
    earlier = NOON - timedelta(hours=1)
    rows = [Readership(8, earlier, 9), Readership(8, NOON, 4), Readership(8, NOON, 5), Readership(9, earlier, 1)]
    assert [row.article_id for row in most_read(rows, 10)] == [1, 5, 4, 9]


@pytest.mark.django_db(databases="__all__")
def test_the_database_orders_by_the_same_rule() -> None:
    rows = [
        (article_id, NOON - timedelta(hours=article_id * 7 % 5), article_id * 13 % 9) for article_id in range(1, 61)
    ]
    windows.step(NOON)
    buckets.backfill(rows, now=NOON)
    expected = most_read((Readership(count, buckets.hour_of(at), number) for number, at, count in rows), 20)
    [found] = lists._tops("week", [lists._WHOLE._replace(limit=20)])
    assert [row.article_id for row in found] == [row.article_id for row in expected]


def test_few_deep_visits_prove_little() -> None:
    visits = {1: (20, 15), 2: (2000, 1400), 3: (19, 19), 4: (2000, 100), 5: (2000, 0)}
    assert [row.article_id for row in most_deeply_read(visits, 4)] == [2, 1, 4, 5]


def test_rising_is_against_the_articles_own_hours() -> None:
    quiet = dict.fromkeys(range(2, 20), 3)
    found = rising(
        {
            1: {0: 5, 1: 25, **quiet},  # thirty in an hour and a half, three an hour before
            2: {0: 200, 1: 400, **dict.fromkeys(range(2, 20), 300)},  # many, as ever
            3: {0: 500},  # new
            4: {0: 4, 1: 5, **quiet},  # too few
            5: {0: 50, 1: 50, 23: 1},
        },
        30,
        10,
    )
    assert [row.article_id for row in found] == [5, 1]
