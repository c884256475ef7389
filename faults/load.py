"""Readers of one paper: a small HTTP client that counts what was answered, how fast, and what was not."""

import asyncio
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Thread
from typing import Final

HOST: Final = "127.0.0.1"
_TIMEOUT_S: Final = 10.0
_FEW: Final = 5
_forked: Final = multiprocessing.get_context("fork")
KEPT: Final = "on a kept connection"


class BrokenAnswerError(OSError):
    """The answer ended before it was whole."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its status, headers by lower-case name, and body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Tally:
    """What some readers met; instants are of the monotonic clock, in seconds."""

    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    twice: int = 0
    strange: list[str] = field(default_factory=list)
    answers: list[tuple[float, float, int]] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many requests were made, retries apart."""
        return self.statuses.total() + self.broken.total()

    @property
    def ok(self) -> int:
        """How many were answered with 200 at the first attempt."""
        return self.statuses[200]

    @property
    def failed(self) -> int:
        """How many were not answered, or with an error of the server, at the first attempt."""
        return self.broken.total() + sum(count for status, count in self.statuses.items() if status >= 500)

    @property
    def failed_for_readers(self) -> int:
        """How many failed as a browser counts.

        It asks again by itself when a kept connection ends before the first byte of an answer.
        Source: RFC 9112 9.3.1, RFC 9110 9.2.2.
        """
        return self.failed - sum(count for words, count in self.broken.items() if words.endswith(KEPT)) + self.twice

    def ok_share(self) -> float:
        """Return the share of requests that were answered well at the first attempt."""
        return 1 - self.failed / self.asked if self.asked else 0.0

    def latency_ms(
        self, percent: float, *, since: float = 0.0, until: float = float("inf"), status: int = 200
    ) -> float:
        """Return a percentile of the response times of answers of a status that ended within a span."""
        times = sorted(took for at, took, code in self.answers if since <= at <= until and code == status)
        return times[min(len(times) - 1, int(len(times) * percent / 100))] * 1000 if times else float("nan")

    def count(self, status: int, since: float, until: float) -> int:
        """Return how many answers of a status ended within a span."""
        return sum(since <= at <= until and code == status for at, _, code in self.answers)

    def longest_gap_ms(self) -> float:
        """Return the longest time in which no reader got a page."""
        instants = [self.began, *sorted(at for at, _, code in self.answers if code == 200), self.ended]
        return max(after - before for before, after in pairwise(instants)) * 1000

    def figures(self) -> dict[str, object]:
        """Return the figures for a report."""
        told: dict[str, object] = {
            "asked": self.asked,
            "ok": self.ok,
            "statuses": dict(sorted(self.statuses.items())),
            "broken": dict(self.broken),
            "failed_twice": self.twice,
            "p50_ms": round(self.latency_ms(50), 2),
            "p99_ms": round(self.latency_ms(99), 2),
        }
        return {**told, "strange": self.strange} if self.strange else told


@dataclass(frozen=True, slots=True)
class Plan:
    """How readers come: so many at a time, together `per_s` requests a second (0: as fast as they are answered).

    Each second reader keeps their connection, the others open one for each request. `judge` may call an answer strange.
    """

    port: int
    paths: Sequence[str]
    readers: int = 16
    per_s: float = 400.0
    coding: str = "gzip"
    is_retried: bool = True
    judge: Callable[[str, Answer], str] = lambda path, answer: ""


class Connection:
    """One connection to the paper, opened when it is needed."""

    def __init__(self, plan: Plan, *, is_kept: bool) -> None:
        self._plan = plan
        self._is_kept = is_kept
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.is_reused = False

    async def get(self, path: str) -> Answer:
        """Ask for one page.

        Raises: OSError, TimeoutError, asyncio.IncompleteReadError.
        """
        self.is_reused = True
        if self._streams is None or self._streams[0].at_eof():
            self.close()
            self.is_reused = False
            self._streams = await asyncio.open_connection(HOST, self._plan.port)
        source, sink = self._streams
        keep = "keep-alive" if self._is_kept else "close"
        head = (
            f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: {self._plan.coding}\r\nConnection: {keep}\r\n\r\n"
        )
        sink.write(head.encode())
        answer = await read_answer(source)
        if not self._is_kept or answer.headers.get("connection") == "close":
            self.close()
        return answer

    def close(self) -> None:
        """Close it."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def read_answer(source: asyncio.StreamReader) -> Answer:
    """Read one answer to a GET.

    Raises: BrokenAnswerError when the connection ends before.
    """
    try:
        head = (await source.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError as error:
        raise BrokenAnswerError("no answer") from error
    first, *lines = head.rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    status = int(first.split(" ", 2)[1])
    try:
        if "content-length" in headers:
            body = await source.readexactly(0 if status == 304 else int(headers["content-length"]))
        else:
            body = await source.read()
    except asyncio.IncompleteReadError as error:
        raise BrokenAnswerError("half an answer") from error
    return Answer(status, headers, body)


async def read(plan: Plan, tally: Tally, is_over: Callable[[], bool]) -> None:
    """Be all readers of a plan until it is over."""
    await asyncio.gather(*(_reader(plan, tally, is_over, number) for number in range(plan.readers)))
    tally.ended = time.monotonic()


@contextmanager
def readers(plan: Plan, *, at_most_s: float = 300.0) -> Iterator[Tally]:
    """Let readers read while the block runs."""
    tally = Tally()
    leave: list[bool] = []
    deadline = time.monotonic() + at_most_s
    thread = Thread(target=lambda: asyncio.run(read(plan, tally, lambda: bool(leave) or time.monotonic() > deadline)))
    thread.start()
    try:
        yield tally
    finally:
        leave.append(True)
        thread.join()


@contextmanager
def readers_apart(plan: Plan, *, at_most_s: float = 300.0) -> Iterator[Tally]:
    """Let readers read while the block runs, in a process of their own; the tally is there when it has ended."""
    ours, theirs = _forked.Pipe()

    def be_readers() -> None:
        with readers(plan, at_most_s=at_most_s) as met:
            theirs.poll(at_most_s)
        theirs.send(met)

    process = _forked.Process(target=be_readers)
    process.start()
    tally = Tally()
    try:
        yield tally
    finally:
        ours.send("enough")
        tally.__dict__.update(ours.recv().__dict__)
        process.join()


def read_for(plan: Plan, seconds: float) -> Tally:
    """Let readers read for some seconds."""
    with readers(plan) as tally:
        time.sleep(seconds)
    return tally


def all_at_once(port: int, path: str, count: int) -> Tally:
    """Let `count` readers ask for one page at the same moment, once each."""
    tally, plan = Tally(), Plan(port, [path])

    async def ask() -> None:
        await asyncio.gather(*(_ask(plan, tally, Connection(plan, is_kept=False), path) for _ in range(count)))

    asyncio.run(ask())
    tally.ended = time.monotonic()
    return tally


def get(port: int, path: str, *, coding: str = "identity") -> Answer:
    """Ask for one page once.

    Raises: OSError, TimeoutError.
    """
    plan = Plan(port, [path], coding=coding)

    async def ask() -> Answer:
        return await asyncio.wait_for(Connection(plan, is_kept=False).get(path), _TIMEOUT_S)

    return asyncio.run(ask())


async def _reader(plan: Plan, tally: Tally, is_over: Callable[[], bool], number: int) -> None:
    chance = random.Random(number)
    connection = Connection(plan, is_kept=number % 2 == 0)
    pause_s = plan.readers / plan.per_s if plan.per_s else 0.0
    await asyncio.sleep(chance.uniform(0, pause_s))
    while not is_over():
        start = time.monotonic()
        await _ask(plan, tally, connection, chance.choice(plan.paths))
        await asyncio.sleep(max(0.0, chance.uniform(0.5, 1.5) * pause_s - (time.monotonic() - start)))
    connection.close()


async def _ask(plan: Plan, tally: Tally, connection: Connection, path: str) -> None:
    """Ask once, and once more when that broke; both are counted."""
    start = time.monotonic()
    try:
        answer = await asyncio.wait_for(connection.get(path), _TIMEOUT_S)
    except (OSError, TimeoutError) as error:
        connection.close()
        words = str(error) if isinstance(error, BrokenAnswerError) else type(error).__name__
        tally.broken[f"{words} {KEPT if connection.is_reused else 'on a new connection'}"] += 1
        if plan.is_retried:
            tally.twice += not await _is_answered_now(plan, path)
        return
    end = time.monotonic()
    tally.statuses[answer.status] += 1
    tally.answers.append((end, end - start, answer.status))
    if (words := plan.judge(path, answer)) and len(tally.strange) < _FEW:
        tally.strange.append(words)


async def _is_answered_now(plan: Plan, path: str) -> bool:
    with suppress(OSError, TimeoutError):
        return (await asyncio.wait_for(Connection(plan, is_kept=False).get(path), _TIMEOUT_S)).status < 500
    return False
