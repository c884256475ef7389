"""The history of an article as readers see it: when and why it changed, and any two versions word by word."""

from datetime import timedelta

import pytest
from lxml import html

from tests.delivery.builders import NOW, article, put, put_gone
from warta.delivery.views.history import changes
from warta.paper import history
from warta.paper.pages import Past

pytestmark = pytest.mark.django_db(databases="__all__")


def version(number: int, **values: object) -> Past:
    given = {
        "kind": "published" if number == 1 else "updated",
        "headline": "Sungai Meluap",
        "body": ("Air naik.", f"Sebanyak {number} rumah terendam.", "Warga mengungsi."),
        "hash": f"{number:064x}",
        "at": NOW - timedelta(hours=10 - number),
        **values,
    }
    return Past(number=number, **given)


@pytest.fixture
def kept():
    put(article(7))
    history.keep(7, [version(1), version(2, kind="corrected", why="Dua rumah, bukan satu."), version(3)])


def test_the_versions_stand_newest_first_with_when_and_why(reader, kept):
    page = html.fromstring(reader.get("/riwayat/7").content)
    told = [" ".join(item.text_content().split()) for item in page.findall(".//ol/li")]
    assert [words.split(".")[0] for words in told] == ["3", "2", "1"]
    assert "Dikoreksi" in told[1]
    assert "Dua rumah, bukan satu." in told[1]
    assert [link.get("href") for link in page.findall(".//ol//a")] == ["/riwayat/7/2/3", "/riwayat/7/1/2"]
    assert article(7).path in [link.get("href") for link in page.findall(".//header//a")]


def test_two_versions_show_the_words_that_differ_and_the_others_once(reader, kept):
    page = html.fromstring(reader.get("/riwayat/7/1/3").content)
    assert [mark.text_content() for mark in page.findall(".//del/b")] == ["1"]
    assert [mark.text_content() for mark in page.findall(".//ins/b")] == ["3"]
    assert page.text_content().count("Warga mengungsi.") == 1


def test_paragraphs_that_came_or_went_are_shown_on_one_side():
    made = list(changes(version(1, body=("Satu.", "Dua.")), version(2, body=("Satu.", "Dua.", "Tiga."))))
    assert [change.is_same for change in made] == [True, True, True, True, False]
    assert (made[-1].before, made[-1].after[0].words) == ([], "Tiga.")


@pytest.mark.parametrize("path", ["/riwayat/7/3/1", "/riwayat/7/1/9", "/riwayat/7/1/1", "/riwayat/8", "/riwayat/8/1/2"])
def test_what_is_not_there_is_not_found(reader, kept, path):
    assert reader.get(path).status_code == 404


def test_a_withdrawn_article_has_no_history_to_see(reader, kept):
    put_gone(7)
    for path in ("/riwayat/7", "/riwayat/7/1/2"):
        answer = reader.get(path)
        assert (answer.status_code, b"rumah" in answer.content) == (301, False)


def test_what_is_not_yet_to_be_seen_has_none(reader, kept):
    put(article(9), visible_from=NOW + timedelta(days=400))
    history.keep(9, [version(1), version(2)])
    assert reader.get("/riwayat/9").status_code == 404


def test_an_article_with_one_version_leads_to_no_history(reader):
    put(article(7))
    put(article(8, versions=2))
    assert b"/riwayat/" not in reader.get(article(7).path).content
    assert b'href="/riwayat/8"' in reader.get(article(8).path).content


def test_a_version_that_is_kept_stays_as_it_is(kept):
    history.keep(7, [version(2, why="lain"), version(4)])
    assert [one.number for one in history.of(7, 9)] == [4, 3, 2, 1]
    assert history.two(7, 1, 2)[1].why == "Dua rumah, bukan satu."
