"""R6: a reader's process is killed each second under load; then the main process of them; then all at once."""

import random
import time
from collections.abc import Callable

from faults import load, paper
from faults.verdict import Verdict, main


def crash(seconds: float) -> Verdict:
    """Kill one reader's process each second, and every fourth time the main process instead."""
    verdict = Verdict("crash")
    with paper.paper() as made:
        made.warm()
        under_load(made, verdict, "a worker each second", seconds, lambda: kill_worker(made))
        under_load(made, verdict, "the main process each 4 s", seconds / 3, lambda: _kill_main(made), every_s=4.0)
        under_load(made, verdict, "all of them each 5 s", seconds / 3, lambda: _kill_all(made), every_s=5.0)
    return verdict


def under_load(
    made: paper.Paper,
    verdict: Verdict,
    name: str,
    seconds: float,
    strike: Callable[[], None],
    *,
    every_s: float = 1.0,
) -> None:
    """Strike again and again while readers read, and note what they met."""
    plan = load.Plan(made.port, made.paths, readers=32, per_s=600)
    end = time.monotonic() + seconds
    strikes = 0
    with load.readers(plan) as tally:
        while time.monotonic() < end:
            time.sleep(every_s)
            strike()
            strikes += 1
        time.sleep(2.0)
    verdict.figures[name] = {"strikes": strikes, "gap_ms": round(tally.longest_gap_ms()), **tally.figures()}
    if every_s == 1.0:
        raw, share = tally.ok_share() * 100, (1 - tally.failed_for_readers / max(1, tally.asked)) * 100
        verdict.demand(
            f"{name}: {share:.3f} % answered at once, as a browser counts (at least 99.95)", is_met=share >= 99.95
        )
        verdict.demand(f"{name}: {raw:.3f} % with kept connections counted (at least 99.8)", is_met=raw >= 99.8)
        gap_ms = tally.longest_gap_ms()
        verdict.demand(
            f"{name}: never without a success for more than {gap_ms:.0f} ms (at most 200)", is_met=gap_ms <= 200
        )
    verdict.demand(f"{name}: {tally.twice} failed with one retry (0)", is_met=tally.twice == 0)
    verdict.demand(f"{name}: the paper answers afterwards", is_met=made.answers())


def kill_worker(made: paper.Paper) -> None:
    """Kill one of the readers' processes."""
    alive = made.readers()
    if alive:
        paper.kill(random.choice(alive))


def _kill_main(made: paper.Paper) -> None:
    for pid in made.mains()[:1]:
        paper.kill(pid)


def _kill_all(made: paper.Paper) -> None:
    for pid in made.readers():
        paper.kill(pid)


if __name__ == "__main__":
    main(__doc__, crash, seconds=60)
