"""The fronts of rubrics, channels, topics and people, and walking down their lists."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery.builders import NOW, SARI, article, picture, put, put_archive, put_frame, put_front
from tests.delivery.reading import document, page_text
from warta.delivery import cursors
from warta.delivery.views import fronts
from warta.lexicon.zones import EARLIEST, LATEST
from warta.paper.lists import Cursor

pytestmark = pytest.mark.django_db(databases="__all__")
TEASERS = "//div[@class='run']//h2/a/@href"
OLDER = "//main//p[@class='more']/a/@href"


def test_walking_down_shows_every_article_once_newest_first(client: Client) -> None:
    put_frame()
    same_moment = [put(article(1000 + number, NOW - timedelta(hours=3))) for number in range(45)]
    archive = [page for page in put_archive(66) if page.rubric.path == "/dunia"]
    found, address = [], "/dunia"
    while address:
        shown = document(client.get(address).content)
        assert len(shown.xpath(TEASERS)) <= fronts.PAGE
        found += shown.xpath(TEASERS)
        address = next(iter(shown.xpath(OLDER)), "")
    wanted = sorted([*same_moment, *archive], key=lambda page: (page.published_at, page.id), reverse=True)
    assert found == [page.path for page in wanted]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "0",
        "a-b",
        "1-",
        "-1",
        "1714693140000000-",
        "1-1-1",
        "9" * 17 + "-1",
        "1-" + "9" * 19,
        "1 -1",
        "%00",
        "٣-٤",
        "-9999999999999999-1",
    ],
)
@pytest.mark.parametrize("path", ["/dunia", "/indeks", "/indeks/2024/05/03"])
def test_a_damaged_place_is_said_to_be_damaged(client: Client, path: str, cursor: str) -> None:
    put_frame()
    response = client.get(f"{path}?sebelum={cursor}")
    assert response.status_code == 404
    assert "Bagian daftar ini tidak ditemukan" in page_text(response.content, "//main")


@given(
    st.datetimes(EARLIEST.replace(tzinfo=None), (LATEST - timedelta(days=1)).replace(tzinfo=None)),
    st.integers(0, 10**18 - 1),
)
def test_a_place_in_an_address_is_read_as_it_was_written(naive: object, article_id: int) -> None:
    cursor = Cursor(naive.replace(tzinfo=EARLIEST.tzinfo), article_id)  # type: ignore[attr-defined]
    assert cursors.read(cursors.write(cursor)) == cursor


def test_a_person_has_a_role_and_a_portrait(client: Client) -> None:
    put_front("person", "sari-wiradjaja", SARI.name, role="Wartawan laut", portrait=picture(alt="Potret Sari"))
    text = page_text(client.get("/penulis/sari-wiradjaja").content, "//main")
    assert text.splitlines()[:3] == ["[Potret Sari]", "Sari Wiradjaja", "Wartawan laut"]


def test_an_empty_front_is_kind(client: Client) -> None:
    put_front("topic", "laut", "Laut", description="Semua tentang laut.")
    text = page_text(client.get("/topik/laut").content, "//main")
    assert text.splitlines() == [
        "Laut",
        "Semua tentang laut.",
        "Belum ada tulisan di sini. Lihat semua yang pernah terbit",
    ]


def test_the_rubric_that_is_read_is_marked_in_the_navigation(client: Client) -> None:
    put_frame()
    assert document(client.get("/politik").content).xpath("//nav//a[@aria-current]/@href") == ["/politik"]


def test_older_pages_are_not_for_search_engines(client: Client) -> None:
    put_frame()
    robots = "//meta[@name='robots']/@content"
    assert document(client.get("/dunia").content).xpath(robots) == ["max-image-preview:large"]
    assert document(client.get("/dunia?sebelum=1714693140000000-1").content).xpath(robots) == ["noindex, follow"]
