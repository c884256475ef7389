"""What is due comes into effect: each by itself, one failing item stops no other."""

from datetime import timedelta

import pytest
import time_machine
from wagtail.models import ModelLogEntry
from wagtail.signals import published, unpublished

from tests.newsroom.builders import NOW, article, work
from warta.newsroom import schedule
from warta.newsroom.actions.publish import publish
from warta.newsroom.models import Article

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def clumsy():
    """Headlines that break while they are published or taken back."""
    broken: set[str] = set()

    def breaks(instance, **_):
        if instance.headline in broken:
            raise RuntimeError("rusak")

    for signal in (published, unpublished):
        signal.connect(breaks)
    yield broken
    for signal in (published, unpublished):
        signal.disconnect(breaks)


def live() -> set[str]:
    return set(Article.objects.filter(live=True).values_list("headline", flat=True))


def test_nothing_happens_before_its_instant(clock):
    article(embargo=NOW + HOUR)
    work()
    clock.move_to(NOW + HOUR - TICK)
    assert schedule.Runner().step(NOW + HOUR - TICK) == 0
    assert (live(), work()) == (set(), [])


def test_at_its_instant_it_is_live_with_that_date(clock):
    made = article(embargo=NOW + HOUR)
    work()
    clock.move_to(NOW + HOUR)
    assert schedule.Runner().step(NOW + HOUR) == 1
    found = Article.objects.get(pk=made.pk)
    assert (found.live, found.first_published_at, found.scheduled_revision) == (True, NOW + HOUR, None)
    assert work() == [f"article:{made.pk}"]
    assert ModelLogEntry.objects.filter(object_id=str(made.pk), action="wagtail.publish.scheduled").count() == 1
    assert schedule.Runner().step(NOW + HOUR) == 0


def test_what_is_late_is_done_and_keeps_the_date_it_was_meant_for(clock):
    made = article(status="draft")
    made.go_live_at = NOW + HOUR
    publish(made, by=None, now=NOW)
    clock.move_to(NOW + 30 * HOUR)
    assert schedule.Runner().step(NOW + 30 * HOUR) == 1
    assert Article.objects.get(pk=made.pk).first_published_at == NOW + HOUR


def test_one_that_fails_stops_no_other_and_is_tried_again(clock, clumsy, caplog):
    for number, headline in enumerate(("Rusak", "Baik", "Bagus"), start=1):
        article(number, headline=headline, embargo=NOW + number * HOUR)
    work()
    clumsy.add("Rusak")
    clock.move_to(NOW + 9 * HOUR)
    assert schedule.Runner().step(NOW + 9 * HOUR) == 2
    assert live() == {"Baik", "Bagus"}
    broken = Article.objects.get(headline="Rusak")
    assert f"article {broken.pk} could not be made live; it is tried again" in caplog.text
    assert f"article:{broken.pk}" not in work()
    assert broken.scheduled_revision is not None
    clumsy.clear()
    assert schedule.Runner().step(NOW + 9 * HOUR) == 1
    assert "Rusak" in live()


def test_what_expires_goes_back_to_a_draft(clock):
    made = article()
    made.expire_at = NOW + HOUR
    publish(made, by=None, now=NOW)
    work()
    assert schedule.Runner().step(NOW + HOUR - TICK) == 0
    clock.move_to(NOW + HOUR)
    assert schedule.Runner().step(NOW + HOUR) == 1
    found = Article.objects.get(pk=made.pk)
    assert (found.live, found.expired) == (False, True)
    assert work() == [f"article:{made.pk}"]


def test_one_that_cannot_expire_stops_no_other(clock, clumsy):
    for number, headline in enumerate(("Rusak", "Baik"), start=1):
        made = article(number, headline=headline)
        Article.objects.filter(pk=made.pk).update(expire_at=NOW + number * HOUR)
    clumsy.add("Rusak")
    clock.move_to(NOW + 9 * HOUR)
    assert schedule.Runner().step(NOW + 9 * HOUR) == 1
    assert live() == {"Rusak"}


def test_a_change_of_a_live_article_waits_for_its_hour(clock):
    made = article(headline="Lama")
    made.headline, made.go_live_at = "Baru", NOW + HOUR
    publish(made, by=None, now=NOW)
    assert live() == {"Lama"}
    clock.move_to(NOW + HOUR)
    schedule.Runner().step(NOW + HOUR)
    found = Article.objects.get()
    assert (found.headline, found.first_published_at, found.updated_at) == ("Baru", NOW, NOW + HOUR)


def test_a_clock_that_jumps_brings_each_into_effect_once_and_none_early(clock):
    made = {article(number, embargo=NOW + number * HOUR).pk: NOW + number * HOUR for number in range(1, 7)}
    work()
    for hours in (0, 2, -3, 1, 4, 0, 3, -1, 7, 2):  # forth and back, as a clock that is put right does
        at = NOW + hours * HOUR
        clock.move_to(at)
        schedule.Runner().step(at)
        schedule.Runner().step(at)  # and a second runner
    told = {pk: _told(pk) for pk in made}
    assert all(len(at) == 1 and at[0] >= made[pk] for pk, at in told.items()), told


def _told(pk: int) -> list:
    entries = ModelLogEntry.objects.filter(object_id=str(pk), action="wagtail.publish.scheduled")
    return list(entries.values_list("timestamp", flat=True))


def test_what_fails_holds_up_nothing_and_waits_longer_each_time(clock, clumsy):
    for number in range(1, 8):
        article(number, headline=f"Rusak {number}" if number < 6 else f"Baik {number}", embargo=NOW + number * HOUR)
    work()
    clumsy.update(f"Rusak {number}" for number in range(1, 6))
    runner, at = schedule.Runner(), NOW + 9 * HOUR
    clock.move_to(at)
    assert runner.step(at, 5) + runner.step(at, 5) == 2, "whatever fails is tried once in two rounds"
    assert live() == {"Baik 6", "Baik 7"}
    clumsy.clear()
    assert runner.step(at + timedelta(milliseconds=900), 5) == 0, "they rest"
    assert runner.step(at + timedelta(seconds=1), 5) == 5


def test_a_schedule_that_was_changed_in_that_moment_is_left_alone(clock):
    made = article(embargo=NOW + HOUR)
    clock.move_to(NOW + HOUR)
    [row] = schedule.Revision.objects.filter(approved_go_live_at__isnull=False)
    schedule.Revision.objects.filter(pk=row.pk).update(approved_go_live_at=NOW + 5 * HOUR)
    assert schedule._make_live(row) == 0
    assert not Article.objects.get(pk=made.pk).live
