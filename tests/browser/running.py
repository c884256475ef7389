"""Runs a whole paper as its owner would: by the command `warta`, in a folder that is thrown away."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

WARTA = Path(sys.executable).with_name("warta")
_START_S = 90.0
_STOP_S = 20.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Paper:
    """One paper in its own folder, on its own port of the loopback."""

    home: Path
    port: int = field(default_factory=_free_port)
    withdrawn: str = ""
    """The path of an article that was taken down."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.home.with_suffix(".log")

    def warta(self, *arguments: str, stdin: str = "") -> str:
        """Run one command to its end and return what it printed."""
        return self._run([str(WARTA), *arguments], stdin)

    def python(self, module: str) -> str:
        """Run a module of the tests on this paper's folder and return what it printed."""
        return self._run([sys.executable, "-m", module], "")

    @contextmanager
    def served(self) -> Iterator["Paper"]:
        """Serve the paper to readers and the newsroom; at the end, stop it and look whether anything broke."""
        with self.log.open("wb") as log:
            command = [WARTA, "serve", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
            process = subprocess.Popen(command, env=self._environ(), stdout=log, stderr=log)
        try:
            wait_until(lambda: self._answers("/") and self._answers("/redaksi/login/"), _START_S, "the paper answers")
            yield self
        finally:
            process.terminate()
            process.wait(_STOP_S)
        assert "Traceback" not in self.log.read_text(), self.log.read_text()

    def get(self, path: str) -> html.HtmlElement:
        """Return the document at a path, as a program without a browser gets it."""
        status, body = self.answer(path)
        assert status == 200, f"{path} answered {status}"
        return html.document_fromstring(body.decode())

    def answer(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            got = connection.getresponse()
            return got.status, got.read()
        finally:
            connection.close()

    def post_read(self, path: str, *, origin: str, user_agent: str) -> None:
        """Post one read as a reader at the address `origin` (127.0.0.0/8) would."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10, source_address=(origin, 0))
        try:
            connection.request("POST", path, body=b"", headers={"User-Agent": user_agent})
            assert connection.getresponse().status == 204
        finally:
            connection.close()

    def _answers(self, path: str) -> bool:
        try:
            return self.answer(path)[0] == 200
        except OSError:
            return False

    def _run(self, command: list[str], stdin: str) -> str:
        done = subprocess.run(command, env=self._environ(), input=stdin, capture_output=True, text=True)
        assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}"
        return done.stdout

    def _environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA_", "DJANGO_"))}
        return {
            **kept,
            "WARTA_HOME": str(self.home),
            "WARTA_NAME": "Nusa Pagi",
            "WARTA_SITE_URL": self.url,
            "WARTA_SECOND_FACTOR": "optional",
        }


def wait_until(holds: Callable[[], bool], within_s: float, what: str) -> float:
    """Return after how many seconds something held that was waited for."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < within_s, f"waited {within_s:.0f} s in vain until {what}"
        time.sleep(0.02)
    return time.monotonic() - start
