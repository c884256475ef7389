from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.conf import settings
from django.db import connections

from tests.reads.builders import NOON, counted, put, read
from warta.paper import store
from warta.reads import buckets
from warta.reads.buckets import ACCEPTED_LATE, KEPT_LATE, Read
from warta.reads.models import ReadHour, Salt, Seen

pytestmark = pytest.mark.django_db(databases="__all__")

MIDNIGHT = datetime(2026, 5, 5, tzinfo=UTC)


def test_one_reader_counts_once_an_hour_and_is_one_reader_a_day() -> None:
    put(1)
    assert buckets.add({read()}, now=NOON) == 1
    assert buckets.add({read(at=NOON + timedelta(minutes=20))}, now=NOON) == 0
    assert counted() == (1, 1)
    assert buckets.add({read(at=NOON + timedelta(hours=1))}, now=NOON) == 1
    assert counted() == (2, 1)
    assert buckets.add({read(who="198.51.100.1")}, now=NOON) == 1
    assert counted() == (3, 2)


def test_the_next_day_has_another_salt_and_the_reader_counts_again() -> None:
    put(1)
    tomorrow = NOON + timedelta(days=1)
    buckets.add({read()}, now=NOON)
    buckets.add({read(at=tomorrow)}, now=tomorrow)
    assert counted() == (2, 2)
    assert len({bytes(value) for value in Salt.objects.values_list("value", flat=True)}) == 2
    assert Seen.objects.values("reader").distinct().count() == 2


def test_hours_that_arrive_out_of_order_and_together_count_each() -> None:
    put(1)
    hours = [NOON + timedelta(hours=hour) for hour in (2, 0, 1)]
    buckets.add({read(at=hours[0])}, now=NOON)
    assert buckets.add({read(at=hour) for hour in hours}, now=NOON) == 2
    assert counted() == (3, 1)
    assert list(ReadHour.objects.order_by("hour_at").values_list("reads", flat=True)) == [1, 1, 1]


def test_shuffled_repeated_deliveries_end_like_a_single_one() -> None:
    random = Random(7)
    for article_id in (1, 2, 3):
        put(article_id)
    reads = [read(n % 3 + 1, f"10.0.0.{n % 11}", NOON + timedelta(hours=n % 5 + 8)) for n in range(150)]
    repeated = reads * 3
    random.shuffle(repeated)
    now = NOON + timedelta(hours=12)
    counts = [buckets.add(repeated[start : start + 37], now=now) for start in range(0, len(repeated), 37)]
    expected = len(set(reads))
    by_day_readers = {(one.article_id, one.seed, one.hour_at.date()) for one in reads}
    sums = [counted(article_id) for article_id in (1, 2, 3)]
    assert sum(counts) == sum(reads_ for reads_, _ in sums) == expected
    assert sum(readers for _, readers in sums) == len(by_day_readers)


def test_what_readers_cannot_see_is_not_counted() -> None:
    put(1)
    put(2, visible_until=NOON)
    put(3)
    store.remove(store.article_key(3))
    assert buckets.add({read(1), read(2), read(3), read(999), read(10**18 - 1)}, now=NOON) == 1
    assert list(ReadHour.objects.values_list("article_id", flat=True)) == [1]


def test_a_batch_over_midnight_counts_in_both_days() -> None:
    put(1)
    batch = {read(at=MIDNIGHT - timedelta(seconds=1)), read(at=MIDNIGHT)}
    assert buckets.add(batch, now=MIDNIGHT + timedelta(seconds=1)) == 2
    assert counted() == (2, 2)


def test_a_day_long_over_is_closed() -> None:
    put(1)
    late = read(at=MIDNIGHT - timedelta(seconds=1))
    assert buckets.add({late}, now=MIDNIGHT + ACCEPTED_LATE) == 0
    assert not Salt.objects.exists()
    assert buckets.add({late}, now=MIDNIGHT + ACCEPTED_LATE - timedelta(seconds=1)) == 1


def test_sweep_throws_salt_and_readers_away_with_their_day_and_hours_after_eight_days() -> None:
    put(1)
    buckets.add({read()}, now=NOON)
    assert buckets.sweep(MIDNIGHT + KEPT_LATE - timedelta(seconds=1)) == 0
    assert buckets.sweep(MIDNIGHT + KEPT_LATE) == 2
    assert not Salt.objects.exists()
    assert not Seen.objects.exists()
    assert counted() == (1, 1)
    assert buckets.sweep(NOON + timedelta(days=8)) == 0
    assert buckets.sweep(NOON + timedelta(days=8, hours=1)) == 1
    assert counted() == (0, 0)


def test_sweep_is_bounded_except_for_the_salt() -> None:
    put(1)
    buckets.add({read(who=f"10.0.0.{n}") for n in range(25)}, now=NOON)
    tomorrow = NOON + timedelta(days=1)
    assert [buckets.sweep(tomorrow, portion=5, portions=2) for _ in range(4)] == [11, 10, 5, 0]
    assert counted() == (25, 25)


def test_backfill_adds_to_what_was_counted() -> None:
    put(1)
    buckets.add({read()}, now=NOON)
    hour = NOON - timedelta(hours=1)
    buckets.backfill([(1, NOON, 4), (1, hour, 2), (1, hour, 3), (2, hour, 5)])
    assert counted(1) == (10, 10)
    assert counted(2) == (5, 5)
    assert ReadHour.objects.count() == 3


@pytest.mark.parametrize("readers", [1, 200])
def test_statements_of_a_flush_do_not_grow_with_the_readers(
    readers: int, django_assert_num_queries: Callable[..., object]
) -> None:
    put(1)
    buckets.add({read(who="first")}, now=NOON)
    batch = {read(who=f"10.0.{n // 250}.{n % 250}") for n in range(readers)}
    # savepoint and release, lock, salt, who was seen, the seen, the hour, its growth, the change; and the paper's one
    paper = connections[settings.WARTA_READS_DATABASE].alias == "default"
    with django_assert_num_queries(9 + paper, connection=connections[settings.WARTA_READS_DATABASE]):
        assert buckets.add(batch, now=NOON) == readers


def test_many_articles_and_readers_at_once() -> None:
    for article_id in range(1, 41):
        put(article_id)
    batch: set[Read] = {read(article_id, f"10.0.0.{n}") for article_id in range(1, 41) for n in range(60)}
    assert buckets.add(batch, now=NOON) == 2400
    assert buckets.add(batch, now=NOON) == 0
    assert {counted(article_id) for article_id in range(1, 41)} == {(60, 60)}
