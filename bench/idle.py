"""Measures what a paper takes that nobody reads and nobody writes: processor time of each of its processes."""

import argparse
import json
import os
import time
from pathlib import Path
from typing import Final

from faults import paper

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_SETTLED_S: Final = 20
"""After so many seconds the caches are full and the index is made."""
_ROLES: Final = {
    b"config.readers": "readers",
    b"granian": "newsroom",
    b"worker": "worker",
    b"warta\0serve": "supervisor",
}


def main() -> None:
    """Read the command line, measure, and print words or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench.idle", description=__doc__)
    parser.add_argument("--seconds", type=int, default=30, help="how long it is watched (default 30)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    figures = measure(given.seconds)
    total = sum(figures.values())
    named = ", ".join(f"{role} {share:.1%}" for role, share in figures.items())
    print(json.dumps(figures) if given.json else f"{total:.1%} of one processor: {named}")


def measure(seconds: int) -> dict[str, float]:
    """Serve a small paper with two processes for readers; return which part of one processor each role takes."""
    with paper.paper() as served:
        served.warm()
        time.sleep(_SETTLED_S)
        pids = [pid for pid in _family(served.pid) if _role(pid)]
        before = {pid: _seconds(pid) for pid in pids}
        start = time.monotonic()
        time.sleep(seconds)
        passed = time.monotonic() - start
        shares = dict.fromkeys(_ROLES.values(), 0.0)
        for pid in pids:
            shares[_role(pid)] += (_seconds(pid) - before[pid]) / passed
    return shares


def _family(pid: int) -> list[int]:
    return [pid, *(later for child in paper.children(pid) for later in _family(child))]


def _role(pid: int) -> str:
    command = paper.command_of(pid)
    return next((role for part, role in _ROLES.items() if part in command), "")


def _seconds(pid: int) -> float:
    """Return the processor time of a process. Source: proc(5), /proc/pid/stat, utime and stime."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


if __name__ == "__main__":
    main()
