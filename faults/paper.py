"""A small paper of its own for each fault: a folder that is thrown away, invented articles, and `warta serve`."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from faults import load
from tests import ready

WARTA: Final = str(Path(sys.executable).with_name("warta"))
_START_S: Final = 60.0
_STOP_S: Final = 25.0
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Paper:
    """A paper in a folder; `paths` are the addresses of its articles, newest first."""

    home: Path
    port: int
    environ: dict[str, str]
    workers: int
    paths: list[str] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve it, and come back when the first page is there."""
        command = [WARTA, "serve", "--bind", f"{load.HOST}:{self.port}", "--workers", str(self.workers)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environ, stdout=log, stderr=log)
        deadline = time.monotonic() + _START_S
        while not self.answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError(f"the paper did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop serving it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(_STOP_S)
            self.process = None

    def answers(self) -> bool:
        """Tell whether the front page is answered."""
        try:
            return load.get(self.port, "/").status == 200
        except (OSError, TimeoutError):
            return False

    def signal(self, number: int) -> None:
        """Send the supervisor a signal."""
        if self.process is not None:
            self.process.send_signal(number)

    @property
    def pid(self) -> int:
        """The supervisor's process.

        Raises: RuntimeError when the paper is not served.
        """
        if self.process is None:
            raise RuntimeError("the paper is not served")
        return self.process.pid

    @property
    def log(self) -> Path:
        """What its processes write."""
        return self.home.with_suffix(".log")

    def mains(self) -> list[int]:
        """Return the main processes of the readers' generations."""
        return [pid for pid in children(self.pid) if b"warta.config.readers" in command_of(pid) and children(pid)]

    def readers(self) -> list[int]:
        """Return the processes that answer readers."""
        return [pid for main in self.mains() for pid in children(main)]

    def memory_mb(self) -> float:
        """Return the resident memory of the readers' processes together, shared pages counted once for each."""
        return sum(resident_mb(pid) for pid in self.readers())

    def warm(self) -> None:
        """Ask for every article often enough that every process has it at hand."""
        for _ in range(4 * self.workers):
            for path in self.paths:
                load.get(self.port, path)

    def run(self, *arguments: str) -> str:
        """Run `faults.inside` in the settings of this paper and return what it printed."""
        command = [sys.executable, "-m", "faults.inside", *arguments]
        return subprocess.run(command, env=self.environ, check=True, capture_output=True, text=True).stdout

    @contextmanager
    def desk(self) -> Iterator["Desk"]:
        """Sit at the newsroom's desk: a process apart that publishes and withdraws at a word."""
        command = [sys.executable, "-m", "faults.inside", "desk"]
        with subprocess.Popen(
            command, env=self.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdout.readline()
            yield Desk(process.stdin, process.stdout)
            process.stdin.close()


@dataclass(frozen=True, slots=True)
class Desk:
    """A line to the process at the desk."""

    asked: IO[str]
    told: IO[str]

    def publish(self, count: int = 1) -> list[tuple[str, float]]:
        """Publish drafts; return headline and instant of the commit (monotonic clock) of each."""
        return [self._say("publish") for _ in range(count)]

    def withdraw(self, path: str) -> float:
        """Withdraw the article at an address; return the instant of the commit."""
        return self._say(f"withdraw {path}")[1]

    def _say(self, words: str) -> tuple[str, float]:
        self.asked.write(f"{words}\n")
        self.asked.flush()
        told = json.loads(self.told.readline())
        return told["headline"], told["at"]


@contextmanager
def paper(
    articles: int = 40,
    *,
    drafts: int = 0,
    workers: int = 2,
    parent: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Paper]:
    """Make a paper, serve it while the block runs, and throw it away."""
    folder = Path(tempfile.mkdtemp(prefix="warta-fault-", dir=parent))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA_", "DJANGO_"))}
    home = folder / "home"
    made = Paper(
        home=home,
        port=free_port(),
        environ={
            **kept,
            "WARTA_HOME": str(home),
            "WARTA_NAME": "Nusa Pagi",
            "WARTA_SECOND_FACTOR": "optional",
            **(environ or {}),
        },
        workers=workers,
    )
    items = folder / "items.jsonl"
    items.write_text("".join(f"{json.dumps(item(number, drafts=drafts))}\n" for number in range(articles + drafts)))
    try:
        if "WARTA_DATABASE_URL" in made.environ:
            subprocess.run([WARTA, "init"], env=made.environ, check=True, capture_output=True)
        else:
            ready.copy(home)
        subprocess.run([WARTA, "import", "ninjs", str(items)], env=made.environ, check=True, capture_output=True)
        made.start()
        made.paths = json.loads(made.run("paths"))
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def item(number: int, *, drafts: int = 0) -> dict[str, object]:
    """Return an invented news item as ninjs; the first `drafts` are not published."""
    at = f"2024-05-{1 + number % 28:02}T{number // 60 % 24:02}:{number % 60:02}:00+07:00"
    return {
        "uri": f"urn:faults:{number}",
        "type": "text",
        "pubstatus": "withheld" if number < drafts else "usable",
        "headline": f"Warga memperbaiki tanggul ke-{number}",
        "firstcreated": at,
        "versioncreated": at,
        "subject": [{"name": ("Dunia", "Politik", "Hukum", "Bisnis")[number % 4]}],
        "byline": "Sari Wiradjaja",
        "body_text": "\n\n".join(
            f"Alinea {part} tentang tanggul {number}: air turun, warga kembali, jalan dibuka. " * 4 for part in range(9)
        ),
    }


def free_port() -> int:
    """Return a port of the loopback that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind((load.HOST, 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    """Return the children of a process."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def command_of(pid: int) -> bytes:
    """Return the command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process. Source: proc(5), /proc/pid/statm."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20
    except OSError:
        return 0.0


def kill(pid: int) -> None:
    """Kill a process with SIGKILL, if it lives."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
