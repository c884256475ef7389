"""Looks after the readers' processes: generations of them that take the same listening sockets, one after the other.

A new generation is started when the main process of the present one died, and to load the paper anew; the old one
answers until the new one is ready, and then finishes what it has begun.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

BACKLOG: Final = 1024
REST: Final = signal.SIGUSR1
"""Tells a worker to take no new connections: its successor has the same socket."""
_REST_S: Final = 1.0
_START_S: Final = 60.0
_LONGEST_WAIT_S: Final = 30.0

_log = logging.getLogger(__name__)


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """Open `count` sockets on one address, among which the kernel parts new connections evenly.

    Raises: OSError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sockets = []
    for _ in range(count):
        listening = socket.socket(family, socket.SOCK_STREAM)
        for level, option in (
            (socket.SOL_SOCKET, socket.SO_REUSEADDR),
            (socket.SOL_SOCKET, socket.SO_REUSEPORT),
            (socket.IPPROTO_TCP, socket.TCP_NODELAY),
        ):
            listening.setsockopt(level, option, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
        listening.setblocking(False)
        sockets.append(listening)
    return sockets


@dataclass
class Generation:
    """A main process, the workers that it forks (one process group), and the pipe by which each says it is ready."""

    process: subprocess.Popen[bytes]
    ready: int
    workers: int
    started: float = field(default_factory=time.monotonic)
    announced: int = 0
    stop_at: float | None = None
    kill_at: float | None = None

    def is_ready(self) -> bool:
        """Tell whether every worker said so."""
        with suppress(BlockingIOError):
            self.announced += len(os.read(self.ready, 64))
        return self.announced >= self.workers

    def is_headless(self) -> bool:
        """Tell whether the main process is dead; its workers may live on."""
        return self.process.poll() is not None

    def is_gone(self) -> bool:
        """Tell whether no process is left."""
        return self.is_headless() and not _group_is_there(self.process.pid)

    def rest(self, stop_at: float) -> None:
        """Let it take no new connections, and be stopped at an instant of the monotonic clock."""
        self.stop_at = stop_at
        _signal_group(self.process.pid, REST)

    def stop(self, kill_at: float) -> None:
        """Let it finish what it has begun, and be killed at an instant of the monotonic clock."""
        if self.kill_at is None:
            self.kill_at = kill_at
            if self.is_headless():
                _signal_group(self.process.pid, signal.SIGTERM)
            else:
                self.process.terminate()

    def kill_late(self, now: float) -> None:
        """Kill what did not stop in time."""
        if self.kill_at is not None and now > self.kill_at:
            _signal_group(self.process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Give up the pipe."""
        os.close(self.ready)


class Generations:
    """The readers' processes of one paper, seen by the supervisor as one child."""

    def __init__(
        self,
        sockets: Sequence[socket.socket],
        environ: Mapping[str, str],
        *,
        options: Sequence[str],
        before: Callable[[], None],
        stop_s: float,
    ) -> None:
        self._sockets = sockets
        self._environ = environ
        self._options = options
        self._before = before
        self._stop_s = stop_s
        self._lifeline, self._life = os.pipe()
        self._present: Generation | None = None
        self._coming: Generation | None = None
        self._old: list[Generation] = []
        self._is_to_renew = False
        self._start_at = 0.0
        self._wait_s = 0.5

    def look_after(self, now: float) -> None:
        """Start a generation where one is missing, and let the new take the place of the old."""
        self._clear(now)
        if self._coming is not None:
            self._await(self._coming, now)
        elif now >= self._start_at and (self._present is None or self._present.is_headless()):
            if self._present is not None:
                code = self._present.process.returncode
                _log.warning("the readers' main process ended with code %s; another one is started", code)
            self.renew()

    def renew(self) -> None:
        """Start a new generation, another one if one is on its way; the present one answers until it is ready."""
        if self._coming is None:
            self._coming = self._started()
        else:
            self._is_to_renew = True

    def stop(self) -> None:
        """Let all of them finish what they have begun; returns when none is left."""
        deadline = time.monotonic() + self._stop_s
        self._old += [generation for generation in (self._coming, self._present) if generation is not None]
        self._coming = self._present = None
        for generation in self._old:
            generation.stop(deadline)
        while self._old:
            self._clear(time.monotonic())
            time.sleep(0.02)
        for listening in self._sockets:
            listening.close()

    def _await(self, coming: Generation, now: float) -> None:
        if coming.is_ready():
            if self._present is not None:
                self._present.rest(now + _REST_S)
                self._old.append(self._present)
            self._present, self._coming, self._wait_s = coming, None, 0.5
            if self._is_to_renew:
                self._is_to_renew = False
                self.renew()
        elif coming.is_headless() or now - coming.started > _START_S:
            code = coming.process.poll()
            _log.error("the readers' processes did not start (code %s); next try in %.1f s", code, self._wait_s)
            coming.stop(now)
            self._old.append(coming)
            self._coming, self._start_at = None, now + self._wait_s
            self._wait_s = min(self._wait_s * 2, _LONGEST_WAIT_S)

    def _clear(self, now: float) -> None:
        for generation in list(self._old):
            if generation.stop_at is not None and now >= generation.stop_at:
                generation.stop(now + self._stop_s)
            generation.kill_late(now)
            if generation.is_gone():
                generation.close()
                self._old.remove(generation)

    def _started(self) -> Generation:
        ready, tell = os.pipe()
        os.set_blocking(ready, False)
        os.set_blocking(tell, False)
        numbers = [listening.fileno() for listening in self._sockets]
        command = [
            *(sys.executable, "-m", "warta.config.readers", "--ready", str(tell), "--lifeline", str(self._lifeline)),
            *("--sockets", *map(str, numbers), *self._options),
        ]
        process = subprocess.Popen(  # noqa: S603 — our own command
            command,
            env=self._environ,
            pass_fds=(*numbers, tell, self._lifeline),
            process_group=0,
            preexec_fn=self._before,  # noqa: PLW1509 — one thread here, and no other way to say it
        )
        os.close(tell)
        return Generation(process, ready, len(numbers))


def _signal_group(group: int, number: int) -> None:
    """Send a signal to all processes of a group, if there are any."""
    with suppress(ProcessLookupError):
        os.killpg(group, number)


def _group_is_there(group: int) -> bool:
    """Tell whether a process group has a living process; take leave of those that died with us as their parent."""
    with suppress(ChildProcessError):
        while os.waitpid(-group, os.WNOHANG)[0]:
            pass
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
