"""Every page says in its head what it is, for those who list it elsewhere."""

import pytest
from django.test import Client

from tests.delivery.builders import article, put, put_frame, put_front
from tests.delivery.reading import document
from warta.paper.pages import Paragraph

pytestmark = pytest.mark.django_db(databases="__all__")


def description(client: Client, path: str) -> str:
    (found,) = document(client.get(path).content).xpath("//head/meta[@name='description']/@content")
    return str(found)


def test_every_kind_of_page_has_one(client: Client, settings) -> None:
    put_frame()
    assert description(client, "/") == "Kabar yang dicoba"
    settings.WARTA_TAGLINE = ""
    assert description(client, "/") == "Koran Contoh: berita saat ini"
    assert description(client, "/indeks") == "Koran Contoh: semua yang sudah terbit, terbaru di atas"
    assert description(client, "/indeks/2024/05/02") == "Koran Contoh: Kamis, 02 Mei 2024"
    assert description(client, "/dunia") == "Dunia: semua yang sudah terbit, terbaru di atas – Koran Contoh"
    assert description(client, "/laman/tentang") == "Tentang Kami – Koran Contoh"
    assert description(client, "/cari?q=kapal").startswith("kapal – Koran Contoh: ")
    put_front("topic", "laut", "Laut", description="Semua tentang laut.")
    assert description(client, "/topik/laut") == "Semua tentang laut."


def test_an_article_without_standfirst_is_described_by_its_opening(client: Client) -> None:
    opening = 'Kapal <b>"Sinar"</b> &amp; awaknya &lt;tiba&gt;. ' + "Semua selamat sampai di dermaga lama. " * 6
    path = put(article(7, body=(Paragraph(html=opening),))).path
    found = description(client, path)
    assert found.startswith('Kapal "Sinar" & awaknya <tiba>. Semua selamat')
    assert len(found) <= 160
    head = document(client.get(path).content).find("head")
    assert head.xpath("tiba") == []
    assert head.xpath("meta[@property='og:description']/@content") == [found]


def test_lines_of_an_opening_are_parted(client: Client) -> None:
    path = put(article(7, body=(Paragraph(html="Baris satu<br>baris dua lanjut."),))).path
    assert description(client, path) == "Baris satu baris dua lanjut."
