"""The front page: nothing twice above the fold, a band for each rubric, kind when empty."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery.builders import NOW, article, picture, put_archive, put_frame
from tests.delivery.reading import document, page_text
from warta.delivery.views import front

pytestmark = pytest.mark.django_db(databases="__all__")


@given(st.lists(st.booleans(), max_size=60))
def test_no_article_stands_twice_above_the_fold(has_picture: list[bool]) -> None:
    newest = [
        article(number, NOW - timedelta(minutes=number), lead=picture() if pictured else None).teaser
        for number, pictured in enumerate(has_picture)
    ]
    top = front.top(newest)
    shown = [teaser.id for teaser in [*([top.lead] if top.lead else []), *top.seconds, *top.rail]]
    assert len(set(shown)) == len(shown) == min(len(newest), 1 + front.SECONDS + front.RAIL)
    assert top.ids == set(shown)
    if top.lead:
        assert top.lead.wide or not any(has_picture)
    assert top.rail == sorted(top.rail, key=lambda teaser: teaser.published_at, reverse=True)


def test_every_rubric_and_the_channels_with_a_face_have_a_band(client: Client) -> None:
    put_frame()
    put_archive(90)
    shown = document(client.get("/").content)
    bands = shown.xpath("//section[contains(@class, 'band')]")
    names = [(band.get("class"), band.xpath("h2/a/@href")[0]) for band in bands]
    assert names == [
        ("band large", "/dunia"),
        ("band row", "/politik"),
        ("band voices", "/kanal/opini"),
        ("band text", "/bisnis"),
        ("band wall", "/kanal/foto"),
    ]
    above = shown.xpath("//div[@class='top']//h2/a/@href | //div[@class='top']//li/a/@href")
    below = [href for band in bands for href in band.xpath(".//h3/a/@href")]
    assert len(set(above)) == len(above) == 1 + front.SECONDS + front.RAIL
    assert len(set(below)) == len(below)
    assert not set(above) & set(below)


def test_the_name_of_the_paper_is_its_first_heading(client: Client) -> None:
    assert document(client.get("/").content).xpath("//h1/text()") == ["Koran Contoh"]


def test_an_empty_paper_is_kind(client: Client) -> None:
    assert "Belum ada yang terbit." in page_text(client.get("/").content, "//main")
