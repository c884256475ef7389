"""Rights over photos that end: what stops a publication, what is said before, and where it is seen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.newsroom import builders
from tests.newsroom.screens import edit_url, uploaded, write
from tests.newsroom.test_home import shown
from tests.newsroom.test_prepublish import GOOD, codes
from warta.newsroom.actions.found import EDITORS
from warta.newsroom.desk import photos
from warta.newsroom.models import Article, Photo
from warta.newsroom.prepublish import Block, PhotoWords

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
"""Wagtail leaves the file of a photo's small copy open."""

NOW = timezone.now()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def placed(**values) -> PhotoWords:
    return PhotoWords("banjir", "Antara", "Air.", **values)


@pytest.mark.parametrize(
    ("until", "found"),
    [
        (NOW - DAY, [("rights-ended", "error", "lead_photo")]),
        (NOW, [("rights-ended", "error", "lead_photo")]),
        (NOW + HOUR, [("rights-ending", "warning", "lead_photo")]),
        (NOW + 7 * DAY, [("rights-ending", "warning", "lead_photo")]),
        (NOW + 7 * DAY + HOUR, []),
        (None, []),
    ],
)
def test_rights_that_end_are_an_error_and_those_that_end_soon_a_hint(until, found):
    assert codes(replace(GOOD, lead=placed(rights_until=until), appears_at=NOW)) == found


def test_what_counts_is_when_readers_see_it_and_photos_in_the_body_count_too():
    body = Block(4, "photo", "", photo=placed(rights_until=NOW + DAY))
    assert codes(replace(GOOD, blocks=[body], appears_at=NOW + 2 * DAY)) == [("rights-ended", "error", "body:4")]


@pytest.fixture
def photo(desk):
    kept = uploaded(desk, credit="Antara", description="Air.")
    kept.rights_until = NOW - DAY
    kept.save()
    return kept


def test_the_editor_refuses_to_publish_and_keeps_the_text(desk, photo):
    answer = write(desk, lead_photo=str(photo.pk))
    assert answer.status_code == 200
    assert "rights over the photo" in answer.content.decode() or "Hak atas foto" in answer.content.decode()
    assert not Article.objects.filter(live=True).exists()
    Photo.objects.update(rights_until=NOW + 30 * DAY)
    assert write(desk, lead_photo=str(photo.pk)).status_code == 302
    assert Article.objects.get().live


def test_a_schedule_beyond_the_rights_is_refused(desk, photo):
    Photo.objects.update(rights_until=NOW + DAY)
    later = (timezone.localtime(NOW) + 3 * DAY).strftime("%Y-%m-%d %H:%M:%S")
    assert write(desk, lead_photo=str(photo.pk), go_live_at=later).status_code == 200
    assert not Article.objects.exclude(latest_revision=None).exists()


def live_with(photo: Photo, number: int = 1) -> Article:
    made = builders.article(number)
    made.lead_photo = photo
    made.save()
    return made


def test_the_desk_is_told_of_live_articles_and_no_others(reporter, photo):
    reporter.groups.add(Group.objects.get(name=EDITORS))
    made = live_with(photo)
    live_with(uploaded(_browser(reporter), builders.photo_bytes(colour="red")), 2)
    assert shown(reporter)["part-rights"] == [made.headline]
    Photo.objects.update(rights_until=NOW + 3 * DAY)
    assert sorted(shown(reporter)["part-rights"]) == ["Panen Raya Hari Ke-1", "Panen Raya Hari Ke-2"]
    Photo.objects.update(rights_until=NOW + 30 * DAY)
    assert "part-rights" not in shown(reporter)


def _browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_list_and_the_screen_of_a_photo_say_so(desk, photo):
    for url in (reverse("wagtailimages:index"), reverse("wagtailimages:edit", args=[photo.pk])):
        page = desk.get(url).content.decode()
        assert "warta-rights--ended" in page or "help-critical" in page, url


def test_many_photos_cost_as_many_queries_as_few(desk, reporter, photo):
    live_with(photo)

    def cost() -> int:
        with CaptureQueriesContext(connection) as told:
            photos.ending(NOW, reporter, most=12)
        return len(told)

    cost()  # what Django remembers of content types
    few = cost()
    for number in range(2, 12):
        other = Photo.objects.get(pk=photo.pk)
        other.pk = None
        other._state.adding = True
        other.save()
        live_with(other, number)
    assert cost() == few


def test_a_hint_is_passed_by_pressing_again(desk, photo):
    Photo.objects.update(rights_until=timezone.now() + DAY)
    answer = write(desk, lead_photo=str(photo.pk))
    assert answer.status_code == 200
    again = write(desk, lead_photo=str(photo.pk), passed=answer.context["passed"])
    assert again.status_code == 302
    assert desk.get(edit_url(Article.objects.get())).status_code == 200
