"""The gate in the real server: the doubles tell the truth, and no header but two changes a single byte (S4)."""

import gzip
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.config.rsgi import Headers, Protocol, of
from tests.config.running import free_port, until
from tests.config.scene import Scene
from tests.config.wire import Line, ask
from warta.config import packed

TARGETS = [
    *("/a%2fb", "/%00", "/%zz%", "/a;x", "//a", "/../x", "/./a/../b", "/a?b=%ff", "/a#part", "/%F0%9F%92%A3", "/%25"),
    *("/%ff%fe", "/a%3fb", "*", "/a%0d%0aSet-Cookie:x", "/a?", "/a??b", "/a%", "/a\\b", "/%ed%a0%80", "/a%e9", "/+?+"),
]  # fmt: skip
HIDDEN = "rahasia.example"
"""A host that no answer may repeat."""


@pytest.fixture(scope="module")
def echo() -> Iterator[int]:
    """The port of a real Granian that tells what it was asked."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--port", str(port), "--no-ws"]
    process = subprocess.Popen([*command, "--log-level", "error", "tests.config.echo:application"])

    def answers() -> bool:
        try:
            return ask(port, "/").status == 200
        except OSError:
            return False

    try:
        until(answers, 20, "Granian answers")
        yield port
    finally:
        process.terminate()
        process.wait(20)


def told(port: int, target: str, **given: Any) -> dict[str, Any]:
    answer = ask(port, target, **given)
    assert answer.status == 200, target
    return dict(json.loads(answer.body))


def test_the_double_of_a_request_tells_what_granian_tells(echo: int) -> None:
    for target in TARGETS:
        real, double = told(echo, target), of(target)
        for name in ("path", "query_string", "method", "scheme", "http_version", "authority", "proto"):
            assert real[name] == getattr(double, name), (target, name)
        assert real["parties"] == [double.client.rpartition(":")[0], double.server.rpartition(":")[0]]


def test_the_double_of_headers_does_what_granians_do(echo: int) -> None:
    pairs = [("Host", "paper"), ("X-Twice", "1"), ("x-twice", "2"), ("X-Bytes", "\xff\xe9"), ("X-Empty", "")]
    real, double = told(echo, "/", headers=pairs), Headers(pairs)
    assert [tuple(pair) for pair in real["items"]] == double.items()
    assert real["found"][:2] == [double.get("x-twice"), double.get("X-Twice")] == ["1", "1"]
    assert real["found"][2:] == [double.get("x-bytes"), double.get("nowhere"), double.get("host")]
    assert real["default"] == double.get("nowhere", "default")
    assert real["present"] == ["x-twice" in double, "nowhere" in double]


def test_the_double_of_the_protocol_gives_a_body_and_takes_an_answer_as_granian_does(echo: int) -> None:
    for method in ("POST", "PUT", "FOO", "get"):
        real = told(echo, "/", method=method, body=b"a=1")
        assert (real["method"], real["body"]) == (method, ["bytes", len(Protocol(b"a=1").body)])
    answer = ask(echo, "/", "HEAD")
    assert (answer.status, answer.header("x-own"), answer.body) == (200, "1", b"")


def permutations(count: int, seed: str) -> Iterator[list[tuple[str, str]]]:
    """Return sets of headers, each in an order of its own, none of which may count."""
    values: dict[str, list[str]] = {
        "Cookie": ["redaksi=abc", "csrf=x; redaksi=y", "__Host-redaksi=z", "a=1; b=2; c=", "\xff=\xfe", "="],
        "Authorization": ["Basic YTpi", "Bearer x", ""],
        "X-Forwarded-For": ["10.0.0.1", "::1, 10.0.0.1", "x"],
        "X-Forwarded-Host": [HIDDEN],
        "X-Forwarded-Proto": ["https", "gopher"],
        "X-Forwarded-Port": ["443"],
        "X-Forwarded-Scheme": ["https"],
        "X-Forwarded-Prefix": ["/redaksi"],
        "Forwarded": [f"for=1.2.3.4;host={HIDDEN};proto=https"],
        "X-Original-URL": ["/redaksi/", "/indeks"],
        "X-Rewrite-URL": ["/redaksi/"],
        "X-Host": [HIDDEN],
        "X-HTTP-Method-Override": ["POST", "DELETE"],
        "X-Method-Override": ["HEAD"],
        "Accept": ["*/*", "application/json", "text/css"],
        "Accept-Language": ["en", "id;q=0.1, en", "*"],
        "Accept-Charset": ["iso-8859-1"],
        "Range": ["bytes=0-9", "bytes=-1", "bytes=9999999-"],
        "If-Range": ['"x"'],
        "If-Modified-Since": ["Fri, 03 May 2030 00:00:00 GMT"],
        "If-None-Match": ['"nothing"', 'W/"nothing"'],
        "If-Match": ['"nothing"'],
        "Origin": [f"https://{HIDDEN}", "null"],
        "Referer": [f"https://{HIDDEN}/redaksi/", "x"],
        "User-Agent": ["curl/8", "Googlebot", "", "Mozilla/5.0 (iPhone)"],
        "Sec-Fetch-Site": ["cross-site", "same-origin"],
        "Sec-Fetch-Mode": ["navigate", "no-cors"],
        "Sec-Purpose": ["prefetch"],
        "Sec-CH-UA-Mobile": ["?1"],
        "Save-Data": ["on"],
        "DNT": ["1"],
        "Purpose": ["prefetch"],
        "X-Requested-With": ["XMLHttpRequest"],
        "X-CSRFToken": ["x"],
        "Cache-Control": ["no-cache", "only-if-cached"],
        "Pragma": ["no-cache"],
        "Via": ["1.1 proxy"],
        "True-Client-IP": ["1.2.3.4"],
        "CF-Connecting-IP": ["1.2.3.4"],
        "Content-Type": ["application/json"],
        "Upgrade-Insecure-Requests": ["1"],
    }  # fmt: skip
    chance = random.Random(seed)
    for _ in range(count):
        names = chance.sample(list(values), chance.randint(1, 14))
        pairs = [(chance.choice([name, name.lower(), name.upper()]), chance.choice(values[name])) for name in names]
        pairs.append(("Host", chance.choice([HIDDEN, f"{HIDDEN}:8443", "127.0.0.1", "paper", "x" * 200, "[::1]"])))
        chance.shuffle(pairs)
        yield pairs


@pytest.mark.parametrize("coding", ["", "gzip", "zstd"])
def test_500_permutations_of_headers_and_cookies_change_no_byte(served_scene: Scene, coding: str) -> None:
    served, addresses = served_scene.served, served_scene.addresses
    accepted = [("Accept-Encoding", coding)] if coding else []
    counts = {"article": 200, "english": 60, "front": 100, "rubric": 50, "index": 50}
    for name, address in addresses.items():
        for method in ("GET", "HEAD"):
            expected = ask(served.port, address, method, accepted).but_for_the_date()
            assert "set-cookie" not in dict(expected[1])
            with Line(served.port) as line:
                count = counts.get(name, 15) if method == "GET" else 5
                for pairs in permutations(count, f"{coding}{name}{method}"):
                    answer = line.ask(address, method, [*accepted, *pairs])
                    assert answer.but_for_the_date() == expected, (address, method, pairs)
                    assert HIDDEN.encode() not in answer.plain


def test_vary_names_accept_encoding_alone(served_scene: Scene) -> None:
    served, addresses = served_scene.served, served_scene.addresses
    for name, address in addresses.items():
        answer = ask(served.port, address)
        is_coded = len(answer.body) >= packed.SMALLEST
        assert answer.header("vary") == ("Accept-Encoding" if is_coded else ""), name


def test_the_server_sends_head_and_304_as_they_should_be(served_scene: Scene) -> None:
    served, addresses = served_scene.served, served_scene.addresses
    with Line(served.port) as line:
        for name in ("article", "front"):
            get = line.ask(addresses[name], headers=[("Accept-Encoding", "gzip")])
            head = line.ask(addresses[name], "HEAD", [("Accept-Encoding", "gzip")])
            assert head.header("content-length") == get.header("content-length") == str(len(get.body))
            known = [("Accept-Encoding", "gzip"), ("If-None-Match", get.header("etag"))]
            for method in ("GET", "HEAD"):
                again = line.ask(addresses[name], method, known)
                assert (again.status, again.header("etag")) == (304, get.header("etag"))
                assert again.header("content-length") in {"", get.header("content-length")}
            assert gzip.decompress(get.body).endswith(b"</html>\n")


def test_curl_decodes_what_python_decodes(served_scene: Scene) -> None:
    served, addresses = served_scene.served, served_scene.addresses
    for name in ("article", "front"):
        plain = ask(served.port, addresses[name]).body
        for more in (
            [],
            ["--compressed"],
            ["-H", "Accept-Encoding: zstd", "--compressed"],
            ["--http1.0", "--compressed"],
        ):
            command = ["curl", "-sS", "--noproxy", "*", *more, f"http://127.0.0.1:{served.port}{addresses[name]}"]
            done = subprocess.run(command, capture_output=True)
            assert (done.returncode, done.stderr, done.stdout == plain) == (0, b"", True), more
