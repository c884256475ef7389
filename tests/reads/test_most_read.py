from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connections

from tests.reads.builders import NOON, put, read
from warta.paper import store
from warta.reads import buckets, lists
from warta.reads.models import Ranked, Ranking

pytestmark = pytest.mark.django_db(databases="__all__")


def shown(now: datetime = NOON, limit: int = 7) -> list[int]:
    return [teaser.id for teaser in lists.most_read(now=now, limit=limit)]


def test_more_readers_stand_first_however_often_one_reads() -> None:
    for article_id in (1, 2, 3):
        put(article_id)
    batch = {read(1, "anna", NOON - timedelta(hours=hour)) for hour in range(6)}
    batch |= {read(2, who) for who in ("anna", "budi")} | {read(3, "citra", NOON - timedelta(hours=2))}
    buckets.add(batch, now=NOON)
    assert shown() == []
    assert lists.refresh(NOON)
    assert shown() == [2, 1, 3]
    assert shown(limit=2) == [2, 1]


def test_it_is_made_only_when_something_changed_or_another_hour_began() -> None:
    put(1)
    assert lists.refresh(NOON)
    assert not lists.refresh(NOON + timedelta(minutes=29))
    buckets.add({read()}, now=NOON)
    assert lists.refresh(NOON + timedelta(seconds=1))
    assert not lists.refresh(NOON + timedelta(seconds=2))
    buckets.add({read()}, now=NOON)
    assert not lists.refresh(NOON + timedelta(seconds=3))
    assert lists.refresh(NOON + timedelta(minutes=30))
    assert Ranking.objects.get().made_at == NOON + timedelta(minutes=30)


def test_readers_leave_the_window_after_seven_days() -> None:
    put(1)
    buckets.add({read()}, now=NOON)
    last = NOON + timedelta(hours=lists.WINDOW_HOURS - 1)
    lists.refresh(last)
    assert shown(last) == [1]
    lists.refresh(last + timedelta(hours=1))
    assert shown(last) == []


def test_a_withdrawn_or_expired_article_is_not_shown_and_leaves_no_gap() -> None:
    for article_id in range(1, 10):
        put(article_id)
    put(10, visible_until=NOON + timedelta(hours=1))
    buckets.backfill((article_id, NOON, article_id) for article_id in range(1, 12))
    lists.refresh(NOON)
    assert shown() == [10, 9, 8, 7, 6, 5, 4]
    store.remove(store.article_key(9))
    assert shown() == [10, 8, 7, 6, 5, 4, 3]
    assert shown(NOON + timedelta(hours=1)) == [8, 7, 6, 5, 4, 3, 2]


def test_many_withdrawn_ones_leave_no_gap_either() -> None:
    for article_id in range(1, 31):
        put(article_id)
    buckets.backfill((article_id, NOON, article_id) for article_id in range(1, 31))
    lists.refresh(NOON)
    for article_id in range(12, 31):
        store.remove(store.article_key(article_id))
    assert shown() == [11, 10, 9, 8, 7, 6, 5]


def test_the_list_is_replaced_whole() -> None:
    buckets.backfill((article_id, NOON, article_id) for article_id in range(1, 151))
    lists.refresh(NOON)
    assert Ranked.objects.count() == lists.CANDIDATES
    later = NOON + timedelta(hours=lists.WINDOW_HOURS)
    buckets.backfill([(7, later, 1)])
    lists.refresh(later)
    assert list(Ranked.objects.values_list("position", "article_id", "readers")) == [(1, 7, 1)]


@pytest.mark.parametrize("count", [3, 150])
def test_it_costs_two_queries_at_any_size(count: int, django_assert_num_queries: Callable[..., object]) -> None:
    for article_id in range(1, count + 1):
        put(article_id)
    buckets.backfill((article_id, NOON, article_id) for article_id in range(1, count + 1))
    lists.refresh(NOON)
    reads, paper = connections[settings.WARTA_READS_DATABASE], connections["default"]
    shared = reads is paper
    with (
        django_assert_num_queries(1 + shared, connection=reads),
        django_assert_num_queries(1 + shared, connection=paper),
    ):
        assert len(lists.most_read(now=NOON, limit=7)) == min(7, count)
