"""Turns: of all processes one makes a page, the others wait; a dead one gives its turn back."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from warta.delivery import turns

HOLDER = """
import sys, time
from pathlib import Path
from warta.delivery.turns import turn
with turn(Path(sys.argv[1]), "article:7"):
    print("taken", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(folder: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(folder), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "taken\n"
    return process


def waited_s(folder: Path, key: str) -> float:
    start = time.monotonic()
    with turns.turn(folder, key):
        return time.monotonic() - start


def test_one_waits_for_the_other_process(tmp_path: Path) -> None:
    with holder(tmp_path, 1.5) as process:
        assert waited_s(tmp_path, "article:8") < 1
        assert waited_s(tmp_path, "article:7") > 0.1
        assert process.wait(5) == 0


def test_a_killed_process_gives_its_turn_back(tmp_path: Path) -> None:
    with holder(tmp_path, 30) as process:
        Thread(target=lambda: (time.sleep(0.2), os.kill(process.pid, signal.SIGKILL))).start()
        assert waited_s(tmp_path, "article:7") < turns.LONGEST_S


def test_nobody_waits_longer_than_makes_sense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_S", 0.2)
    with holder(tmp_path, 30) as process:
        assert 0.15 < waited_s(tmp_path, "article:7") < 2
        process.kill()


def test_the_event_loop_goes_on_meanwhile(tmp_path: Path) -> None:
    ticks: list[int] = []

    async def wait() -> None:
        async def tick() -> None:
            while True:
                ticks.append(1)
                await asyncio.sleep(0.01)

        ticking = asyncio.create_task(tick())
        async with turns.turn_in_loop(tmp_path, "article:7"):
            ticking.cancel()

    with holder(tmp_path, 0.4) as process:
        asyncio.run(wait())
        process.wait(5)
    assert len(ticks) > 5


def test_without_a_disk_nobody_waits(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert waited_s(tmp_path / "file" / "cache", "article:7") < 1
