"""S15: hundreds of connections that send their headers, send a body, or read the answer as slowly as they can."""

import asyncio
import socket
import time
from contextlib import suppress
from threading import Thread
from typing import Final

from faults import load, paper
from faults.verdict import Verdict, main

CONNECTIONS: Final = 900
_BEAT_S: Final = 1.0


def slow(seconds: float) -> Verdict:
    """Measure readers without and with slow connections beside them."""
    verdict = Verdict("slow")
    with paper.paper() as made:
        made.warm()
        beside_slow_ones(made, verdict, seconds)
    return verdict


def beside_slow_ones(made: paper.Paper, verdict: Verdict, seconds: float) -> None:
    """Let readers read alone, then beside all slow connections."""
    plan = load.Plan(made.port, made.paths)
    healthy = load.read_for(plan, min(seconds, 10.0))
    leave: list[bool] = []
    held: list[int] = []
    slow_ones = Thread(target=lambda: asyncio.run(_be_slow(made, leave, held)))
    slow_ones.start()
    time.sleep(2.0)
    beside = load.read_for(plan, seconds)
    leave.append(True)
    slow_ones.join()
    before_ms, beside_ms = healthy.latency_ms(99), beside.latency_ms(99)
    verdict.figures |= {"slow_connections": max(held), "healthy": healthy.figures(), "beside": beside.figures()}
    verdict.demand(f"{max(held)} slow connections were held at a time (at least 300)", is_met=max(held) >= 300)
    verdict.demand(f"{beside.failed} of {beside.asked} requests failed (0)", is_met=beside.failed == 0)
    gap_ms = beside.longest_gap_ms()
    verdict.demand(f"never without a page for more than {gap_ms:.0f} ms (at most 1000)", is_met=gap_ms <= 1000)
    limit_ms = max(2 * before_ms, 20.0)
    verdict.demand(
        f"p99 {beside_ms:.1f} ms, without them {before_ms:.1f} (at most twice, or 20 ms)", is_met=beside_ms <= limit_ms
    )


async def _be_slow(made: paper.Paper, leave: list[bool], held: list[int]) -> None:
    open_now = [0]
    kinds = (_slow_head, _slow_body, _slow_read)
    tasks = [asyncio.create_task(_again(kinds[number % 3], made, open_now, number)) for number in range(CONNECTIONS)]
    while not leave:
        await asyncio.sleep(0.1)
        held.append(open_now[0])
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _again(kind: object, made: paper.Paper, open_now: list[int], number: int) -> None:
    """Hold one slow connection; open another when the paper closes it."""
    assert callable(kind)
    await asyncio.sleep(number / CONNECTIONS)
    while True:
        with suppress(OSError):
            handle = socket.socket()
            handle.setblocking(False)
            handle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            await asyncio.get_running_loop().sock_connect(handle, (load.HOST, made.port))
            source, sink = await asyncio.open_connection(sock=handle, limit=64)
            open_now[0] += 1
            try:
                await kind(made.paths[number % len(made.paths)], source, sink)
            finally:
                open_now[0] -= 1
                sink.close()
        await asyncio.sleep(_BEAT_S)


async def _slow_head(path: str, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    sink.write(f"GET {path} HTTP/1.1\r\nHost: a\r\n".encode())
    while not source.at_eof():
        sink.write(b"X-Slow: 1\r\n")
        await sink.drain()
        await asyncio.sleep(_BEAT_S)


async def _slow_body(path: str, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    sink.write(b"POST /baca/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")
    while not source.at_eof():
        sink.write(b"x")
        await sink.drain()
        await asyncio.sleep(_BEAT_S)


async def _slow_read(path: str, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    sink.write(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode() * 50)
    while await source.read(1):
        await asyncio.sleep(_BEAT_S)


if __name__ == "__main__":
    main(__doc__, slow, seconds=20)
