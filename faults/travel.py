"""News travels: from the commit of a publication until every reader's process shows it, under load."""

import socket
import time
from collections import deque
from typing import Final

from faults import load, paper
from faults.verdict import Verdict, main

WATCHERS: Final = 6
"""Kept connections that look again and again; the kernel parts them among the processes."""
_LOOK_S: Final = 0.001
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
    with load.readers_apart(load.Plan(made.port, made.paths, per_s=300)) as tally, made.desk() as desk:
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
    """Kept connections that look at the oldest article's tag; the first to see a new one looks at the page too.

    Plain sockets, since what the watchers take of the processor is missing to the paper.
    """

    def __init__(self, made: paper.Paper) -> None:
        self._connections = [socket.create_connection((load.HOST, made.port), 10) for _ in range(WATCHERS)]
        self._path = made.paths[-1]
        self._send(self._connections[0], "HEAD")
        self._tag = self._answer(self._connections[0], "HEAD")[0]

    def seen_by_all(self, headline: str) -> float:
        """Return the instant at which the last of them saw a headline; infinite after five seconds.

        One in turn looks until one has seen it, then all that have not: so looking takes little of the machine.
        """
        at = 0.0
        waiting, right, wanted = deque(self._connections), b"", f">{headline}<".encode()
        deadline = time.monotonic() + _LOST_S
        while waiting:
            if time.monotonic() > deadline:
                return float("inf")
            asked = list(waiting) if right else [waiting[0]]
            waiting.rotate()
            for connection in asked:  # all are asked before the first answers
                self._send(connection, "HEAD")
            for connection, told in [(connection, self._answer(connection, "HEAD")[0]) for connection in asked]:
                tag = told
                if tag not in {self._tag, right}:
                    self._send(connection, "GET")
                    tag, page = self._answer(connection, "GET")
                    right = tag if wanted in page else right
                if tag == right:
                    at = time.monotonic()
                    waiting.remove(connection)
            time.sleep(_LOOK_S)
        self._tag = right
        return at

    def end(self) -> None:
        """Stop looking."""
        for connection in self._connections:
            connection.close()

    def _send(self, connection: socket.socket, method: str) -> None:
        connection.sendall(f"{method} {self._path} HTTP/1.1\r\nHost: {load.HOST}\r\n\r\n".encode())

    def _answer(self, connection: socket.socket, method: str) -> tuple[bytes, bytes]:
        """Return the tag of the page, and the page itself when it was asked for."""
        head, _, body = connection.recv(65536).partition(b"\r\n\r\n")
        length = int(_header(head, b"content-length")) if method == "GET" else 0
        while len(body) < length:
            body += connection.recv(65536)
        return _header(head, b"etag"), body


def _header(head: bytes, name: bytes) -> bytes:
    return next(line.partition(b": ")[2] for line in head.split(b"\r\n") if line.lower().startswith(name + b":"))


if __name__ == "__main__":
    main(__doc__, travel, seconds=30)
