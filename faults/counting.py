"""A web worker is killed (SIGKILL) again and again while beacons come as fast as they are taken.

Lost may be what the killed worker had taken in its last second; what was counted must be there once.
"""

import json
import time
from typing import Final

from faults import beacons, load, paper
from faults.verdict import Verdict, main

KILLS: Final = 20
_EVERY_S: Final = 3.0
_QUIET_S: Final = 4.0
"""After the last beacon, what waits is written."""
_WORKERS: Final = 2
_PER_S: Final = 3000.0


def counting(seconds: float) -> Verdict:
    """Kill a worker every three seconds, 20 times in a minute."""
    verdict = Verdict("counting")
    with paper.paper(workers=_WORKERS, environ=beacons.TRUSTED) as made:
        made.warm()
        kills = max(1, min(KILLS, int(seconds / _EVERY_S)))
        with beacons.Senders(made.port, beacons.tokens(made.port, made.paths), per_s=_PER_S) as senders:
            time.sleep(_EVERY_S)
            for number in range(kills):
                workers = made.readers()
                paper.kill(workers[number % len(workers)])
                time.sleep(_EVERY_S)
        time.sleep(_QUIET_S)
        judge(verdict, senders.sent, json.loads(made.run("counted")), kills)
        answers = load.get(made.port, "/").status == 200
        verdict.demand("the front page is answered", is_met=answers)
    return verdict


def judge(verdict: Verdict, sent: beacons.Sent, told: dict[str, object], kills: int) -> None:
    """Hold what was sent against what is in the tables; `kills` is how often a worker was killed."""
    fates = told["fates"]
    assert isinstance(fates, dict)
    known, stored = sum(fates.values()), fates.get("stored", 0)
    lost = sent.answered - known
    last_second = sent.per_s / _WORKERS
    figures = {"sent": sent.answered, "on the way": sent.unknown, "per_s": round(sent.per_s), "kills": kills}
    verdict.figures |= {**figures, "lost": max(lost, 0), "fates": fates, "by_second": max(sent.by_second.values())}
    verdict.demand(
        f"{lost} of {sent.answered} lost ({kills} times a worker's last second: {kills * last_second:.0f})",
        is_met=lost <= kills * last_second,
    )
    verdict.demand(f"nothing counted that was not sent ({-lost} more)", is_met=-lost <= sent.unknown)
    verdict.demand(f"{stored} stored, {told['reads']} in the hours", is_met=stored == told["reads"])
    verdict.demand(f"{told['seen']} readers seen: 0 counted twice", is_met=told["seen"] == told["reads"])
    verdict.demand(f"{stored} stored of {sent.readers} readers", is_met=stored <= sent.readers)
    verdict.demand(f"{sent.strange} answers that were not 204 (0)", is_met=sent.strange == 0)


if __name__ == "__main__":
    main(__doc__, counting, seconds=KILLS * _EVERY_S)
