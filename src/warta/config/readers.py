"""The readers' processes: one that has loaded everything forks the others, so that a new one answers within a moment.

The sockets are the supervisor's: a process that dies loses no connection that waits, and a newer generation of
processes takes the same sockets before the older one ends. What is asked of Granian beyond its options is in
`_Server` alone.
"""

import argparse
import asyncio
import gc
import multiprocessing
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from mmap import mmap
from pathlib import Path
from typing import Any, Final

from granian import _futures
from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer, WorkerProcess

from warta.config import gate
from warta.config.generations import BACKLOG, REST
from warta.delivery import making

CONNECTIONS: Final = 8192
"""Connections that one process holds; Granian accepts no further ones, be those it has as slow as they like."""
_HEADERS_S: Final = 5
_STOP_S: Final = 10
_LONGEST_WAIT_S: Final = 30.0
_SWITCH_S: Final = 0.0005
"""How long a reader waits for the thread that makes an edition, and it for them: a tenth of Python's own interval."""


class _Server(MPServer):
    """Granian with a socket for each process, given from outside, and no end to starting anew what died.

    The signatures are those of Granian's own MPServer, which differ from its base's.
    """

    _sso: Any
    _shd: Any

    def __init__(self, sockets: list[socket.socket], **options: Any) -> None:
        super().__init__("warta.config.gate:application", workers=len(sockets), **options)
        self._sockets = sockets
        self._ready = mmap(-1, len(sockets))  # shared with the workers: each says that it has begun
        self._failed_starts = [0] * len(sockets)

    def _init_shared_socket(self) -> None:
        """Open none: each process has its own."""
        self._sso = None

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> WorkerProcess:  # type: ignore[override]
        self._sso = self._sockets[idx]
        self._shd = SocketHolder(self._sso.fileno(), False, BACKLOG)  # type: ignore[call-arg]  # the stub lacks it
        self._ready[idx] = 0
        return super()._spawn_worker(idx, target, partial(callback_loader, partial(self._ready.__setitem__, idx, 1)))

    def _drop_shared_socket(self) -> None:
        for listening in self._sockets:
            listening.close()

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        """Start again what died: at once, but after longer and longer waits what does not come to begin."""
        due: dict[int, float] = {}
        while not self.interrupt_signal:
            now = time.monotonic()
            self.main_loop_interrupt.wait(min((at - now for at in due.values()), default=None))
            self.main_loop_interrupt.clear()
            now = time.monotonic()
            while self.interrupt_children:
                index = self.interrupt_children.pop()
                due[index] = now + self._wait_s(index)
            for index in [index for index, at in due.items() if at <= now]:
                del due[index]
                self._respawn_workers([index], spawn_target, target_loader)

    def _wait_s(self, index: int) -> float:
        self._failed_starts[index] = 0 if self._ready[index] else self._failed_starts[index] + 1
        return 0.0 if self._failed_starts[index] < 2 else min(2.0 ** (self._failed_starts[index] - 2), _LONGEST_WAIT_S)


def answer_at_hand(at_hand: Callable[[Any, Any], bool]) -> None:
    """Let `at_hand` answer in the thread that brings a request, if it can: without the loop, and a task for each.

    Granian 2.8 makes its way to the loop by `_cbsched_aioschedule`, once in every process, after the gate is loaded.
    """
    to_loop: Any = _futures._cbsched_aioschedule

    def made(loop: asyncio.AbstractEventLoop, context: Any, callback: Any) -> Callable[[Any], None]:
        hand_on = to_loop(loop, context, callback)

        def schedule(watcher: Any) -> None:
            if at_hand(watcher.scope, watcher.proto):
                watcher.done()
            else:
                hand_on(watcher)

        return schedule

    _futures._cbsched_aioschedule = made


class _Announced:
    """A gate that tells the supervisor when it is ready, and stops when the supervisor is gone."""

    def __init__(self, inner: gate.Gate, on_ready: Callable[[], None], *, lifeline: int) -> None:
        self._inner = inner
        self._on_ready = on_ready
        self._lifeline = lifeline
        self.__rsgi__ = inner.__rsgi__
        self.__rsgi_del__ = inner.__rsgi_del__

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin, and say so."""
        self._inner.__rsgi_init__(loop)
        loop.add_signal_handler(REST, _rest)
        loop.add_reader(self._lifeline, os.kill, os.getpid(), signal.SIGTERM)
        self._on_ready()


def _rest() -> None:
    """Take no new connections, and go on answering on those there are.

    Granian, told to stop, drops connections that it accepted and has not read from. Here the listening socket is
    exchanged for one to which nobody connects; whoever waits at the old one is answered by the next generation.
    """
    silent = socket.create_server(("127.0.0.1", 0))
    silent.setblocking(False)
    for number in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        if number != silent.fileno() and _is_listening(number):
            os.dup2(silent.fileno(), number)


def _is_listening(number: int) -> bool:
    try:
        with socket.socket(fileno=os.dup(number)) as probe:
            return bool(probe.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:
        return False


def main() -> None:
    """Serve readers on sockets that were handed over, one process each, until SIGTERM."""
    arguments = _arguments()
    sockets = [socket.socket(fileno=number) for number in arguments.sockets]
    for listening in sockets:
        listening.set_inheritable(True)
    multiprocessing.set_start_method("fork")
    signal.signal(REST, signal.SIG_IGN)  # meant for the workers
    limit = _many_files()
    server = _Server(
        sockets,
        interface=Interfaces.RSGI,
        backlog=BACKLOG,
        backpressure=min(CONNECTIONS, limit - 256),
        http1_settings=HTTP1Settings(header_read_timeout=_HEADERS_S * 1000),
        workers_kill_timeout=_STOP_S,
        websockets=False,
        log_level=LogLevels.warning,
        process_name=None,
        ssl_cert=arguments.tls_cert,
        ssl_key=arguments.tls_key,
    )
    sys.setswitchinterval(_SWITCH_S)
    making.parts()  # reads every template, for their version
    gc.freeze()  # what is loaded stays shared between the processes
    loader: Any = partial(_load, arguments)
    server.serve(target_loader=loader, wrap_loader=False)


def _load(arguments: argparse.Namespace, note: Callable[[], None]) -> _Announced:
    def tell() -> None:
        note()
        with suppress(BrokenPipeError, BlockingIOError):  # nobody reads it once the generation is in its place
            os.write(arguments.ready, b"+")

    made = gate.application()
    answer_at_hand(made.at_hand)
    return _Announced(made, tell, lifeline=arguments.lifeline)


def _many_files() -> int:
    """Let this process and its children open as many files as the system allows, and return how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most if most != resource.RLIM_INFINITY else 2**20


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, nargs="+", required=True, help="listening sockets, as file numbers")
    parser.add_argument("--ready", type=int, required=True, help="a pipe that gets a byte for each process")
    parser.add_argument("--lifeline", type=int, required=True, help="a pipe that ends with the supervisor")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
