"""The desk's list of copies on other sites: each with what has changed since, of articles that one may see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.newsroom import builders
from warta.delivery import republished

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_desk_sees_who_republished_what_and_whom_to_tell_of_a_correction(editors_desk, reporters_desk):
    first, second = builders.article(1), builders.article(2)
    marks = republished.Marks()
    for number in (first.pk, second.pk, 99):
        marks.note(number, "mitra.example", timezone.now() - timedelta(minutes=1))
    marks.flush()
    given = {"wrong": "12 rumah", "right": "14 rumah", "kind": "erratum", "seriousness": "serious"}
    editors_desk.post(reverse("wagtailsnippets_newsroom_article:correct", args=[first.pk]), given)
    page = editors_desk.get(reverse("republished")).content.decode()
    assert (page.count("mitra.example"), page.count("Diralat sesudahnya")) == (2, 1)
    assert "mitra.example" not in reporters_desk.get(reverse("republished")).content.decode()


def test_an_empty_list_says_so_and_a_damaged_place_begins_anew(editors_desk):
    pages = [editors_desk.get(reverse("republished"), {"before": before}) for before in ("", "x", "9" * 40)]
    assert {page.status_code for page in pages} == {200}
    assert "WARTA_REPUBLISH" in pages[0].content.decode()
