"""Sends beacons as fast as they are taken, each of another reader, and remembers what was answered and when."""

import multiprocessing
import re
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Final, Self

from faults import load

TRUSTED: Final = {"WARTA_TRUSTED_PROXIES": "127.0.0.1/32"}
"""The setting by which the paper believes whom a beacon says it is from."""
_BATCH: Final = 20
_CONNECTIONS: Final = 8
"""How many each process has, so that all workers get their share."""
_TIMEOUT_S: Final = 5.0
_AGENT: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_ROBOT: Final = "Googlebot/2.1"
_EACH_PROCESS: Final = 4_000_000
"""How many readers one sending process may be."""
_forked: Final = multiprocessing.get_context("fork")


@dataclass
class Sent:
    """What one or more senders did; `unknown` were on their way when a connection broke."""

    answered: int = 0
    unknown: int = 0
    strange: int = 0
    readers: int = 0
    seconds: float = 0.0
    by_second: dict[int, int] = field(default_factory=dict)

    def add(self, other: "Sent") -> None:
        """Add what another sender did."""
        self.answered += other.answered
        self.unknown += other.unknown
        self.strange += other.strange
        self.readers += other.readers
        self.seconds = max(self.seconds, other.seconds)
        for second, count in other.by_second.items():
            self.by_second[second] = self.by_second.get(second, 0) + count

    @property
    def per_s(self) -> float:
        """How many were answered in a second."""
        return self.answered / self.seconds if self.seconds else 0.0


def tokens(port: int, paths: Sequence[str]) -> list[str]:
    """Return where the pages at these paths tell that they were read, as they were given just now."""
    pages = [load.get(port, path).body.decode() for path in paths]
    return [found[1] for page in pages if (found := re.search(r'<data value="([^"]+)"', page))]


class Senders:
    """Some processes that send until `stop`; use with `with`. `per_s` bounds all of them together, 0 does not."""

    def __init__(self, port: int, beacons: Sequence[str], *, processes: int = 2, per_s: float = 0.0) -> None:
        self.sent = Sent()
        self._running: list[tuple[Connection, multiprocessing.process.BaseProcess]] = []
        for number in range(processes):
            ours, theirs = _forked.Pipe()
            given = (port, list(beacons), number * _EACH_PROCESS, per_s / processes, theirs)
            process = _forked.Process(target=_send, args=given)
            self._running.append((ours, process))

    def __enter__(self) -> Self:
        for _, process in self._running:
            process.start()
        return self

    def __exit__(self, *_: object) -> None:
        for line, _ in self._running:
            line.send("enough")
        for line, process in self._running:
            self.sent.add(line.recv())
            process.join()


def _send(port: int, beacons: list[str], first: int, per_s: float, line: Connection) -> None:
    """Send batches: of 20, one is sent twice, one comes from a robot and one has a token that was never given."""
    sent, number, began = Sent(), first, time.monotonic()
    open_: dict[int, socket.socket] = {}
    while not line.poll():
        requests = [_request(beacons[(number + place) % len(beacons)], number + place) for place in range(_BATCH - 3)]
        path = beacons[number % len(beacons)]
        requests += [requests[0], _request(path, number, _ROBOT), _request(f"{path[:-4]}AAAA", number)]
        number += _BATCH - 3
        sent.readers = number - first
        _exchange(port, open_, number % _CONNECTIONS, requests, sent)
        ahead_s = sent.answered / per_s - (time.monotonic() - began) if per_s else 0.0
        if ahead_s > 0:
            time.sleep(ahead_s)
    sent.seconds = time.monotonic() - began
    line.send(sent)
    for connection in open_.values():
        connection.close()


def _exchange(port: int, open_: dict[int, socket.socket], place: int, requests: list[str], sent: Sent) -> None:
    """Send a batch on one of the connections, and read what is answered."""
    got = 0
    with suppress(OSError):
        if place not in open_:
            open_[place] = socket.create_connection((load.HOST, port), _TIMEOUT_S)
        open_[place].sendall("".join(requests).encode())
        got = _answers(open_[place], len(requests), sent)
    if got < len(requests):
        sent.unknown += len(requests) - got
        if place in open_:
            open_.pop(place).close()


def _answers(connection: socket.socket, count: int, sent: Sent) -> int:
    """Read the answers to a batch and return how many came."""
    got, rest = 0, b""
    while got < count:
        try:
            piece = connection.recv(65536)
        except OSError:
            return got
        if not piece:
            return got
        *heads, rest = (rest + piece).split(b"\r\n\r\n")
        good = sum(head.startswith(b"HTTP/1.1 204") for head in heads)
        got += len(heads)
        sent.strange += len(heads) - good
        sent.answered += good
        second = int(time.monotonic())
        sent.by_second[second] = sent.by_second.get(second, 0) + good
    return got


def _request(path: str, reader: int, agent: str = _AGENT) -> str:
    """Return the beacon of a reader: no two share a network, so that none is taken for a part of a crowd."""
    address = f"{11 + reader // 65536}.{reader // 256 % 256}.{reader % 256}.7"
    return (
        f"POST {path}?undefined HTTP/1.1\r\nHost: {load.HOST}\r\nUser-Agent: {agent}\r\n"
        f"X-Forwarded-For: {address}\r\nContent-Length: 0\r\n\r\n"
    )
