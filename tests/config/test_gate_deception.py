"""300 addresses that try to make a cache keep what is private (S5), asked by a signed-in editor and by a stranger.

What readers are given is the same for both and holds nothing of the newsroom; what the newsroom gives is kept nowhere.
"""

import re
from urllib.parse import unquote

import pytest

from tests.config.scene import SURNAME, Scene
from tests.config.wire import Answer, Line, ask

SUFFIXES = [
    "x.css", "/x.css", "/.css", ".css", ";.css", ";x.css", "%3b.css", "%3bx.css", "/;/x.css", ";a=b/x.css", ".js",
    "/x.js", "/robots.txt", "/favicon.svg", "%2frobots.txt", "/gambar/x.jpg", "/static/x.css", "%2f..%2fx.css",
    "/../x.css", "/..%2fx.css", "/%2e%2e/x.css", "/%2e%2e%2fx.css", "/..;/x.css", "/..%3b/x.css", "/..%5cx.css",
    "/..\\x.css", "/./", "/.", "/..", "//", "//x", "///x.css", "/%2f", "%2f%2fx", "%252f..%252fx.css", "/%252e%252e/",
    "%25", "%", "%00", "%00.css", "%0a", "%0a.css", "%0d%0aX-Injected:%20yes", "%09.css", "%20", "%20.css",
    "%23x.css", "%3fx.css", "%3f.css", "?x.css", "?.css", "?/x.css", "?a=1&a=2", "?a=1;a=2", "?%00", "?cb=1",
    "?sebelum=1-1&sebelum=2-2", "#x.css", "~", "~x.css", "@x.css", "!x.css", "$x.css", "'x.css", ",x.css", "+x.css",
    "=x.css", "&x.css", "*", ":80/x.css", "%c0%af", "%c0%ae%c0%ae/", "%e2%88%95x.css", "%ff", "%ED%A0%80", "%u002f",
    "%F0%9F%92%A3.css", "\\x.css", "%5c", "%5c.css",
]  # fmt: skip
DETOURS = [
    "//redaksi/", "/./redaksi/", "/%2fredaksi/", "/%2e/redaksi/", "/x/../redaksi/", "/x/..%2fredaksi/", "/redaksi%2f",
    "/%72edaksi/", "/%2572edaksi/", "/REDAKSI/", "/Redaksi/", "/redaksi", "/redaksi;/", "/redaksi;x/", "/redaksi%00/",
    "/redaksi%20/", "/redaksi./", "/redaksi../", "/redaksi//", "/redaksi/../", "/redaksi/..", "/redaksi/../indeks",
    "/redaksi/..%2findeks", "/redaksi/%2e%2e/dunia", "/redaksi/%2e%2e%2frobots.txt", "/redaksi/..;/robots.txt",
    "/redaksi/static/..%2faccount/", "/redaksi/static/../account/", "/redaksi/static/%2e%2e/account/",
    "/indeks/../redaksi/", "/robots.txt/../redaksi/", "/robots.txt%2f..%2fredaksi%2f", "/gambar/..%2fredaksi%2f",
    "/redaksi/media/..%2faccount/", "/laman/tentang/..%2f..%2fredaksi/", "/?/redaksi/", "/#/redaksi/",
    "/redaksi/?x.css", "/\\redaksi/", "/redaksi\\x.css",
]  # fmt: skip
PRIVATE = re.compile(r"no-store|private")


def tricks(scene: Scene) -> list[str]:
    readers = ("/", "/dunia", "/indeks", scene.addresses["article"])
    newsroom = ("/redaksi/", "/redaksi/account/")
    return [base + suffix for base in (*readers, *newsroom) for suffix in SUFFIXES] + DETOURS


def belongs_to_the_newsroom(target: str) -> bool:
    path = unquote(re.split(r"[?#]", target)[0], errors="replace")
    return path == "/redaksi" or path.startswith("/redaksi/")


def by_both(scene: Scene, target: str, method: str = "GET", body: bytes = b"") -> tuple[Answer, Answer]:
    """Ask as the editor first, so that a cache would have something to keep, and then as a stranger."""
    host = ("Host", f"127.0.0.1:{scene.served.port}")
    editor = ask(scene.served.port, target, method, [host, ("Cookie", scene.cookie)], body)
    return editor, ask(scene.served.port, target, method, [host], body)


def check(scene: Scene, target: str, editor: Answer, stranger: Answer) -> None:
    if belongs_to_the_newsroom(target):
        for answer in (editor, stranger):
            assert PRIVATE.search(answer.header("cache-control")), (target, answer.status, answer.headers)
        assert not any(secret in stranger.body for secret in scene.secrets), target
        return
    assert editor.but_for_the_date() == stranger.but_for_the_date(), target
    for answer in (editor, stranger):
        assert answer.status < 500, target
        assert answer.header("set-cookie") == "", target
        assert answer.header("x-injected") == "", target
        assert not any(secret in answer.plain for secret in scene.secrets), target
        assert b"csrfmiddlewaretoken" not in answer.plain, target
        assert re.match(r"(?:/(?![/\\])|$)", answer.header("location")), (target, answer.header("location"))


def test_there_is_something_to_be_stolen(served_scene: Scene) -> None:
    editor, stranger = by_both(served_scene, "/redaksi/account/")
    assert (editor.status, stranger.status) == (200, 302)
    assert SURNAME.encode() in editor.plain
    assert len(tricks(served_scene)) >= 300


@pytest.mark.parametrize("part", range(6))
def test_no_address_makes_the_private_public(served_scene: Scene, part: int) -> None:
    for target in tricks(served_scene)[part::6]:
        check(served_scene, target, *by_both(served_scene, target))


def test_a_get_with_a_body_is_a_get_and_the_next_answer_is_its_own(served_scene: Scene) -> None:
    for target in ("/", served_scene.addresses["article"], "/tidak/ada"):
        with Line(served_scene.served.port) as line:
            plain = line.ask(target)
            fat = line.ask(target, body=b"GET /redaksi/ HTTP/1.1\r\nHost: x\r\n\r\n")
            after = line.ask(target)
        assert fat.but_for_the_date() == plain.but_for_the_date() == after.but_for_the_date()
    editor, stranger = by_both(served_scene, served_scene.addresses["article"], body=b"a=1&_method=POST")
    check(served_scene, served_scene.addresses["article"], editor, stranger)


def test_other_methods_are_no_way_in_either(served_scene: Scene) -> None:
    for method in ("POST", "PUT", "HEAD", "OPTIONS", "PROPFIND", "get"):
        for target in ("/", served_scene.addresses["article"], "/indeks/..%2fredaksi/", "/redaksi/account/;x.css"):
            check(served_scene, target, *by_both(served_scene, target, method))


def test_what_a_query_says_is_nowhere_in_the_page(served_scene: Scene) -> None:
    for target in ("/", "/dunia", "/indeks", served_scene.addresses["article"], "/tidak/ada"):
        for query in ("x=Zx9canary", "sebelum=Zx9canary", "Zx9canary", "tanggal=Zx9canary", "%5a%78%39canary=1"):
            answer = ask(served_scene.served.port, f"{target}?{query}")
            assert b"Zx9canary" not in answer.plain, (target, query)
            assert "Zx9canary" not in answer.header("location"), (target, query)
