"""R17: ten times as many readers of addresses that no cache can answer as the paper can serve."""

import time

from faults import load, paper
from faults.verdict import Verdict, main

AT_PEAK = 16
"""Readers that keep two processes busy."""
_SECOND_TRY_S = 0.5


def overload(seconds: float) -> Verdict:
    """Measure how many unknown addresses are answered at the peak, and how many under ten times the readers."""
    verdict = Verdict("overload")
    with paper.paper() as made:
        made.warm()
        load.read_for(load.Plan(made.port, _unknown(2000), readers=AT_PEAK, per_s=0), 2.0)
        peak = load.read_for(load.Plan(made.port, _unknown(2000), readers=AT_PEAK, per_s=0), seconds)
        before_mb = made.memory_mb()
        beside = load.Plan(made.port, made.paths, readers=4, per_s=40)
        with load.readers(beside) as warm:
            crowd = _crowd(made, seconds)
        during_mb = made.memory_mb()
        time.sleep(5.0)
        after = load.read_for(load.Plan(made.port, [*made.paths, *_unknown(40)], per_s=100), 3.0)
    _judge(verdict, peak, crowd, seconds)
    verdict.figures |= {
        "peak": peak.figures(),
        "crowd": crowd.figures(),
        "warm_articles_beside": warm.figures(),
        "memory_mb": [round(before_mb), round(during_mb)],
        "after": after.figures(),
    }
    verdict.demand(f"{warm.failed} of {warm.asked} warm articles failed meanwhile (0)", is_met=warm.failed == 0)
    grown = during_mb / before_mb
    verdict.demand(f"memory grew to {grown:.2f} of what it was (at most 1.25)", is_met=grown <= 1.25)
    verdict.demand(f"{after.failed} failed five seconds later (0)", is_met=after.failed == 0)
    return verdict


def _judge(verdict: Verdict, peak: load.Tally, crowd: load.Tally, seconds: float) -> None:
    most, now = peak.statuses[404] / seconds, crowd.statuses[404] / seconds
    verdict.figures = {"peak_per_s": round(most), "crowd_per_s": round(now), "sent_away": crowd.statuses[503]}
    verdict.demand(f"{now:.0f} answers a second, {now / most:.2f} of the peak (at least 0.9)", is_met=now / most >= 0.9)
    away_ms = crowd.latency_ms(50, status=503)
    verdict.demand(
        f"{crowd.statuses[503]} were sent away with 503, half of them within {away_ms:.0f} ms (at most 50)",
        is_met=crowd.statuses[503] > 0 and away_ms <= 50,
    )
    others = crowd.asked - crowd.statuses[404] - crowd.statuses[503]
    verdict.demand(f"{others} had no answer or another one (0)", is_met=others == 0)
    verdict.demand("each 503 said when to try again", is_met=not crowd.strange)


def _crowd(made: paper.Paper, seconds: float) -> load.Tally:
    """Be ten times the readers of the peak and as many again, who try again a moment after they were sent away."""

    def judge(path: str, answer: load.Answer) -> str:
        return "a 503 without Retry-After" if answer.status == 503 and "retry-after" not in answer.headers else ""

    readers = AT_PEAK * 20
    plan = load.Plan(made.port, _unknown(20_000), readers=readers, per_s=readers / _SECOND_TRY_S, judge=judge)
    return load.read_for(plan, seconds)


def _unknown(count: int) -> list[str]:
    return [f"/dunia/read/2023/01/02/{90_000_000 + number}/tidak-ada" for number in range(count)]


if __name__ == "__main__":
    main(__doc__, overload, seconds=20)
