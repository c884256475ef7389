"""R8: a thousand articles fall due while workers are killed, the paper restarts, two runners work, one item fails."""

import json
import subprocess
import time
from typing import Any, Final

from faults import load, paper
from faults.verdict import Verdict, main

_PER_S: Final = 8
"""How many fall due each second: a process makes about twenty live, fewer while it is killed and begins anew."""
_FILED_PER_S: Final = 12
"""How many are scheduled in a second at least, on a slow machine."""
_KILLED_EACH_S: Final = 7.0
_AWAY_S: Final = 5.0
_SAMPLES: Final = 20
_LOOK_S: Final = 0.05


def schedule(seconds: float) -> Verdict:
    """Let articles fall due all the time; kill and restart what brings them into effect; then ask each how it went."""
    verdict = Verdict("schedule")
    count = max(60, int(seconds * _PER_S))
    with paper.paper(20, drafts=count) as made:
        rows = json.loads(made.run("schedule", str(count / _FILED_PER_S), str(seconds)))
        poisoned = rows[count // 3]["id"]
        made.run("poison", str(poisoned))
        second = subprocess.Popen(
            [paper.WARTA, "worker"], env=made.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            watch = _Watch(made, rows[:: max(1, count // _SAMPLES)])
            away = _break_things(made, watch, rows[-1]["at"])
            _wait_for_the_last(made, poisoned)
        finally:
            second.kill()
            second.wait()
        log = made.log.read_text()
        _judge(verdict, rows, json.loads(made.run("logged")), away, poisoned)
    verdict.demand(
        f"the failing item is named in the log {log.count(f'article {poisoned} could not')} times (at least 3)",
        is_met=log.count(f"article {poisoned} could not") >= 3,
    )
    verdict.demand(f"readers: {watch.early} of {len(watch.rows)} seen before their second (0)", is_met=watch.early == 0)
    worst = max(watch.late.values(), default=float("nan"))
    verdict.figures["readers_latest_s"] = round(worst, 2)
    verdict.demand(f"readers: seen at the latest {worst:.2f} s after their second (1)", is_met=worst <= 1)
    return verdict


class _Watch:
    """Looks at some of the addresses around their second, as readers do."""

    def __init__(self, made: paper.Paper, rows: list[dict[str, Any]]) -> None:
        self._made, self.rows = made, rows
        self.early = 0
        self.late: dict[int, float] = {}

    def look(self) -> None:
        """Ask for what is due about now and was not seen yet; what falls due while the paper is away is let go."""
        for row in self.rows:
            due, now = row["at"], time.time()
            if row["id"] in self.late or not due - 1 < now < due + 5:
                continue
            try:
                is_seen = load.get(self._made.port, row["path"]).status == 200
            except (OSError, TimeoutError):
                continue
            if is_seen:
                self.early += time.time() < due
                self.late[row["id"]] = now - due


def _break_things(made: paper.Paper, watch: _Watch, until: float) -> tuple[float, float]:
    """Kill the worker again and again, and once restart the paper; return from when until when it was away."""
    killed, began = time.monotonic(), time.time()
    away = (0.0, 0.0)
    while time.time() < until:
        watch.look()
        if time.monotonic() - killed > _KILLED_EACH_S:
            killed = time.monotonic()
            for pid in paper.children(made.pid):
                if paper.command_of(pid).rstrip(b"\0").endswith(b"worker"):
                    paper.kill(pid)
        if not away[0] and time.time() > (began + until) / 2:
            gone = time.time()
            made.stop()
            time.sleep(_AWAY_S)
            made.start()
            away = (gone, time.time())
        time.sleep(_LOOK_S)
    return away


def _wait_for_the_last(made: paper.Paper, poisoned: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if all(row["live"] or row["id"] == poisoned for row in json.loads(made.run("logged"))):
            return
        time.sleep(1)


def _judge(
    verdict: Verdict, rows: list[dict[str, Any]], logged: list[dict[str, Any]], away: tuple[float, float], poisoned: int
) -> None:
    told, due = {row["id"]: row for row in logged}, {row["id"]: row["at"] for row in rows}
    once = sum(len(told[number]["at"]) == 1 and told[number]["live"] for number in due if number != poisoned)
    lateness = {number: at - due[number] for number in due for at in told[number]["at"]}
    up = sorted(late for number, late in lateness.items() if not away[0] - 1 <= due[number] <= away[1] + 1)
    down = [due[number] + late - away[1] for number, late in lateness.items() if away[0] <= due[number] <= away[1]]
    p99, worst = up[int(len(up) * 0.99)] if up else float("nan"), max(down, default=0.0)
    verdict.figures |= {
        "scheduled": len(rows),
        "late_p50_s": round(up[len(up) // 2], 2) if up else None,
        "late_p99_s": round(p99, 2),
        "due_while_away": len(down),
        "after_start_s": round(worst, 2),
    }
    verdict.demand(f"{once} of {len(rows) - 1} went live exactly once (all)", is_met=once == len(rows) - 1)
    early = sum(late < 0 for late in lateness.values())
    verdict.demand(f"{early} went live before their second (0)", is_met=early == 0)
    verdict.demand(f"late p99 {p99:.2f} s while the paper was up (at most 2)", is_met=p99 <= 2)
    verdict.demand(f"what fell due while it was away: at most {worst:.2f} s after its start (5)", is_met=worst <= 5)
    failing = told[poisoned]
    verdict.demand(
        "the failing item alone is not live, and is still tried", is_met=not failing["live"] and not failing["at"]
    )


if __name__ == "__main__":
    main(__doc__, schedule, seconds=125)
