"""The last route: old addresses move on, hostile ones are not found, nothing breaks."""

from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client

from tests.delivery.builders import LONG_AGO, article, put, put_frame, put_front
from warta.delivery.views.old import LONGEST
from warta.lexicon import addresses
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(
    "asked",
    [
        "/?p=77",
        "/index.php?id=77",
        "/2011/03/judul-lama.html",
        "/2011/03/judul-lama.html/",
        "/2011/03/judul-lama.html?ref=x",
        "/judul-satu-ruas",
        "/judul-satu-ruas/",
        "/berita/J%C3%BAdul",
        "/berita/J%c3%bAdul",
        "/2011/03/judul-lama.html/amp",
        "/?p=77&amp=1&utm_source=x",
        "/index.php?id=77&page=2",
    ],
)
def test_an_old_address_moves_on(client: Client, asked: str) -> None:
    known = ["/?p=77", "/index.php?id=77", "/2011/03/judul-lama.html", "/judul-satu-ruas", "/berita/Júdul"]
    page = put(article(7), old_addresses=[addresses.old(address) for address in known])
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, page.path)
    assert response["Cache-Control"] == "public, max-age=60"


def test_a_renamed_rubric_moves_on(client: Client) -> None:
    front = put_front("rubric", "internasional", "Internasional")
    store.put("rubric:internasional", front, visible_from=LONG_AGO, old_addresses=["/dunia"])
    assert client.get("/dunia")["Location"] == "/internasional"


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/dunia/", "/dunia"),
        ("/kanal/berita/", "/kanal/berita"),
        ("/indeks/", "/indeks"),
        ("/indeks/2024/05/03/", "/indeks/2024/05/03"),
        ("/laman/tentang/", "/laman/tentang"),
        ("/robots.txt/", "/robots.txt"),
        ("/indeks/?sebelum=1-1", "/indeks?sebelum=1-1"),
    ],
)
def test_a_slash_too_many_is_taken_away(client: Client, asked: str, right: str) -> None:
    put_frame()
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, right)


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a" * (LONGEST + 1),
        "/" + "a/" * 1000,
        "/dunia/read/2024/05/03/1/" + "a" * 5000,
        "/%00",
        "/dunia%00",
        "/gambar/%00.jpg",
        "/tidak-ada?p=%00",
        "/tidak-ada?p=\0",
        "/laman/%00",
        "/%ff%fe",
        "/dunia/read/2024/05/03/1/%ff",
        "/%ed%a0%80",
        "/%0d%0aSet-Cookie:%20a=b",
        "/dunia%0a",
        "/indeks/2024/05/03%0a",
        "//evil.example",
        "//evil.example/",
        "///evil.example//",
        "/%5cevil.example/",
        "//[::1",
        "/http://[evil/",
        "/..",
        "/../../etc/passwd",
        "/gambar/../../secret",
        "/gambar/..%2f..%2fsecret",
        "/gambar/" + "0" * 32 + "-1x1.svg",
        "/gambar/",
        "/DUNIA",
        "/dunia_x",
        "/dunia/baru",
        "/kanal",
        "/kanal/",
        "/topik/tidak-ada",
        "/penulis/tidak-ada/",
        "/read/2024/05/03/1/a",
        "/dunia/read/2024/05/03/" + "9" * 19 + "/a",
        "/dunia/read/٢٠٢٤/05/03/1/a",
        "/dunia/read/2024/05/03/1/a\nb",
        "/indeks/٢٠٢٤/05/03",
        "/<script>alert(1)</script>",
        "/%",
        "/%zz",
        "/💣",
    ],
)
def test_a_hostile_address_is_not_found(client: Client, path: str) -> None:
    put_frame()
    path, _, query = path.partition("?")
    raw = unquote_to_bytes(path).decode("latin-1")
    response = client.generic("GET", "/", PATH_INFO=raw, QUERY_STRING=query)
    assert response.status_code == 404
    assert b"<h1>" in response.content
    assert b"<script>alert" not in response.content
