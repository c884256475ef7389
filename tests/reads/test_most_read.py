from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from tests.reads.builders import NOON, add, apart, put, read
from warta.config.worker import Worker
from warta.paper import store
from warta.paper.pages import FrontPage, UnrankedPage
from warta.reads import buckets, lists, rolling, whole, windows
from warta.reads.floors import FLOOR
from warta.reads.models import Depth, Edge, Ranking, ReadDay, ReadHour, ReadMonth, Standing

pytestmark = pytest.mark.django_db(databases="__all__")


def shown(now: datetime = NOON, limit: int = 7, name: str = lists.SEVEN_DAYS) -> list[int]:
    return [teaser.id for teaser in lists.most_read(now=now, limit=limit, name=name)]


def backfill(*rows: tuple[int, datetime, int], now: datetime = NOON) -> None:
    """Add readers, and make the list."""
    buckets.backfill(rows, now=now)
    lists.refresh(now)


@pytest.fixture(autouse=True)
def _windows() -> None:
    windows.step(NOON)


def test_more_readers_stand_first_however_often_one_reads() -> None:
    for article_id in (1, 2, 3):
        put(article_id)
    batch = [read(1, "203.0.113.9", NOON - timedelta(hours=hour)) for hour in range(12)]
    batch += [read(1, apart(n)) for n in range(FLOOR - 1)] + [read(2, apart(n)) for n in range(FLOOR + 1)]
    batch += [read(3, apart(n), NOON - timedelta(hours=2)) for n in range(FLOOR)]
    add(batch)
    assert shown() == []
    assert lists.refresh(NOON)
    assert shown() == [2, 1, 3]
    assert shown(limit=2) == [2, 1]


def test_three_clicks_at_night_are_no_ranking() -> None:
    put(1)
    backfill((1, NOON, FLOOR - 1))
    assert shown() == []
    backfill((1, NOON, 1))
    assert shown() == [1]


def test_it_is_made_when_something_changed_or_another_hour_began_or_a_minute_passed() -> None:
    put(1)
    assert lists.refresh(NOON)
    assert not lists.refresh(NOON + timedelta(seconds=29))
    add([read()])
    assert lists.refresh(NOON + timedelta(seconds=30))
    assert not lists.refresh(NOON + timedelta(seconds=31))
    add([read()])
    assert not lists.refresh(NOON + timedelta(seconds=32))
    assert lists.refresh(NOON + timedelta(seconds=90))
    assert lists.made_at() == NOON + timedelta(seconds=90)
    assert lists.refresh(NOON + timedelta(minutes=29, seconds=50))
    assert lists.refresh(NOON + timedelta(minutes=30))


def test_its_number_changes_with_its_order_alone() -> None:
    for article_id in (1, 2):
        put(article_id)
    numbers = [lists.ranking_number()]
    for rows in ([(1, NOON, 9), (2, NOON, 7)], [(1, NOON, 1)], [(2, NOON, 9)]):
        backfill(*rows)
        numbers.append(lists.ranking_number())
    assert numbers[0] == -1
    assert numbers[1] == numbers[2] != numbers[3]


def test_readers_leave_each_window_at_its_hour_and_its_day() -> None:
    """In Jakarta: the month goes by days, and its first ends at 17:00 UTC."""
    put(1)
    backfill((1, NOON, 9))
    lasts = {lists.DAY: NOON + timedelta(hours=23), lists.SEVEN_DAYS: NOON + timedelta(hours=167)}
    for name, last in lasts.items():
        lists.refresh(last)
        assert shown(last, name=name) == [1]
        lists.refresh(last + timedelta(hours=1))
        assert shown(last + timedelta(hours=1), name=name) == []
    last = NOON.replace(hour=16, minute=59) + timedelta(days=29)
    for day in range(8, 30):
        rolling.sweep(NOON + timedelta(days=day))
        lists.refresh(NOON + timedelta(days=day))
    lists.refresh(last)
    assert shown(last, name=lists.MONTH) == [1]
    lists.refresh(last + timedelta(minutes=1))
    assert shown(last + timedelta(minutes=1), name=lists.MONTH) == []
    assert not Standing.objects.exists()


def test_what_comes_and_leaves_in_any_order_ends_as_if_it_was_summed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_PORTION", 3)
    for article_id in range(1, 12):
        put(article_id)
    for hour in range(0, 200, 7):
        now = NOON + timedelta(hours=hour)
        rows = [(1 + (n * 5 + hour) % 11, now - timedelta(hours=n * hour % 23), n + hour % 3) for n in range(9)]
        buckets.backfill(rows, now=now)
        for _ in range(hour % 4 * 9):
            windows.step(now)
    while windows.step(now):
        pass
    fields = ("article_id", "day", "week", "month")
    kept = set(Standing.objects.values_list(*fields))
    windows.rebuild(now)
    anew = set(Standing.objects.values_list(*fields))
    assert {row for row in kept if any(row[1:])} == anew
    Edge.objects.all().delete()
    assert not windows.step(now)
    assert set(Standing.objects.values_list(*fields)) == anew


def test_a_refresh_lets_a_portion_leave_and_an_idle_worker_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_PORTION", 3)
    monkeypatch.setattr(windows, "_PLACED", 3)
    worker, now = Worker(), timezone.now()
    windows.rebuild(now - timedelta(hours=24))
    for article_id in range(1, 12):
        put(article_id)
    buckets.backfill(((article_id, now - timedelta(hours=24), 9) for article_id in range(1, 12)), now=now)
    in_window = Standing.objects.filter(day__gt=0)
    assert windows.tend(now)  # to the first hour in which somebody read
    assert in_window.count() == 11
    assert lists.refresh(now)
    assert in_window.count() == 8
    while worker.once() or worker._is_tending:
        pass
    assert in_window.count() == 0
    assert not windows.tend(now)
    Standing.objects.update(rubric="", lang="")
    assert windows.tend(now)
    assert Standing.objects.filter(rubric="").count() == 8


def test_a_withdrawn_expired_or_hidden_article_is_not_shown_and_leaves_no_gap() -> None:
    for article_id in range(1, 31):
        put(article_id)
    put(31, visible_until=NOON + timedelta(hours=1))
    backfill(*((article_id, NOON, article_id + 10) for article_id in range(1, 33)))
    assert shown() == [31, 30, 29, 28, 27, 26, 25]
    store.remove(store.article_key(30))
    store.put(store.unranked_key(29), UnrankedPage(article_id=29), visible_from=NOON)
    assert shown() == [31, 28, 27, 26, 25, 24, 23]
    assert shown(NOON + timedelta(hours=1)) == [28, 27, 26, 25, 24, 23, 22]
    store.remove(store.unranked_key(29))
    for article_id in range(12, 29):
        store.remove(store.article_key(article_id))
    assert shown() == [31, 29, 11, 10, 9, 8, 7]


def test_rubrics_and_languages_have_lists_of_their_own() -> None:
    for slug, order in (("dunia", 1), ("hukum", 2)):
        front = FrontPage(kind="rubric", list=f"rubric:{slug}", slug=slug, name=slug, path=f"/{slug}", order=order)
        store.put(f"rubric:{slug}", front, visible_from=NOON)
    put(1, rubric="hukum")
    put(2)
    put(3, lang="en")
    backfill((1, NOON, 9), (2, NOON, 8), (3, NOON, 7))
    assert shown(name=lists.name_within(lists.DAY, "rubric:dunia")) == [2, 3]
    assert shown(name=lists.name_within(lists.MONTH, "rubric:hukum")) == [1]
    assert shown(name=lists.name_within(lists.SEVEN_DAYS, "lang:en")) == [3]
    windows.rebuild(NOON)  # which knows of no rubric until it asks the paper
    Ranking.objects.all().delete()
    lists.refresh(NOON)
    assert shown(name=lists.name_within(lists.DAY, "rubric:dunia")) == [2, 3]
    store.remove("rubric:hukum")
    lists.refresh(NOON + timedelta(minutes=1))
    assert not Ranking.objects.filter(name__contains="hukum").exists()


def test_deeply_read_and_rising_are_of_articles_that_are_read() -> None:
    for article_id in (1, 2, 3):
        put(article_id)
    hours = [(1, NOON - timedelta(hours=ago), 30 if ago < 2 else 4) for ago in range(10)]
    hours += [(2, NOON - timedelta(hours=ago), 8) for ago in range(10)] + [(3, NOON, 60)]
    Depth.objects.bulk_create(
        Depth(day=NOON.date(), article_id=article_id, engaged=engaged, quarter=4, readers=readers)
        for article_id, engaged, readers in ((1, 1, 30), (1, 3, 10), (2, 2, 20), (2, 0, 5), (3, 4, 5))
    )
    backfill(*hours)
    assert shown(name=lists.RISING) == [1]
    assert shown(name=lists.DEEP) == [2, 1]


def test_hours_become_days_and_months_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    for article_id in (1, 2):
        put(article_id)
    rows = [(article_id, NOON + timedelta(hours=hour), hour % 5 + 1) for article_id in (1, 2) for hour in range(60)]
    buckets.backfill(rows, now=NOON)
    total = sum(count for _, _, count in rows) // 2

    def kept(model: type) -> int:
        return sum(model.objects.filter(article_id=2).values_list("readers", flat=True))

    later = NOON + timedelta(days=9)
    assert (kept(ReadHour), kept(ReadDay)) == (total, 0)
    while windows.step(later):
        pass
    while rolling.sweep(later, portion=7, portions=3):
        assert kept(ReadHour) + kept(ReadDay) == total
    assert 0 < kept(ReadDay) < total
    later = NOON + timedelta(days=400)
    while windows.step(later):
        pass
    while rolling.sweep(later, portion=7, portions=3):
        assert kept(ReadHour) + kept(ReadDay) + kept(ReadMonth) == total
    assert kept(ReadMonth) == total


def test_days_and_months_go_out_and_come_in_again() -> None:
    put(1)
    backfill(*((1, NOON + timedelta(hours=hour), hour % 5 + 1) for hour in range(0, 60, 3)))
    later = NOON + timedelta(days=9, hours=6)
    while windows.step(later) or rolling.sweep(later):
        pass
    ReadMonth.objects.create(day=NOON.date().replace(year=2024, day=1), article_id=1, reads=70, readers=50)

    def kept() -> list[list[tuple[object, ...]]]:
        models = ((ReadMonth, "day"), (ReadDay, "day"), (ReadHour, "hour_at"))
        return [list(model.objects.order_by(at).values_list(at, "reads", "readers")) for model, at in models]

    before, gone = kept(), list(whole.hours())
    assert [len(rows) for rows in before] == [1, 2, 10]
    month = Standing.objects.get(article_id=1).month
    for model in (ReadMonth, ReadDay, ReadHour):
        model.objects.all().delete()
    whole.restore(gone)
    whole.restore(gone)
    while windows.step(later) or rolling.sweep(later):
        pass
    assert kept() == before
    assert Standing.objects.get(article_id=1).month == month


@pytest.mark.parametrize("count", [3, 150])
def test_it_costs_three_queries_at_any_size(count: int, django_assert_num_queries: Callable[..., object]) -> None:
    for article_id in range(1, count + 1):
        put(article_id)
    backfill(*((article_id, NOON, article_id + 10) for article_id in range(1, count + 1)))
    reads, paper = connections[settings.WARTA_READS_DATABASE], connections["default"]
    shared = reads is paper
    with (
        django_assert_num_queries(1 + 2 * shared, connection=reads),
        django_assert_num_queries(2 + shared, connection=paper),
    ):
        assert len(lists.most_read(now=NOON, limit=7)) == min(7, count)
