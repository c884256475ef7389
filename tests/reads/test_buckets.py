from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.conf import settings
from django.db import connections

from tests.reads.builders import BROWSER, NOON, add, apart, counted, fates, put, read
from warta.paper import store
from warta.reads import buckets, figures, rolling
from warta.reads.buckets import ACCEPTED_LATE, Batch, End
from warta.reads.models import Crowd, Depth, ReadHour, Salt, Seen
from warta.reads.sieve import Rule, Signal

pytestmark = pytest.mark.django_db(databases="__all__")

MIDNIGHT = datetime(2026, 5, 5, tzinfo=UTC)


def test_one_reader_counts_once_an_hour_and_is_one_reader_a_day() -> None:
    put(1)
    assert add([read()]) == 1
    assert add([read(at=NOON + timedelta(minutes=20))]) == 0
    assert counted() == (1, 1)
    assert add([read(at=NOON + timedelta(hours=1))]) == 1
    assert counted() == (2, 1)
    assert add([read(who="198.51.100.1")]) == 1
    assert counted() == (3, 2)
    assert fates() == {Rule.STORED: 3, Rule.REPEAT: 1}


def test_the_next_day_has_another_salt_and_the_reader_counts_again() -> None:
    put(1)
    tomorrow = NOON + timedelta(days=1)
    add([read()])
    add([read(at=tomorrow)], now=tomorrow)
    assert counted() == (2, 2)
    assert len({bytes(value) for value in Salt.objects.values_list("value", flat=True)}) == 2
    assert Seen.objects.count() == 2


def test_shuffled_repeated_deliveries_end_like_a_single_one() -> None:
    random = Random(7)
    for article_id in (1, 2, 3):
        put(article_id)
    reads = [read(n % 3 + 1, f"10.0.{n % 11}.1", NOON + timedelta(hours=n % 5 + 8)) for n in range(150)]
    repeated = reads * 3
    random.shuffle(repeated)
    now = NOON + timedelta(hours=12)
    counts = [add(repeated[start : start + 37], now=now) for start in range(0, len(repeated), 37)]
    by_day_readers = {(one.article_id, one.seed, one.hour // 24) for one, _ in reads}
    sums = [counted(article_id) for article_id in (1, 2, 3)]
    assert sum(counts) == sum(reads_ for reads_, _ in sums) == len({one for one, _ in reads})
    assert sum(readers for _, readers in sums) == len(by_day_readers)


def test_what_readers_cannot_see_is_not_counted() -> None:
    put(1)
    put(2, visible_until=NOON)
    put(3)
    store.remove(store.article_key(3))
    assert add([read(number) for number in (1, 2, 3, 999, 10**18 - 1)]) == 1
    assert list(ReadHour.objects.values_list("article_id", flat=True)) == [1]
    assert fates() == {Rule.STORED: 1, Rule.UNSEEN: 4}


def test_a_batch_over_midnight_counts_in_both_days_and_a_day_long_over_is_closed() -> None:
    put(1)
    late = read(at=MIDNIGHT - timedelta(seconds=1))
    assert add([late, read(at=MIDNIGHT)], now=MIDNIGHT + timedelta(seconds=1)) == 2
    assert counted() == (2, 2)
    other = read(at=MIDNIGHT - timedelta(seconds=1), who="198.51.100.1")
    assert add([other], now=MIDNIGHT + ACCEPTED_LATE) == 0
    assert add([other], now=MIDNIGHT + ACCEPTED_LATE - timedelta(seconds=1)) == 1
    assert fates() == {Rule.STORED: 3, Rule.LATE: 1}


def test_a_flush_under_its_number_counts_once_for_all_tables() -> None:
    put(1)
    one, mark = read()
    batch = Batch(7, {one: mark}, {one: End(3, 4)})
    batch.told[one.hour, Signal.READ, Rule.ROBOT] = 5
    for process, expected in (("a", 1), ("a", 0), ("b", 0)):
        assert buckets.add(batch, process=process, now=NOON) == expected
    assert counted() == (1, 1)
    assert fates() == {Rule.STORED: 1, Rule.ROBOT: 10, Rule.REPEAT: 1}  # of two processes, these are two batches
    assert fates(Signal.END) == {Rule.STORED: 1, Rule.REPEAT: 1}
    assert buckets.add(Batch(6, {one: mark}), process="a", now=NOON) == 0
    assert fates()[Rule.REPEAT] == 1


def test_the_end_of_a_visit_counts_once_for_who_was_counted() -> None:
    put(1)
    ((one, mark), (stranger, _)) = read(), read(who="198.51.100.1")
    buckets.add(Batch(1, {one: mark}, {one: End(3, 4), stranger: End(4, 4)}), process="a", now=NOON)
    buckets.add(Batch(2, {}, {one: End(0, 0)}), process="a", now=NOON)
    assert fates(Signal.END) == {Rule.STORED: 1, Rule.UNREAD: 1, Rule.REPEAT: 1}
    assert figures.depths(1, NOON) == {(3, 4): 1}
    assert Depth.objects.count() == 1


def test_one_address_moves_an_article_by_what_it_reads_besides() -> None:
    for number in range(1, 6):
        put(number)
    office, names = "203.0.113.7", [f"{BROWSER} {number}" for number in range(20)]
    assert add([read(1, office, agent=name) for name in names]) == 1
    assert fates()[Rule.CROWD] == 19
    assert add([read(number, office, agent=names[number]) for number in range(2, 6)]) == 4
    assert add([read(1, office, agent=name) for name in names]) == 8  # two more for each of the four others
    assert counted(1) == (9, 9)


def test_what_a_place_read_is_known_in_the_next_flush_of_each_of_its_articles() -> None:
    for number in (1, 2):
        put(number)
    office, names = "203.0.113.7", [f"{BROWSER} {number}" for number in range(9)]
    assert add([read(number, office, agent=names[0]) for number in (1, 2)]) == 2
    for number in (2, 1):
        assert add([read(number, office, agent=name) for name in names]) == 2  # three, for one other article
        assert add([read(number, office, agent=name) for name in names]) == 0
        assert counted(number) == (3, 3)
    assert Crowd.objects.count() == 4  # an address and its network: the place itself, and its second article


def test_who_was_seen_is_thrown_away_with_the_day_and_its_salt() -> None:
    put(1)
    days = [NOON + timedelta(days=day) for day in range(3)]
    for number, day in enumerate(days):
        add([read(who=apart(number)), read(who=apart(number), at=day)], now=day)
    tables = (Salt, Seen, Crowd)
    assert [table.objects.count() for table in tables] == [3, 3, 6]
    midnight = days[2].replace(hour=0, minute=0)
    rolling.sweep(midnight + timedelta(minutes=59), portion=1)
    assert [table.objects.count() for table in tables] == [2, 2, 4]
    rolling.sweep(midnight + timedelta(hours=1), portion=1)
    assert [table.objects.count() for table in tables] == [1, 1, 2]
    assert add([read(who=apart(2), at=days[2])], now=days[2]) == 0
    rolling.sweep(days[2] + timedelta(days=5))
    assert [table.objects.count() for table in tables] == [0, 0, 0]


def test_a_crowd_that_comes_in_one_flush_shows_first_how_widely_it_reads() -> None:
    for number in range(1, 11):
        put(number)
    reads = [read(1, "203.0.113.7", agent=f"{BROWSER} {number}") for number in range(15)]
    reads += [read(number, "203.0.113.7", agent=f"{BROWSER} {number}") for number in range(2, 11)]
    assert add(reads) == 24
    assert counted(1) == (15, 15)


@pytest.mark.parametrize("network", ["203.0.113.{}", "2001:db8:7:{:x}::1"])
def test_a_network_that_reads_one_article_brings_twenty(network: str) -> None:
    put(1)
    assert add([read(1, network.format(number)) for number in range(1, 201)]) == 20
    assert fates()[Rule.BURST] == 180


def test_a_hundred_thousand_beacons_move_an_article_by_their_fifty_addresses() -> None:
    """As the gate would hand them on: replays are the same reads again, what is forged never comes so far."""
    put(1)
    addresses = [apart(number * 3) for number in range(50)]
    everything = [read(1, address, agent=f"{BROWSER} {name}") for address in addresses for name in range(200)]
    for _ in range(2):
        add(everything)
    assert counted(1) == (50, 50)


def test_backfill_adds_to_what_was_counted() -> None:
    put(1)
    add([read()])
    hour = NOON - timedelta(hours=1)
    buckets.backfill([(1, NOON, 4), (1, hour, 2), (1, hour, 3), (2, hour, 5)], now=NOON)
    assert counted(1) == (10, 10)
    assert counted(2) == (5, 5)
    assert ReadHour.objects.count() == 3


@pytest.mark.parametrize("readers", [1, 120])
def test_statements_of_a_flush_do_not_grow_with_the_readers(
    readers: int, django_assert_num_queries: Callable[..., object]
) -> None:
    put(1)
    add([read(who="198.51.100.1")])
    batch = [read(who=apart(number)) for number in range(readers)]
    reads = connections[settings.WARTA_READS_DATABASE]
    shared = reads.alias == "default"
    # savepoint, lock, flush, salt, who was seen, from where (what else was read there only if something was);
    # seen, crowds, hour, edges, facets, minute, fates, change, release
    with django_assert_num_queries(15 + shared, connection=reads):
        assert add(batch) == readers


def test_many_articles_and_readers_at_once() -> None:
    for article_id in range(1, 41):
        put(article_id)
    batch = [read(article_id, apart(n)) for article_id in range(1, 41) for n in range(60)]
    assert add(batch) == 2400
    assert add(batch) == 0
    assert {counted(article_id) for article_id in range(1, 41)} == {(60, 60)}
    assert sum(figures.by_trait("rubric", NOON).values()) == figures.by_hour(NOON)[-1][1] == 2400
