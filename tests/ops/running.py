"""Runs the samples of `ops/` as an administrator would: in front of a served paper, in a folder that is thrown away."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

from tests.browser import wire
from tests.browser.running import Paper as OwnPaper

OPS = Path(__file__).parents[2] / "ops"
WARTA = Path(sys.executable).with_name("warta")
OLD: dict[int, str] = {}
"""The paths of the articles that every paper has, by their number."""
BEGIN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """One answer, as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """Ask once on a connection of its own; `Accept_Encoding="gzip"` is the header with a dash."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        got = connection.getresponse()
        return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
    finally:
        connection.close()


def post_read(port: int, path: str, origin: str) -> int:
    """Post one read as the browser of a reader at the address `origin` (127.0.0.0/8) does, and return the status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10, source_address=(origin, 0))
    try:
        agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        connection.request("POST", path, body=b"", headers={"User-Agent": agent})
        return connection.getresponse().status
    finally:
        connection.close()


@dataclass
class Paper(OwnPaper):
    """A paper of a few short articles that can be stopped and started again."""

    settings: dict[str, str] = field(default_factory=dict)
    options: Sequence[str] = ()
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [WARTA, "serve", "--bind", f"127.0.0.1:{self.port}", "--workers", "2", *self.options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self._environ(), stdout=log, stderr=log)
        try:
            until(self._is_well, 30, "the paper answers")
        except AssertionError as error:
            self.stop()
            raise AssertionError(f"{error}: {self.log.read_text()}") from None

    @contextmanager
    def up(self) -> Iterator["Paper"]:
        """Serve the paper until the end of the block."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def _is_well(self) -> bool:
        if not accepts(self.port) or self.options:
            return accepts(self.port)
        return all(ask(self.port, path).status == 200 for path in ("/", "/redaksi/login/"))

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def bring(self, number: int, **values: str) -> str:
        """Bring in an article as of now and return its path; it is pressed by the worker of the running paper."""
        file = self.home.parent / f"items-{time.monotonic_ns()}.json"
        file.write_text(json.dumps(wire.brief(number, BEGIN + timedelta(minutes=number), **values)))
        return str(json.loads(self.warta("import", "ninjs", str(file), "--json").splitlines()[0])["url"])

    def _environ(self) -> dict[str, str]:
        return {**super()._environ(), **self.settings}


def accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def until(holds: Callable[[], object], within_s: float, what: str) -> float:
    """Return after how many seconds something held that was waited for."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < within_s, f"waited {within_s:.0f} s in vain until {what}"
        time.sleep(0.05)
    return time.monotonic() - start


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    """Put this run's ports and paths into a sample; each must stand in it."""
    for before, after in pairs:
        assert before in text, f"the sample has no {before!r}"
        text = text.replace(before, after)
    return text


@contextmanager
def running(command: Sequence[str], log: Path, ready: Callable[[], bool]) -> Iterator[None]:
    """Run a server in the foreground until the end of the block."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        until(lambda: process.poll() is not None or ready(), 15, f"{command[0]} is ready")
        assert process.poll() is None, log.read_text()
        yield
    finally:
        process.terminate()
        process.wait(15)


def program(name: str) -> str:
    path = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    assert path, f"{name} is missing: run `ops/need-system`, which installs it"
    return path
