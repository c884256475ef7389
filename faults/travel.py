"""News travels: from the commit of a publication until every reader's process shows it, under load."""

import asyncio
import gzip
import time
from threading import Thread
from typing import Final

from faults import load, paper
from faults.verdict import Verdict, main

WATCHERS: Final = 8
"""Kept connections that look again and again; the kernel parts them among the processes."""
_LOOK_S: Final = 0.005
_LOST_S: Final = 5.0


def travel(seconds: float) -> Verdict:
    """Publish twice a second; note when the last of the watchers saw each headline on an old article's page."""
    verdict = Verdict("travel")
    count = max(5, int(seconds * 2))
    with paper.paper(drafts=count) as made:
        made.warm()
        publish(made, verdict, count)
    return verdict


def publish(made: paper.Paper, verdict: Verdict, count: int) -> list[float]:
    """Publish drafts one by one and return how long each travelled, in ms."""
    watch = _Watch(made)
    with load.readers(load.Plan(made.port, made.paths, per_s=300)) as tally, made.desk() as desk:
        times_ms = []
        for _ in range(count):
            time.sleep(0.5)
            [(headline, at)] = desk.publish()
            times_ms.append((watch.seen_by_all(headline) - at) * 1000)
    watch.end()
    ranked = sorted(times_ms)
    p50_ms, p99_ms = ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.99)]
    verdict.figures |= {
        "publications": count,
        "p50_ms": round(p50_ms, 1),
        "p90_ms": round(ranked[int(len(ranked) * 0.9)], 1),
        "p99_ms": round(p99_ms, 1),
        "load": tally.figures(),
    }
    verdict.demand(f"seen on all processes, p50: {p50_ms:.0f} ms after commit (at most 30)", is_met=p50_ms <= 30)
    verdict.demand(f"seen on all processes, p99: {p99_ms:.0f} ms after commit (at most 100)", is_met=p99_ms <= 100)
    verdict.demand(f"{tally.failed} of {tally.asked} requests failed (0)", is_met=tally.failed == 0)
    return times_ms


class _Watch:
    """Connections that ask for the oldest article and note when each saw a headline in its list for the first time."""

    def __init__(self, made: paper.Paper) -> None:
        self._made = made
        self._wanted = b""
        self._seen: dict[int, float] = {}
        self._is_over = False
        self._thread = Thread(target=lambda: asyncio.run(self._all()))
        self._thread.start()

    def seen_by_all(self, headline: str) -> float:
        """Return the instant at which the last of them saw a headline; infinite after five seconds."""
        self._seen, self._wanted = {}, f">{headline}<".encode()
        deadline = time.monotonic() + _LOST_S
        while len(self._seen) < WATCHERS:
            if time.monotonic() > deadline:
                return float("inf")
            time.sleep(0.002)
        return max(self._seen.values())

    def end(self) -> None:
        """Stop looking."""
        self._is_over = True
        self._thread.join()

    async def _all(self) -> None:
        await asyncio.gather(*(self._one(number) for number in range(WATCHERS)))

    async def _one(self, number: int) -> None:
        connection = load.Connection(load.Plan(self._made.port, self._made.paths), is_kept=True)
        tag, page = "", b""
        while not self._is_over:
            answer = await connection.get(self._made.paths[-1])
            if answer.headers["etag"] != tag:
                tag, page = answer.headers["etag"], gzip.decompress(answer.body)
            if number not in self._seen and self._wanted and self._wanted in page:
                self._seen[number] = time.monotonic()
            await asyncio.sleep(_LOOK_S)
        connection.close()


if __name__ == "__main__":
    main(__doc__, travel, seconds=30)
