"""The gate: whatever is asked, the short path gives what Django alone gives, at every second."""

from datetime import timedelta

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.test import Client

from tests.config.gates import clock, follow, new, readers_process
from tests.config.rsgi import answer, ask, of
from tests.delivery.builders import (
    DUNIA,
    LONG_AGO,
    NOW,
    ZONES,
    article,
    full_article,
    put,
    put_archive,
    put_frame,
    put_front,
    put_gone,
)
from warta.config.gate import Gate
from warta.lexicon import addresses
from warta.paper import store

__all__ = ["clock", "readers_process"]
pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.usefixtures("readers_process", "clock"),
]
KAPAL = "/dunia/read/2024/05/03/7/kapal-nomor-7-berlayar"
DUE = "/dunia/read/2024/05/03/9/kapal-nomor-9-berlayar"
ENDING = "/dunia/read/2024/05/03/10/kapal-nomor-10-berlayar"
GONE = "/dunia/read/2024/05/01/11/dicabut"
FULL = "/dunia/read/2024/05/03/50/kapal-perintis-tiba-di-senen"
ENGLISH = "/dunia/read/2024/05/03/51/pioneer-ship-reaches-senen"
PAGES = [
    "/",
    "/dunia",
    "/kanal/berita",
    "/penulis/sari",
    "/topik/laut",
    "/indeks",
    "/indeks/2024/05/02",
    "/laman/tentang",
]
TARGETS = [
    *PAGES,
    *(KAPAL, DUE, ENDING, GONE, FULL, ENGLISH, "/dunia/read/2024/05/03/12/kapal-nomor-12-berlayar"),
    *(path + "/" for path in PAGES),
    *(path + "?utm_source=x&fbclid=y" for path in PAGES),
    *(KAPAL + more for more in ("/", "x", "//", "/x", ";x", "%3bx", ".html", "%00", "%ff", "%0a", "?", "?a=1&a=2")),
    *(KAPAL + "?%00", GONE + "/", GONE + "x", GONE + "?a=1"),
    *(KAPAL.replace("dunia", word) for word in ("politik", "Dunia", "d%75nia", "baca", "%2e%2e", "")),
    *(KAPAL.replace("/05/03/", day) for day in ("/05/04/", "/99/99/", "/5/3/", "/05/03/0", "//")),
    *(KAPAL.replace("/7/", number) for number in ("/07/", "/8/", "/999/", "/-7/", f"/{'9' * 18}/", f"/{'9' * 19}/")),
    *("/dunia/read/2024/05/03/7", "/dunia/read/2024/05/03/7/", "/dunia/read/2024/05/03/50/pioneer-ship-reaches-senen"),
    *("/d%75nia", "/%64unia%2fread/2024/05/03/7/kapal-nomor-7-berlayar", "/dunia%2f", "/dunia%00", "/%ff%fe", "/%"),
    *("//", "///dunia", "//evil.example/", "//dunia", "/dunia;x", "/dunia;.css", "/dunia/x.css", "/dunia%2f%2e"),
    *("/./dunia", "/dunia/../indeks", "/..", "/%2e%2e/", "*", "/\\evil.example", "/http://evil.example", "/%zz"),
    *("/?p=77", "/?p=78", "/?", "/??", "/?sebelum=1-1", "/?p=77&p=78", "/lama.html", "/lama.html?x=1", "/lama.html/"),
    *("/indeks?sebelum=1714693140000000-42", "/indeks?sebelum=x", "/indeks?sebelum=1-1&sebelum=2-2"),
    *("/indeks?tanggal=2024-05-02", "/indeks?tanggal=x", "/indeks?SEBELUM=1-1", "/dunia?sebelum=1714693140000000-42"),
    *("/indeks/2024/05/02?sebelum=1714660000000000-1", "/indeks/2024/02/30", "/indeks/2024/05/2", "/indeks?sebelum="),
    *("/robots.txt", "/favicon.svg", "/gambar/x", "/baca/7", "/baca/", "/laman/tidak-ada", "/olahraga", "/tidak/ada"),
    *("/dunia?sebelum=-1-1", "/" + "a" * 8000, "/dunia/" + "a/" * 4000, KAPAL + "a" * 8000, "/dunia?" + "a" * 8000),
    "/indeks?" + "a=1&" * 1200,
]  # fmt: skip


@pytest.fixture
def paper() -> None:
    """A paper with every kind of page in every state."""
    put_frame()
    put_front("person", "sari", "Sari Wiradjaja", role="Reporter")
    put_front("topic", "laut", "Laut")
    put_archive(30, first_id=100)
    put(article(7), old_addresses=[addresses.old(old) for old in ("/?p=77", "/lama.html")])
    put(article(9, NOW + timedelta(seconds=5)))
    put(article(10), until=NOW + timedelta(seconds=10))
    put_gone(11)
    store.remove(store.article_key(put(article(12)).id))
    put(full_article(50, "id", ZONES[0]))
    put(full_article(51, "en", ZONES[2]))
    front = put_front("rubric", "olahraga", "Olahraga")
    store.put("rubric:olahraga", front, visible_from=LONG_AGO, visible_until=NOW - timedelta(days=1))


@pytest.fixture
def gates(paper: None) -> tuple[Gate, Gate]:
    """A gate that follows, and one in which Django answers all."""
    return follow(new()), new()


@pytest.mark.parametrize("part", range(8))
def test_an_address_has_one_answer_by_whichever_path(gates: tuple[Gate, Gate], part: int) -> None:
    quick, alone = gates
    for target in TARGETS[part::8]:
        expected = ask(alone, target)
        assert expected.status < 500, target
        for coding in ("gzip", "gzip", "zstd", ""):
            assert ask(quick, target, accept_encoding=coding).seen() == expected.seen(), (target, coding)
        head, plain = ask(quick, target, "HEAD"), ask(quick, target)
        assert (head.status, head.headers, head.answer) == (plain.status, plain.headers, b""), target


def test_it_is_the_page_that_a_view_gives(gates: tuple[Gate, Gate], client: Client) -> None:
    for path in (*PAGES, KAPAL, ENGLISH, FULL):
        made = client.get(path)
        answered = ask(gates[0], path, accept_encoding="gzip")
        assert (answered.status, answered.text) == (200, made.content), path
        assert answered.header("content-type") == made["Content-Type"]
        assert answered.header("etag").startswith('"')
        assert answered.header("vary") == "Accept-Encoding"
        assert answered.header("content-length") == str(len(answered.answer))


@pytest.mark.parametrize("target", ["/", KAPAL, GONE, DUE, "/indeks", "/tidak/ada", "/baca/7"])
def test_another_method_is_djangos_to_answer(gates: tuple[Gate, Gate], target: str) -> None:
    quick, alone = gates
    ask(quick, target)
    for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO", "head", "get"]:
        expected = ask(alone, target, method, body=b"a=1")
        assert ask(quick, target, method, body=b"a=1").seen() == expected.seen(), method
        assert expected.status in ({204, 405} if target == "/baca/7" else {200, 404, 405, 410}), method


def test_each_state_begins_and_ends_at_its_second(gates: tuple[Gate, Gate], clock: time_machine.Traveller) -> None:
    quick, alone = gates
    moments = [(0, 404, 200), (4.999, 404, 200), (5, 200, 200), (9.999, 200, 200), (10, 200, 404)]
    for seconds, due, ending in moments:
        clock.move_to(NOW + timedelta(seconds=seconds))
        for path, status in ((DUE, due), (ENDING, ending)):
            for _ in range(2):
                assert (seconds, path, ask(quick, path).status) == (seconds, path, status)
        follow(quick)
        for path in (DUE, ENDING, KAPAL, "/", "/indeks", "/dunia"):
            assert ask(quick, path).seen() == ask(alone, path).seen(), (seconds, path)


def test_a_withdrawn_article_is_gone_once_it_was_followed(gates: tuple[Gate, Gate]) -> None:
    quick, alone = gates
    assert ask(quick, KAPAL).status == ask(quick, KAPAL).status == 200
    put_gone(7, path=KAPAL, headline="Judul yang Dicabut")
    follow(quick)
    for path in (KAPAL, "/", "/indeks", "/dunia", FULL):
        answered = ask(quick, path)
        assert answered.seen() == ask(alone, path).seen()
        assert b"Kapal Nomor 7 Berlayar" not in answered.text, path
    assert ask(quick, KAPAL).status == 410


def test_what_changed_is_on_every_page_at_the_same_step(gates: tuple[Gate, Gate]) -> None:
    quick, alone = gates
    paths = [*PAGES, KAPAL, FULL, ENGLISH]
    before = {path: ask(quick, path).header("etag") for path in paths}
    newest = put(article(60, NOW, rubric=DUNIA))
    follow(quick)
    for path in paths:
        answered = ask(quick, path)
        assert answered.seen() == ask(alone, path).seen()
        if path not in {"/laman/tentang", "/topik/laut", "/penulis/sari", "/indeks/2024/05/02"}:
            assert newest.headline.encode() in answered.text
            assert answered.header("etag") != before[path]


def test_what_the_reader_has_already_is_not_sent_again(gates: tuple[Gate, Gate]) -> None:
    quick, _ = gates
    for path in (*PAGES, KAPAL):
        tag = ask(quick, path, accept_encoding="gzip").header("etag")
        for method in ("GET", "HEAD"):
            again = ask(quick, path, method, accept_encoding="gzip", if_none_match=f'"x", W/{tag}')
            assert (again.status, again.answer, again.header("etag")) == (304, b"", tag)


def test_the_newsroom_is_behind_its_own_door(gates: tuple[Gate, Gate]) -> None:
    async def knock() -> None:
        for target in (
            "/redaksi",
            "/redaksi/",
            "/redaksi/login/",
            "/redaksi//x",
            "/redaksi/..%2f",
            "/redaksi/?next=//x",
        ):
            answered = await answer(gates[0], of(target))
            assert (answered.status, answered.header("cache-control")) == (503, "no-store")
            assert "newsroom is restarting" in answered.text.decode()
        await gates[0]._handover.close()

    async_to_sync(knock)()
    for target in ("/redaksix", "/Redaksi/", "/redaksi;x", "/%2fredaksi/", "//redaksi/"):
        assert ask(gates[0], target).status == 404


@pytest.mark.parametrize(("coding", "magic"), [("gzip", b"\x1f\x8b"), ("zstd", b"\x28\xb5\x2f\xfd"), ("", b"<!doc")])
@pytest.mark.parametrize("target", ["/cari?q=kapal", "/populer", "/tidak-ada", "/tidak/ada", "/cari?q=tidak+ada"])
def test_what_is_not_kept_is_compressed_all_the_same(
    gates: tuple[Gate, Gate], target: str, coding: str, magic: bytes
) -> None:
    quick, alone = gates
    headers = {"accept_encoding": coding} if coding else {}
    answered, plain = ask(quick, target, **headers), ask(alone, target)
    assert answered.answer.startswith(magic)
    assert (answered.header("content-encoding"), answered.header("vary")) == (coding, "Accept-Encoding")
    assert answered.seen() == plain.seen()


def test_what_follows_readers_about_is_not_asked_of_django(gates: tuple[Gate, Gate]) -> None:
    quick, alone = gates
    for target, own in (
        ("/?fbclid=x", "/"),
        ("/dunia?utm_source=a&utm_medium=b", "/dunia"),
        ("/?fbclid=x&lite", "/?lite"),
    ):
        answered = ask(quick, target)
        assert answered.header("etag") == ask(quick, own).header("etag")
        assert answered.answer == ask(alone, own).answer


def test_a_page_is_the_same_whoever_asked_for_it_first(gates: tuple[Gate, Gate]) -> None:
    quick, alone = gates
    assert ask(quick, "/?lite&gclid=x").answer == ask(quick, "/?lite").answer == ask(alone, "/?lite").answer
