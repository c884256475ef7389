"""The index: from the newest article back to the first, and day by day in the site's zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.delivery.builders import NOW, article, put, put_archive, put_frame
from tests.delivery.reading import document, page_text
from warta.delivery.views import index

pytestmark = pytest.mark.django_db(databases="__all__")
ROWS = "//ol[@class='rows']/li/a[1]/@href"
OLDER = "//main//p[@class='more']/a/@href"


def test_it_goes_back_to_the_first_article_ever(client: Client) -> None:
    first = put(article(1, datetime(1974, 2, 6, 3, tzinfo=UTC)))
    archive = put_archive(130, first_id=2)
    found, address = [], "/indeks"
    while address:
        shown = document(client.get(address).content)
        found += shown.xpath(ROWS)
        address = next(iter(shown.xpath(OLDER)), "")
    assert found == [page.path for page in reversed([first, *archive])]


def test_days_are_headings_and_hours_stand_before_headlines(client: Client) -> None:
    put(article(1, datetime(2024, 5, 2, 16, 59, tzinfo=UTC)))
    put(article(2, datetime(2024, 5, 2, 17, 0, tzinfo=UTC), lang="en"))
    shown = client.get("/indeks").content
    assert page_text(shown, "//section[@class='day']").splitlines() == [
        "Jumat, 03 Mei 2024",
        "00:00",
        "Kapal Nomor 2 Berlayar Dunia",
        "Kamis, 02 Mei 2024",
        "23:59",
        "Kapal Nomor 1 Berlayar Dunia",
    ]
    assert document(shown).xpath("//ol[@class='rows']/li/a[1]/@lang") == ["en"]


def test_a_day_is_the_sites_day_from_midnight_to_midnight(client: Client) -> None:
    put_frame()
    inside = [
        put(article(number, at))
        for number, at in enumerate(
            [datetime(2024, 4, 30, 17, tzinfo=UTC), datetime(2024, 5, 1, 16, 59, 59, 999999, tzinfo=UTC)], start=1
        )
    ]
    before = put(article(8, datetime(2024, 4, 27, 16, 59, 59, 999999, tzinfo=UTC)))
    after = put(article(9, datetime(2024, 5, 2, 17, tzinfo=UTC)))
    shown = document(client.get("/indeks/2024/05/01").content)
    assert shown.xpath(ROWS) == [page.path for page in reversed(inside)]
    assert shown.xpath("//nav[@class='days']//a/@href") == ["/indeks/2024/04/27", "/indeks/2024/05/03"]
    assert document(client.get("/indeks/2024/04/27").content).xpath(ROWS) == [before.path]
    assert document(client.get("/indeks/2024/05/03").content).xpath(ROWS) == [after.path]


def test_an_empty_day_is_kind_and_knows_its_neighbours(client: Client) -> None:
    put(article(1, datetime(2024, 4, 1, 3, tzinfo=UTC)))
    shown = client.get("/indeks/2024/04/15").content
    assert "Tidak ada yang terbit pada tanggal ini." in page_text(shown, "//main")
    assert document(shown).xpath("//nav[@class='days']//a/@href") == ["/indeks/2024/04/01"]


def test_a_full_day_goes_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "DAY_PAGE", 4)
    pages = put_archive(9, every=timedelta(minutes=1))
    yesterday = put(article(99, NOW - timedelta(days=1)))
    found, address = [], "/indeks/2024/05/03"
    while address:
        shown = document(client.get(address).content)
        found += shown.xpath(ROWS)
        address = next(iter(shown.xpath(OLDER)), "")
    assert found == [page.path for page in reversed(pages)]
    assert yesterday.path not in found


def test_search_engines_list_a_day_that_has_articles_and_no_more_of_it(client: Client) -> None:
    put(article(1, NOW))
    robots = {
        path: document(client.get(path).content).xpath("//meta[@name='robots']/@content")[0]
        for path in ("/indeks/2024/05/03", "/indeks/2024/05/03?sebelum=1714701600000000-9", "/indeks/2024/05/02")
    }
    assert list(robots.values()) == ["max-image-preview:large", "noindex, follow", "noindex, follow"]


@pytest.mark.parametrize(
    "day",
    ["2024/02/30", "2024/13/01", "2024/00/10", "0000/01/01", "0001/01/01", "1899/12/31", "2100/01/01", "9999/12/31"],
)
def test_a_day_that_cannot_be_is_not_found(client: Client, day: str) -> None:
    response = client.get(f"/indeks/{day}")
    assert response.status_code == 404
    assert "Tanggal ini tidak ada" in page_text(response.content, "//main")


@pytest.mark.parametrize("day", ["1900/01/02", "2099/12/30", "2024/02/29"])
def test_a_day_that_can_be_is_answered(client: Client, day: str) -> None:
    assert client.get(f"/indeks/{day}").status_code == 200


def test_the_form_leads_to_the_day(client: Client) -> None:
    response = client.get("/indeks", {"tanggal": "2024-05-03"})
    assert (response.status_code, response["Location"]) == (302, "/indeks/2024/05/03")


@pytest.mark.parametrize("wanted", ["2024-02-30", "kemarin", "2024-05-03T00:00", "//evil.example", "9999-12-31", "\0"])
def test_the_form_refuses_what_is_no_day(client: Client, wanted: str) -> None:
    assert client.get("/indeks", {"tanggal": wanted}).status_code == 404


def test_an_empty_form_shows_the_index(client: Client) -> None:
    assert client.get("/indeks", {"tanggal": ""}).status_code == 200


def test_an_empty_paper_is_kind(client: Client) -> None:
    assert "Belum ada yang terbit." in page_text(client.get("/indeks").content, "//main")
