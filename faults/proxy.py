"""A proxy between the paper and its database that can refuse, hang or be slow: the network as it is on bad days."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

from faults import load


@dataclass
class Proxy:
    """A listening port of the loopback before another one; `mode` is ok, refuse, hang, or slow:MILLISECONDS."""

    target: int
    port: int = 0
    mode: str = "ok"
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None

    def set(self, mode: str) -> None:
        """Change the mode; `refuse` also ends what is open."""
        self.mode = mode
        if mode == "refuse" and self._loop is not None:
            self._loop.call_soon_threadsafe(self._abort)

    async def serve(self, ready: Event, stop: Event) -> None:
        """Carry bytes until told to stop."""
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._carry, load.HOST, 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        while not stop.is_set():
            await asyncio.sleep(0.05)
        server.close()
        self._abort()

    def _abort(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        if self.mode == "refuse":
            sink.transport.abort()
            return
        try:
            far_source, far_sink = await asyncio.open_connection(load.HOST, self.target)
        except OSError:
            sink.transport.abort()
            return
        self._writers |= {sink, far_sink}
        await asyncio.gather(self._pipe(source, far_sink), self._pipe(far_source, sink))
        self._writers -= {sink, far_sink}

    async def _pipe(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                while self.mode == "hang":
                    await asyncio.sleep(0.05)
                if self.mode.startswith("slow:"):
                    await asyncio.sleep(int(self.mode.removeprefix("slow:")) / 1000)
                sink.write(data)
                await sink.drain()
        sink.close()


@contextmanager
def before(target: int) -> Iterator[Proxy]:
    """Put a proxy before a port of the loopback while the block runs."""
    proxy, ready, stop = Proxy(target), Event(), Event()
    thread = Thread(target=lambda: asyncio.run(proxy.serve(ready, stop)))
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        stop.set()
        thread.join()
