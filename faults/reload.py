"""R7: everything is loaded anew (SIGHUP to `warta serve`, as an upgrade does) under load."""

import signal
import time
from itertools import pairwise
from typing import Final

from faults import load, paper
from faults.verdict import Verdict, main

_EVERY_S: Final = 5.0
_SETTLED_S: Final = 15.0


def reload(seconds: float) -> Verdict:
    """Send SIGHUP every five seconds while readers read."""
    verdict = Verdict("reload")
    with paper.paper() as made:
        made.warm()
        under_load(made, verdict, max(1, int(seconds / _EVERY_S)))
    return verdict


def under_load(made: paper.Paper, verdict: Verdict, count: int) -> None:
    """Load everything anew `count` times."""
    seen = [set(made.readers())]
    with load.readers(load.Plan(made.port, made.paths, readers=32, per_s=600)) as tally:
        for _ in range(count):
            made.signal(signal.SIGHUP)
            time.sleep(_EVERY_S)
            _settle(made, seen[-1])
            seen.append(set(made.readers()))
    verdict.figures |= {"reloads": count, "gap_ms": round(tally.longest_gap_ms()), **tally.figures()}
    failed = tally.failed_for_readers
    verdict.demand(f"{failed} of {tally.asked} requests failed (0)", is_met=failed == 0)
    is_new = all(not before & after and after for before, after in pairwise(seen))
    verdict.demand("every reader's process was a new one after each reload", is_met=is_new)
    verdict.demand("the newsroom answers", is_met=_newsroom_answers(made))


def _settle(made: paper.Paper, old: set[int]) -> None:
    """Wait until the old processes have gone and the newsroom is back, so that the next strike meets a whole paper."""
    deadline = time.monotonic() + _SETTLED_S
    while (old & set(made.readers()) or not _newsroom_answers(made)) and time.monotonic() < deadline:
        time.sleep(0.1)


def _newsroom_answers(made: paper.Paper) -> bool:
    return load.get(made.port, "/redaksi/login/").status == 200


if __name__ == "__main__":
    main(__doc__, reload, seconds=20)
