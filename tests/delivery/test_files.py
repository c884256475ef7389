"""Pictures, the static pages and the small files."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from lxml import etree

from tests.delivery.builders import put_frame
from tests.delivery.reading import document, page_text
from warta.paper import pictures

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(
    ("suffix", "content_type"), [("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")]
)
def test_a_picture_is_kept_for_a_year(
    client: Client, settings: LazySettings, tmp_path: Path, suffix: str, content_type: str
) -> None:
    settings.WARTA_PICTURES = tmp_path
    file = pictures.put(b"bytes of a picture", width=480, height=320, suffix=suffix)
    response = client.get(file.address)
    assert (response.status_code, response.content) == (200, b"bytes of a picture")
    assert response["Content-Type"] == content_type
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.head(file.address).status_code == 200


def test_a_picture_that_is_not_there_is_not_found(client: Client, settings: LazySettings, tmp_path: Path) -> None:
    settings.WARTA_PICTURES = tmp_path
    assert client.get(f"/gambar/{'0' * 32}-480x320.jpg").status_code == 404


def test_a_static_page_is_answered(client: Client) -> None:
    put_frame()
    shown = client.get("/laman/tentang")
    assert page_text(shown.content, "//main").splitlines() == [
        "Tentang Kami",
        "Koran ini contoh.",
        "Diperbarui Senin, 01 Januari 2001 | 07:00 WIB",
    ]
    assert "/laman/tentang" in document(shown.content).xpath("//footer//a/@href")


def test_the_sign_is_a_picture(client: Client) -> None:
    response = client.get("/favicon.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert etree.fromstring(response.content).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize(
    "path", ["/ads.txt", "/app-ads.txt", "/trust.txt", "/.well-known/trust.txt", "/.well-known/security.txt"]
)
def test_what_an_operator_puts_down_is_given_out(
    client: Client, settings: LazySettings, tmp_path: Path, path: str
) -> None:
    settings.WARTA_HOME = tmp_path
    assert client.get(path).status_code == 404
    file = tmp_path / "files" / path.rpartition("/")[2]
    file.parent.mkdir()
    file.write_text("iklan.example, 1, DIRECT\n")
    answer = client.get(path)
    assert answer.content == b"iklan.example, 1, DIRECT\n"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    file.write_bytes(b"#" * (2**20 + 1))
    assert client.get(path).status_code == 404


def test_a_password_manager_finds_where_passwords_are_changed(client: Client) -> None:
    answer = client.get("/.well-known/change-password")
    assert (answer.status_code, answer["Location"]) == (302, "/redaksi/account/")
