"""S10: somebody guesses passwords: the wait grows, the limiter is cheap, the time does not tell who has an account."""

import json

from faults import paper
from faults.verdict import Verdict, main

_ROWS = 100_000
"""So many tries of others lie in the table when the limiter is timed."""
_TIMED = 2_000


def guess(tries: float) -> Verdict:
    """Time so many refused passwords of each kind, in turn, in the newsroom's own settings."""
    verdict = Verdict("guess")
    with paper.paper(1) as made:
        made.stop()
        told = json.loads(made.run("guess", str(int(tries)), str(_ROWS), str(_TIMED)))
    differs = abs(told["differ_ms"]) / told["known_ms"]  # of tries side by side: the machine's own pace changes
    verdict.figures |= told
    verdict.demand(f"an account that exists and one that does not differ by {differs:.2%} (2 %)", is_met=differs < 0.02)
    verdict.demand(f"the limiter takes {told['limiter_p99_ms']:.2f} ms, p99 (1)", is_met=told["limiter_p99_ms"] <= 1)
    verdict.demand(f"of 1,000 guesses at once {told['looked_at']} are looked at (10)", is_met=told["looked_at"] == 10)
    return verdict


if __name__ == "__main__":
    main(__doc__, guess, seconds=300)
