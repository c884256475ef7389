"""Work that waits: claimed by one, finished, put back for later."""

from datetime import timedelta

import pytest
import time_machine

from tests.newsroom.builders import NOW
from warta.newsroom import dispatches
from warta.newsroom.models import Dispatch, Rubric

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_what_is_left_first_is_claimed_first_and_by_one_alone():
    dispatches.leave("article", [7, 8])
    assert [str(dispatches.claim(NOW)), str(dispatches.claim(NOW))] == ["article:7", "article:8"]
    assert dispatches.claim(NOW) is None


@pytest.mark.parametrize(("kind", "lease"), [("article", dispatches.QUICK_LEASE), ("photo", dispatches.LEASE)])
def test_what_a_dead_worker_claimed_is_free_after_its_lease(kind, lease):
    dispatches.leave(kind, [7])
    dispatches.claim(NOW)
    assert dispatches.claim(NOW + lease) is None
    assert str(dispatches.claim(NOW + lease + SECOND)) == f"{kind}:7"


def test_what_is_finished_is_gone():
    dispatches.leave("article", [7])
    dispatches.finish(dispatches.claim(NOW))
    assert (dispatches.pending(), dispatches.oldest()) == (0, None)


def test_what_fails_waits_longer_each_time_and_at_most_ten_minutes():
    dispatches.leave("article", [7])
    waits, now = [], NOW
    for _ in range(12):
        claimed = dispatches.claim(now)
        dispatches.put_back(claimed, error="rusak " * 1000, now=now)
        row = Dispatch.objects.get()
        waits.append((row.due_at - now).total_seconds())
        assert dispatches.claim(row.due_at - SECOND) is None
        now = row.due_at
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]
    assert (row.attempts, len(row.error)) == (12, 2000)


def test_much_work_is_left_in_batches():
    assert dispatches.leave("article", iter(range(2500))) == 2500
    assert dispatches.pending() == 2500


def test_what_readers_see_leaves_work_when_saved_and_when_deleted():
    rubric = Rubric.objects.create(name="Hukum")
    rubric.save()
    Rubric.objects.filter(pk=rubric.pk).delete()
    assert [str(row) for row in Dispatch.objects.order_by("pk")] == [f"rubric:{rubric.pk}"] * 3
