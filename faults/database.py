"""R4 and R4b: the database is locked, refuses, hangs or is slow, and readers read on; what was withdrawn stays away."""

import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from faults import load, locked, paper, proxy
from faults.verdict import Verdict, main
from tests import postgres

MODES: Final = ("refuse", "hang", "slow:2000")


@dataclass
class _Withdrawn:
    """Says when an answer still carries the text of a withdrawn article, a second after the withdrawal's commit."""

    at: dict[str, float] = field(default_factory=dict)

    def judge(self, path: str, answer: load.Answer) -> str:
        """Return words about a page that should be gone; the load client asks without compression then."""
        at = self.at.get(path)
        if at is None or time.monotonic() < at + 1.0 or answer.status != 200:
            return ""
        return f"{path} was given {time.monotonic() - at:.1f} s after its withdrawal"


def database(seconds: float) -> Verdict:
    """Run all outages, on SQLite and on PostgreSQL."""
    verdict = Verdict("database")
    _locked(verdict, seconds)
    locked.then_500_published(verdict)
    with postgres.server() as url, proxy.before(urlsplit(url).port or 5432) as between:
        through = url.replace(f":{urlsplit(url).port}/", f":{between.port}/")
        with paper.paper(drafts=8, environ={"WARTA_DATABASE_URL": through}) as made:
            made.environ = {**made.environ, "WARTA_DATABASE_URL": url}
            with made.desk() as desk:
                for mode in MODES:
                    _outage(verdict, made, desk, (mode, seconds, _away(between, mode)))
    return verdict


def _locked(verdict: Verdict, seconds: float) -> None:
    with paper.paper(drafts=4) as made, made.desk() as desk:
        _outage(verdict, made, desk, ("locked", seconds, locked.lock(made)))


def _outage(
    verdict: Verdict,
    made: paper.Paper,
    desk: paper.Desk,
    outage: tuple[str, float, AbstractContextManager[None]],
) -> None:
    """Measure readers before, during and after one outage; one article is withdrawn just before it."""
    mode, seconds, away = outage
    made.warm()
    live, gone = made.paths[1:], made.paths[0]
    asked = [*live, "/", "/indeks", "/dunia"]
    healthy = load.read_for(load.Plan(made.port, asked), 5.0)
    withdrawn = _Withdrawn({gone: desk.withdraw(gone)})
    time.sleep(1.0)
    gone_plan = load.Plan(made.port, [gone], readers=4, per_s=40, is_retried=False, judge=withdrawn.judge)
    with load.readers(gone_plan) as late:
        with away:
            tally = load.read_for(load.Plan(made.port, asked), seconds)
            newcomer = _new_process(made, asked)
        back = time.monotonic()
        [(headline, _)] = desk.publish()
        normal_s = _seen_after(made, headline, live[-1], back)
    made.paths = live
    before_ms, during_ms = healthy.latency_ms(99), tally.latency_ms(99)
    verdict.figures[mode] = {
        "healthy_p99_ms": round(before_ms, 1),
        "normal_after_s": round(normal_s, 2),
        "new_process_answered": newcomer,
        "withdrawn": late.figures(),
        **tally.figures(),
    }
    failed = tally.asked - tally.ok
    verdict.demand(f"{mode}: {failed} of {tally.asked} readers' requests failed (0)", is_met=failed == 0)
    limit_ms = max(2 * before_ms, 20.0)
    verdict.demand(
        f"{mode}: p99 {during_ms:.1f} ms, healthy {before_ms:.1f} (twice, or 20 ms)", is_met=during_ms <= limit_ms
    )
    verdict.demand(f"{mode}: news is seen {normal_s:.1f} s after its return (at most 5)", is_met=normal_s <= 5)
    verdict.demand(f"{mode}: withdrawn text was given {len(late.strange)} times (0)", is_met=not late.strange)
    verdict.demand(f"{mode}: a process started meanwhile answers {newcomer}", is_met=newcomer == "all")


def _new_process(made: paper.Paper, asked: Sequence[str]) -> str:
    """Kill the readers' processes in the outage and tell what the paper answers with their successors."""
    for pid in made.readers():
        paper.kill(pid)
    time.sleep(1.5)
    tally = load.read_for(load.Plan(made.port, asked, is_retried=False), 2.0)
    return (
        "all"
        if tally.ok == tally.asked
        else f"{tally.ok} of {tally.asked}: {dict(tally.statuses)} {dict(tally.broken)}"
    )


def _seen_after(made: paper.Paper, headline: str, path: str, back: float) -> float:
    """Return the seconds until twenty answers in a row show a headline, infinite after half a minute."""
    in_a_row, wanted = 0, f">{headline}<".encode()
    while in_a_row < 20:
        if time.monotonic() - back > 30:
            return float("inf")
        in_a_row = in_a_row + 1 if wanted in load.get(made.port, path).body else 0
    return time.monotonic() - back


@contextmanager
def _away(between: proxy.Proxy, mode: str) -> Iterator[None]:
    between.set(mode)
    try:
        yield
    finally:
        between.set("ok")


if __name__ == "__main__":
    main(__doc__, database, seconds=60)
