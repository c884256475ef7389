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
import time
from functools import partial
from pathlib import Path
from typing import Any, Final

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
_QUICK_S: Final = 2.0
_LONGEST_WAIT_S: Final = 30.0


class _Server(MPServer):
    """Granian with a socket for each process, given from outside, and no end to starting anew what died.

    The signatures are those of Granian's own MPServer, which differ from its base's.
    """

    _sso: Any
    _shd: Any

    def __init__(self, sockets: list[socket.socket], **options: Any) -> None:
        super().__init__("warta.config.gate:application", workers=len(sockets), **options)
        self._sockets = sockets
        self._quick_ends = dict.fromkeys(range(len(sockets)), 0)

    def _init_shared_socket(self) -> None:
        """Open none: each process has its own."""
        self._sso = None

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> WorkerProcess:  # type: ignore[override]
        self._sso = self._sockets[idx]
        self._shd = SocketHolder(self._sso.fileno(), False, BACKLOG)  # type: ignore[call-arg]  # the stub lacks it
        return super()._spawn_worker(idx, target, callback_loader)

    def _drop_shared_socket(self) -> None:
        for listening in self._sockets:
            listening.close()

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        """Start again what died: at once, but after longer and longer waits what keeps dying at its start."""
        due: dict[int, float] = {}
        while not self.interrupt_signal:
            now = time.monotonic()
            self.main_loop_interrupt.wait(min((at - now for at in due.values()), default=None))
            self.main_loop_interrupt.clear()
            now = time.monotonic()
            while self.interrupt_children:
                index = self.interrupt_children.pop()
                due[index] = now + self._wait_s(index, now)
            for index in [index for index, at in due.items() if at <= now]:
                del due[index]
                self._respawn_workers([index], spawn_target, target_loader)

    def _wait_s(self, index: int, now: float) -> float:
        is_quick = now - self.wrks[index].birth < _QUICK_S
        self._quick_ends[index] = self._quick_ends[index] + 1 if is_quick else 0
        return 0.0 if self._quick_ends[index] < 3 else min(2.0 ** (self._quick_ends[index] - 3), _LONGEST_WAIT_S)


class _Announced:
    """A gate that tells the supervisor when it is ready, and stops when the supervisor is gone."""

    def __init__(self, inner: gate.Gate, *, ready: int, lifeline: int) -> None:
        self._inner = inner
        self._ready = ready
        self._lifeline = lifeline
        self.__rsgi__ = inner.__rsgi__
        self.__rsgi_del__ = inner.__rsgi_del__

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin, and say so."""
        self._inner.__rsgi_init__(loop)
        loop.add_signal_handler(REST, _rest)
        loop.add_reader(self._lifeline, os.kill, os.getpid(), signal.SIGTERM)
        os.write(self._ready, b"+")


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
    making.parts()  # reads every template, for their version
    gc.freeze()  # what is loaded stays shared between the processes
    loader: Any = partial(_load, arguments)
    server.serve(target_loader=loader, wrap_loader=False)


def _load(arguments: argparse.Namespace) -> _Announced:
    return _Announced(gate.application(), ready=arguments.ready, lifeline=arguments.lifeline)


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
