"""Sends beacons as fast as they are taken, each of another reader, and remembers what was answered and when."""

import multiprocessing
import re
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Final, Self

from faults import load

TRUSTED: Final = {"WARTA_TRUSTED_PROXIES": "127.0.0.1/32"}
"""The setting by which the paper believes whom a beacon says it is from."""
_BATCH: Final = 20
_CONNECTIONS: Final = 16
"""How many each process has, so that all workers get their share."""
_TIMEOUT_S: Final = 5.0
_PAUSE_S: Final = 0.005
"""How long at most until it is looked whether more may be sent."""
_AFTER: Final = b"\r\nContent-Length: 0\r\n\r\n"
_END: Final = b"\r\n\r\n"
_GOOD: Final = b"HTTP/1.1 204"
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

    def note(self, good: int, strange: int) -> None:
        """Note answers that came just now: with 204, and others."""
        self.answered += good
        self.strange += strange
        second = int(time.monotonic())
        self.by_second[second] = self.by_second.get(second, 0) + good

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


class _Mix:
    """Makes batches of 20 beacons: one is sent twice, one comes from a robot, and one has a token never given.

    What a beacon says is made once for each page; only who sends it is another one each time.
    """

    def __init__(self, beacons: Sequence[str], first: int) -> None:
        self._honest = [_before(path, _AGENT) for path in beacons]
        self._robots = [_before(path, _ROBOT) for path in beacons]
        self._forged = [_before(f"{path[:-4]}AAAA", _AGENT) for path in beacons]
        self._first = self._next = first

    @property
    def readers(self) -> int:
        """How many readers there were so far."""
        return self._next - self._first

    def batch(self) -> bytes:
        """Return the next batch, as it is sent."""
        first, pages = self._next, len(self._honest)
        self._next += _BATCH - 3
        pieces = [self._honest[number % pages] + _address(number) for number in range(first, self._next)]
        address = _address(first)
        pieces += [pieces[0], self._robots[first % pages] + address, self._forged[first % pages] + address]
        return _AFTER.join([*pieces, b""])


class _Line:
    """A connection with at most one batch on its way, which is looked at again when all its answers have come."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._rest = b""
        self.socket: socket.socket | None = None
        self.waiting = 0
        self.since = 0.0

    def send(self, batch: bytes, sent: Sent) -> None:
        """Send a batch."""
        self.waiting, self.since = _BATCH, time.monotonic()
        try:
            if self.socket is None:
                self.socket = socket.create_connection((load.HOST, self._port), _TIMEOUT_S)
            self.socket.sendall(batch)
        except OSError:
            self.give_up(sent)

    def receive(self, sent: Sent) -> None:
        """Read the answers that are there; they have no body and end with an empty line."""
        assert self.socket is not None
        try:
            piece = self.socket.recv(65536)
        except OSError:
            piece = b""
        if not piece:
            self.give_up(sent)
            return
        whole, end, self._rest = (self._rest + piece).rpartition(_END)
        count = whole.count(_END) + bool(end)
        good = whole.count(_GOOD)
        self.waiting -= count
        sent.note(good, count - good)
        if count == _BATCH:  # answers are equally long: from now on, the kernel wakes us for whole batches
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(whole) + len(end))

    def give_up(self, sent: Sent) -> None:
        """Close the connection; what was on its way may have been taken or not."""
        sent.unknown += self.waiting
        self.waiting, self._rest = 0, b""
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def _send(port: int, beacons: list[str], first: int, per_s: float, stop: Connection) -> None:
    """Keep a batch on its way on every connection until `stop` says something; then wait for the last answers."""
    sent, mix, began = Sent(), _Mix(beacons, first), time.monotonic()
    lines = [_Line(port) for _ in range(_CONNECTIONS)]
    begun, is_over = 0, False
    while not is_over or any(line.waiting for line in lines):
        now = time.monotonic()
        for line in lines:
            if line.waiting and now - line.since > _TIMEOUT_S:
                line.give_up(sent)
            if not line.waiting and not is_over and (not per_s or begun < per_s * (now - began)):
                begun += _BATCH
                line.send(mix.batch(), sent)
        asked = {line.socket: line for line in lines if line.waiting and line.socket is not None}
        ready, _, _ = select.select([stop, *asked] if not is_over else [*asked], [], [], _PAUSE_S)
        for one in ready:
            if one is stop:
                is_over = True
            else:
                asked[one].receive(sent)
    sent.seconds, sent.readers = time.monotonic() - began, mix.readers
    stop.send(sent)
    for line in lines:
        line.give_up(sent)


def _before(path: str, agent: str) -> bytes:
    """Return a beacon as far as the address of who sends it."""
    head = f"POST {path}?undefined HTTP/1.1\r\nHost: {load.HOST}\r\nUser-Agent: {agent}\r\nX-Forwarded-For: "
    return head.encode()


def _address(reader: int) -> bytes:
    """Return the address of a reader: no two share a network, so that none is taken for a part of a crowd."""
    return b"%d.%d.%d.7" % (11 + reader // 65536, reader // 256 % 256, reader % 256)
