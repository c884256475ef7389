"""Runs the command `warta` as people do: as a process, in a folder of its own, with none of the tests' settings."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

COMMAND = [sys.executable, "-m", "warta.config.cli"]
PASSWORD = "kuda laut berlari 7"


def environ(home: Path, **more: str) -> dict[str, str]:
    """Return an environment that holds the paper's folder and little else."""
    given = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "WARTA_HOME": str(home)}
    return {**given, "WARTA_SECOND_FACTOR": "optional", **more}


def warta(home: Path, *args: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*COMMAND, *args],
        env=environ(home, **more),
        cwd="/",
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(happens: Callable[[], object], within_s: float, what: str) -> float:
    """Wait until something happens and return how many seconds it took."""
    start = time.monotonic()
    while time.monotonic() - start < within_s:
        if happens():
            return time.monotonic() - start
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {within_s} s")


class Served:
    """A running `warta serve` and its processes."""

    def __init__(self, home: Path, **more: str) -> None:
        self.home = home
        self.port = free_port()
        self.log = home.parent / f"serve-{self.port}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"],
                env=environ(home, **more),
                stdout=log,
                stderr=log,
            )

    def get(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> HTTPResponse:
        """Ask once and return the answer, read."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body=body, headers={"Host": f"127.0.0.1:{self.port}", **headers})
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer

    def is_well(self) -> bool:
        """Tell whether readers and the newsroom are answered and the worker runs."""
        try:
            return self.get("/").status == 200 and self.get("/redaksi/").status == 302 and bool(self.find("worker"))
        except OSError:
            return False

    def find(self, what: str) -> list[int]:
        """Return the ids of a part's processes: worker, newsroom, readers; `… child` for what Granian started."""
        words = {"worker": "warta.config.cli\0worker", "newsroom": "wsgi_newsroom", "readers": "warta.config.readers"}
        part, _, child = what.partition(" ")
        parents = [pid for pid, parent, line in self._table() if parent == self.process.pid and words[part] in line]
        return [pid for pid, parent, _ in self._table() if parent in parents] if child else parents

    def everything(self) -> set[int]:
        """Return the ids of all living processes of this paper, wherever they hang."""
        return {pid for pid, _, _ in self._table()}

    def _table(self) -> list[tuple[int, int, str]]:
        found = []
        for folder in Path("/proc").iterdir():
            try:
                if f"WARTA_HOME={self.home}\0" not in (folder / "environ").read_text("utf-8", "replace"):
                    continue
                stat = (folder / "stat").read_text().rpartition(")")[2].split()
                if stat[0] != "Z":
                    found.append((int(folder.name), int(stat[1]), (folder / "cmdline").read_text("utf-8", "replace")))
            except (OSError, ValueError):
                continue
        return found

    def stop(self) -> float:
        """Ask it to stop and return how many seconds that took; what is left is killed at the end."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
            return time.monotonic() - start
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()

    def clear(self) -> None:
        """Leave nothing behind, whatever a test has found."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pid in self.everything():
            os.kill(pid, signal.SIGKILL)
