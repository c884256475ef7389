"""The quick ones of the fault commands (`make faults` runs all of them, and longer): about 35 s.

One small paper, served as a newsroom would, whose processes are killed, loaded anew, held by slow readers.
"""

import json
import time
from collections.abc import Callable, Iterator

import pytest

from faults import beacons, counting, crash, load, paper, slow, travel
from faults import reload as reloading
from faults.verdict import Verdict


@pytest.fixture(scope="module")
def made() -> Iterator[paper.Paper]:
    with paper.paper(20, drafts=4, environ=beacons.TRUSTED) as served:
        served.warm()
        yield served


def test_killed_processes_come_back_before_readers_notice(made: paper.Paper) -> None:
    verdict = Verdict("crash")
    crash.under_load(made, verdict, "killed", 4.0, lambda: crash.kill_worker(made))
    figures = verdict.figures["killed"]
    assert isinstance(figures, dict)
    assert figures["strikes"] >= 3
    assert figures["failed_twice"] == 0
    assert figures["gap_ms"] < 1000
    assert figures["ok"] >= 0.99 * figures["asked"]


def test_every_beacon_is_accounted_for_in_all_workers(made: paper.Paper) -> None:
    with beacons.Senders(made.port, beacons.tokens(made.port, made.paths), processes=1, per_s=600) as senders:
        time.sleep(1.5)
    time.sleep(2.0)
    verdict, told = Verdict("counting"), json.loads(made.run("counted"))
    counting.judge(verdict, senders.sent, told, 0)
    assert verdict.is_passed, verdict.in_words()
    assert senders.sent.answered == sum(told["fates"].values()) > 100


def test_the_main_process_may_die(made: paper.Paper) -> None:
    [main] = made.mains()
    with load.readers(load.Plan(made.port, made.paths, per_s=200)) as tally:
        paper.kill(main)
        new = _wait_for(
            lambda: [pid for pid in made.mains() if pid != main and len(paper.children(pid)) == made.workers]
        )
        time.sleep(1.0)
    assert len(new) == 1
    assert tally.failed_for_readers == 0


@pytest.mark.thorough
def test_nothing_fails_while_all_is_loaded_anew(made: paper.Paper) -> None:
    verdict = Verdict("reload")
    reloading.under_load(made, verdict, 1)
    assert verdict.is_passed, verdict.in_words()


@pytest.mark.thorough
def test_slow_readers_hold_nobody_up(made: paper.Paper) -> None:
    verdict = Verdict("slow")
    slow.beside_slow_ones(made, verdict, 2.0)
    words, is_met = verdict.demands[1]
    assert is_met, words
    assert verdict.demands[0][1], verdict.demands[0][0]


def test_news_is_on_every_process_within_a_moment(made: paper.Paper) -> None:
    verdict = Verdict("travel")
    assert max(travel.publish(made, verdict, 4)) < 1000


def _wait_for(found: Callable[[], list[int]], seconds: float = 10.0) -> list[int]:
    deadline = time.monotonic() + seconds
    while not (what := found()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return what
