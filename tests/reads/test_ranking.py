from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reads.builders import NOON
from warta.reads import buckets, lists
from warta.reads.ranking import Readership, most_read

_HOURS = st.integers(0, 167).map(lambda hours: datetime(2026, 5, 4, 12, tzinfo=UTC) - timedelta(hours=hours))
_ROWS = st.lists(
    st.builds(Readership, st.integers(0, 5), _HOURS, st.integers(1, 60)),
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
    assert len(ranked) == min(limit, sum(row.distinct_readers > 0 for row in rows))
    assert [row.distinct_readers for row in ranked] == sorted((row.distinct_readers for row in ranked), reverse=True)
    assert all(row.distinct_readers <= ranked[-1].distinct_readers for row in out if ranked)


@given(_ROWS)
def test_a_shorter_list_is_the_beginning_of_a_longer_one(rows: list[Readership]) -> None:
    assert most_read(rows, 7) == most_read(rows, 100)[:7]


def test_of_equals_the_one_read_last_then_the_newer_article() -> None:
    earlier = NOON - timedelta(hours=1)
    rows = [Readership(3, earlier, 9), Readership(3, NOON, 4), Readership(3, NOON, 5), Readership(4, earlier, 1)]
    assert [row.article_id for row in most_read(rows, 10)] == [1, 5, 4, 9]


@pytest.mark.django_db(databases="__all__")
def test_the_database_orders_by_the_same_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    now = NOON
    rows = [(article_id, now - timedelta(hours=article_id * 7 % 5), article_id * 13 % 4) for article_id in range(1, 61)]
    buckets.backfill(rows)
    everything = lists._readerships(now)
    monkeypatch.setattr(lists, "CANDIDATES", 20)
    assert lists._readerships(now) == most_read(everything, 20)
