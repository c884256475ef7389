"""What is at hand is answered in the thread that brings the request; all else takes Granian's loop, as ever."""

import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.config.running import environ, free_port, until

SERVER = """
import sys, time
from granian.constants import Interfaces
from granian.server.mp import MPServer
from warta.config.readers import answer_at_hand

def at_hand(request, protocol):
    if request.path != "/at-hand":
        return False
    protocol.response_bytes(200, [], b"at hand")
    return True

async def in_loop(request, protocol):
    if request.path == "/busy":
        time.sleep(1.5)
    protocol.response_bytes(200, [], b"in the loop")

def load():
    answer_at_hand(at_hand)
    return in_loop

if __name__ == "__main__":
    server = MPServer("none:none", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.RSGI, workers=1)
    server.serve(target_loader=load, wrap_loader=False)
"""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    script, port = tmp_path / "server.py", free_port()
    script.write_text(SERVER)
    process = subprocess.Popen([sys.executable, str(script), str(port)], env=environ(tmp_path / "home"))
    try:
        until(lambda: answers(port), 30, "the server answers")
        yield port
    finally:
        process.terminate()
        process.wait(10)


def ask(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    return connection.getresponse().read()


def to(port: int) -> closing[HTTPConnection]:
    return closing(HTTPConnection("127.0.0.1", port, timeout=10))


def answers(port: int) -> bool:
    try:
        with to(port) as connection:
            return ask(connection, "/") == b"in the loop"
    except OSError:
        return False


def test_what_is_at_hand_does_not_wait_for_the_loop(port: int) -> None:
    with to(port) as busy, to(port) as other:
        busy.request("GET", "/busy")
        assert [ask(other, "/at-hand") for _ in range(20)] == [b"at hand"] * 20
        assert select.select([busy.sock], [], [], 0.3)[0] == [], "the loop is busy still"
        assert busy.getresponse().read() == b"in the loop"
