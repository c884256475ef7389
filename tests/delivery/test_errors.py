"""Designed pages for 400, 404, 405, 500 and 503."""

import pytest
from django.db import OperationalError
from django.test import Client

from tests.delivery.builders import article, put, put_frame
from tests.delivery.reading import links, page_text
from warta.delivery import shell

PATHS = [
    "/",
    "/indeks",
    "/indeks/2024/05/03",
    "/dunia",
    "/laman/tentang",
    "/robots.txt",
    "/favicon.svg",
    "/tidak/ada",
    "/gambar/x",
]


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", PATHS)
def test_other_methods_are_refused(client: Client, path: str, method: str) -> None:
    response = client.generic(method, path, b"a=1")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "Halaman ini hanya untuk dibaca" in page_text(response.content, "//main")


@pytest.mark.django_db(databases="__all__")
def test_not_found_shows_ways_on_and_the_newest(client: Client) -> None:
    put_frame()
    page = put(article(1))
    response = client.get("/tidak/ada")
    assert response.status_code == 404
    assert page_text(response.content, "//main").splitlines()[:5] == [
        "404",
        "Halaman ini tidak ada di sini",
        "Mungkin alamatnya salah ketik, atau halamannya memang belum pernah terbit. Mari mulai lagi dari sini.",
        "Halaman depan",
        "Indeks semua berita",
    ]
    assert page.path in links(response.content, "//main")


@pytest.mark.django_db(databases="__all__")
def test_an_unreadable_request_is_said_to_be_one(client: Client) -> None:
    response = client.get("/indeks?" + "a=1&" * 1001)
    assert response.status_code == 400
    assert "Permintaan ini tidak dapat kami baca" in page_text(response.content, "//main")


def test_a_paper_whose_database_is_away_says_so_without_it(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/")  # the test runner lets no query through here
    assert response.status_code == 500
    assert "Ada yang rusak di pihak kami" in page_text(response.content, "//main")
    assert response["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in response


@pytest.mark.django_db(databases="__all__")
def test_readers_are_asked_to_come_back_when_the_database_does_not_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(shell, "current", away)
    client.raise_request_exception = False
    response = client.get("/tidak-ada")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response["Cache-Control"] == "no-store"
    assert "Kami segera kembali" in page_text(response.content, "//main")
