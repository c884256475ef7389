"""`warta serve`: answers, starts again what dies, says what is wrong, and leaves nothing behind."""

import contextlib
import os
import select
import shutil
import signal
import socket

import pytest

from tests.config.running import Served, free_port, until, warta


@pytest.fixture(scope="module")
def served(ready_home, tmp_path_factory):
    """A paper that is served, with a small upload limit."""
    home = shutil.copytree(ready_home, tmp_path_factory.mktemp("served") / "home")
    running = Served(home, WARTA_UPLOAD_LIMIT_MB="1")
    try:
        until(running.is_well, 30, f"start ({running.log})")
        yield running
    finally:
        running.clear()


def test_readers_are_answered_and_the_newsroom_asks_who_comes(served):
    assert served.get("/").status == 200
    newsroom = served.get("/redaksi/")
    assert newsroom.status == 302
    assert newsroom.getheader("Location").startswith("/redaksi/login/")
    assert served.get("/redaksi/login/").status == 200
    assert served.get("/tidak-ada").status == 404


def test_readers_get_no_cookie_and_the_newsroom_a_guarded_one(served):
    assert served.get("/").getheader("Set-Cookie") is None
    cookie = served.get("/redaksi/login/").getheader("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_newsrooms_own_files_are_served(served):
    assert served.get("/redaksi/static/newsroom/newsroom.css").status == 200
    secret = (served.home / "secret").read_text()
    for path in ("/redaksi/static/../secret", "/redaksi/static/..%2fsecret", "/redaksi/static/%2e%2e/secret"):
        answer = served.get(path)
        assert answer.status != 200
        assert secret not in answer.text


@pytest.mark.parametrize(
    ("framing", "refusals"),
    [
        ("Content-Length: 4194304", {b"413"}),
        ("Transfer-Encoding: chunked", {b"413", b"403"}),  # a form without its token is refused before it is read
    ],
)
def test_an_upload_over_the_limit_is_refused(served, framing, refusals):
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        line.sendall(f"POST /redaksi/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{framing}\r\n\r\n".encode())
        answer = b""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for _ in range(64):
                line.sendall((b"10000\r\n%b\r\n" if "chunked" in framing else b"%b") % bytes(2**16))
                if select.select([line], [], [], 0)[0]:
                    break
        with contextlib.suppress(ConnectionResetError):
            while not answer.endswith((b" = 1\n", b"</html>\n")) and (piece := line.recv(4096)):
                answer += piece
    status = answer.split(b" ")[1]
    assert status in refusals, answer
    assert status == b"403" or b"WARTA_UPLOAD_LIMIT_MB = 1" in answer


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET / HTTP/1.1\r\nHost: jahat.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Host: jahat.example\r\nX-Forwarded-Proto: gopher\r\n\r\n",
        b"GET /redaksi/ HTTP/1.1\r\nHost: jahat.example\r\n\r\n",
        b"GET /redaksi/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: '--\r\n\r\n",
        b"GET /redaksi/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: \xff\xfe=\x80; redaksi=\r\n\r\n",
        b"GET /%ff%fe/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /redaksi/%ff%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /redaksi/login/?next=//jahat.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /redaksi/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
        b"POST /redaksi/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5, 6\r\n\r\n",
        b'GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=9999-\r\nIf-None-Match: "\r\nAccept-Encoding: \xff\r\n\r\n',
        b"TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET " + b"/a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_a_request_that_lies_gets_an_answer_that_is_no_500(served, request_head):
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        line.sendall(request_head)
        answer = line.recv(65536)
    if answer:
        assert 200 <= int(answer.split(b" ")[1]) < 500, answer[:200]
        assert b"jahat.example" not in answer.partition(b"\r\n\r\n")[0].lower()
    assert served.get("/").status == 200


@pytest.mark.thorough
def test_a_second_one_on_the_same_address_says_so_plainly(served):
    done = warta(served.home, "serve", "--bind", f"127.0.0.1:{served.port}")
    assert done.returncode == 1
    assert "Is another server running? Choose another --bind." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("what", ["worker", "newsroom", "newsroom child", "readers", "readers child"])
def test_whatever_is_killed_comes_back_within_ten_seconds(served, what):
    until(served.is_well, 10, "all is well before")
    usual = len(served.everything())
    until(lambda: served.find(what), 10, f"{what} is there")
    victims = served.find(what)
    os.kill(victims[0], signal.SIGKILL)
    until(lambda: victims[0] not in served.find(what) and served.is_well(), 10, f"{what} is back")
    until(lambda: len(served.everything()) == usual, 10, f"as many processes as before ({usual})")


def test_while_the_newsroom_is_down_it_says_so_and_readers_notice_nothing(served):
    until(served.is_well, 10, "all is well before")
    for pid in [*served.find("newsroom"), *served.find("newsroom child")]:
        os.kill(pid, signal.SIGKILL)
    answer = served.get("/redaksi/")
    assert answer.status == 503
    assert "Tulisan Anda tidak hilang" in answer.text
    assert "The newsroom is restarting" in answer.text
    assert int(answer.getheader("Retry-After")) <= 10
    assert served.get("/").status == 200
    until(served.is_well, 10, "the newsroom is back")


def test_told_to_stop_it_ends_all_and_leaves_nothing(served):
    until(served.is_well, 10, "all is well before")
    assert len(served.everything()) >= 6
    assert served.stop() < 10
    assert served.process.returncode == 0
    until(lambda: not served.everything(), 2, "no process is left")


@pytest.mark.thorough
def test_when_it_is_killed_itself_its_processes_end_too(home):
    running = Served(home)
    try:
        until(running.is_well, 30, f"start ({running.log})")
        running.process.kill()
        running.process.wait()
        until(lambda: not running.everything(), 15, "no process is left")
    finally:
        running.clear()


@pytest.mark.parametrize(
    ("bind", "words"),
    [
        pytest.param("8000", "is no HOST:PORT, such as 127.0.0.1:8000", marks=pytest.mark.thorough),
        pytest.param("127.0.0.1:99999", "is no HOST:PORT", marks=pytest.mark.thorough),
        pytest.param("127.0.0.1:x", "is no HOST:PORT", marks=pytest.mark.thorough),
        ("192.0.2.1:8000", "Choose another --bind"),
        pytest.param("tidak.ada.invalid:8000", "Choose another --bind", marks=pytest.mark.thorough),
    ],
)
def test_an_address_that_cannot_be_is_explained(home, bind, words):
    done = warta(home, "serve", "--bind", bind)
    assert done.returncode in {1, 2}
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_paper_that_is_not_ready_is_not_served(tmp_path):
    bind = ("--bind", f"127.0.0.1:{free_port()}")
    none = warta(tmp_path / "empty", "serve", *bind)
    assert (none.returncode, "there is no paper in" in none.stderr) == (1, True)
    assert not (tmp_path / "empty").exists()
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "secret").write_text("k" * 50)
    done = warta(tmp_path / "empty", "serve", *bind)
    assert done.returncode == 1
    assert "is not ready for this version. Run `warta init` first." in done.stderr
