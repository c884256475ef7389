"""`warta serve`: starts the readers' processes, the newsroom's and the worker, and starts again what dies."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Final

from warta.config.environment import Environment
from warta.config.generations import Generations, listen
from warta.config.handover import PORT_VARIABLE

STOP_S: Final = 15.0
"""How long a process may take to finish what it has begun before it is killed."""
_LONGEST_WAIT_S: Final = 30.0
_STEADY_S: Final = 5.0
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_CHILD_SUBREAPER: Final = 36

_log = logging.getLogger(__name__)
_libc = ctypes.CDLL(None, use_errno=True)


class AddressInUseError(OSError):
    """Something else listens on the address already."""


@dataclass
class Child:
    """One process of the paper; `wait_s` grows while it dies soon after its start."""

    name: str
    command: list[str]
    environ: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    wait_s: float = 0.5

    def start(self) -> None:
        """Start the process; it ends when the supervisor does, however that ends."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 — our own commands
            self.command,
            env=self.environ,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 — one thread here, and no other way to say it
            process_group=0,
        )

    def look_after(self, now: float) -> None:
        """Start the process again when it has died: at once, or after longer and longer waits if it keeps dying."""
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        _end_group(self.process.pid)
        is_steady = now - self.started > _STEADY_S
        wait_s = 0.0 if is_steady else self.wait_s
        _log.warning("%s ended with code %s; it starts again in %.1f s", self.name, code, wait_s)
        self.process, self.start_at = None, now + wait_s
        self.wait_s = 0.5 if is_steady else min(max(wait_s * 2, 0.5), _LONGEST_WAIT_S)


class Supervisor:
    """Looks after all processes of one paper until it is told to stop."""

    def __init__(self, env: Environment, *, host: str, port: int, workers: int, tls: Sequence[str] = ()) -> None:
        self._is_stopping = False
        self._is_to_reload = False
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1)  # what a dead process leaves comes to us
        newsroom_port = _free_port()
        environ = {**os.environ, "WARTA_HOME": str(env.home), PORT_VARIABLE: str(newsroom_port)}
        self._children = [
            Child("newsroom", _newsroom(env, newsroom_port), environ),
            Child("worker", [sys.executable, "-m", "warta.config.cli", "worker"], environ),
        ]
        sockets = listen(host, port, workers)
        self._readers = Generations(sockets, environ, options=tls, before=_end_with_parent, stop_s=STOP_S)

    def run(self) -> None:
        """Run until SIGTERM or SIGINT, then stop everything in order; SIGHUP loads all processes anew."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGHUP, self._reload)
        while not self._is_stopping:
            if self._is_to_reload:
                self._load_anew()
            self._readers.look_after(time.monotonic())
            for child in self._children:
                child.look_after(time.monotonic())
            time.sleep(0.1)
        self._end()

    def _end(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        self._readers.stop()
        deadline = time.monotonic() + STOP_S
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _end_group(process.pid)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def _reload(self, _number: int, _frame: FrameType | None) -> None:
        self._is_to_reload = True

    def _load_anew(self) -> None:
        self._is_to_reload = False
        self._readers.renew()
        for child in self._children:
            if child.process is not None:
                child.wait_s = 0.0  # an end that was asked for
                child.process.send_signal(signal.SIGTERM if child.name == "worker" else signal.SIGHUP)


def check_free(host: str, port: int) -> None:
    """Make sure that nobody listens on an address.

    Raises: AddressInUseError; OSError when the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AddressInUseError(error.errno, f"{host}:{port} cannot be used: {error.strerror}") from error


def _newsroom(env: Environment, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--workers-kill-timeout", "10", "--log-level", "warning", "--no-ws"),
        *("--http1-header-read-timeout", "5000", "--blocking-threads", "4", "--backpressure", "64"),
        *("--static-path-route", "/redaksi/static", "--static-path-mount", str(env.home / "static")),
        "warta.config.wsgi_newsroom:application",
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_group(leader: int) -> None:
    """End what a dead process left: Granian's workers outlive a killed Granian and go on answering on its port."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
    with suppress(ChildProcessError):
        while True:  # they came to us when their parent died: take leave of them
            os.waitpid(-leader, 0)


def _end_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
