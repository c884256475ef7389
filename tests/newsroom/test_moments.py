"""Schedules to the second, in the zone of who looks and in the article's; hours that a zone skips or has twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests.newsroom import builders
from tests.newsroom.screens import edit_url, write
from warta.newsroom import reading
from warta.newsroom.actions.publish import publish
from warta.newsroom.models import Article

AT = datetime(2031, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def editor(newsroom):
    return builders.editor()


@pytest.fixture
def browser(editor):
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    return client


def live_in(zone: str, editor) -> None:
    UserProfile.objects.update_or_create(user=editor, defaults={"current_time_zone": zone})


def updated_later(at: datetime) -> Article:
    """Return a live article that an update takes over at an instant."""
    article = publish(Article.objects.get(pk=builders.article().pk), by=None, now=timezone.now())
    article.headline, article.go_live_at = "Panen Raya Selesai", at
    article.publish(article.save_revision())
    return Article.objects.get(pk=article.pk)


def test_a_schedule_keeps_its_second_through_the_editor(browser):
    assert write(browser, go_live_at="2031-03-04 12:06:07", zone="Asia/Jakarta").status_code == 302
    article = Article.objects.get()
    assert article.scheduled_revision.approved_go_live_at == AT
    page = browser.get(edit_url(article)).content.decode()
    assert 'value="2031-03-04 12:06:07"' in page
    assert "<strong>Terbit sendiri pada</strong> Selasa, 04 Maret 2031 | 12:06:07 WIB <a href=" in page


def test_instants_are_shown_in_the_zone_of_who_looks_and_in_the_articles(editor, browser):
    live_in("Asia/Jayapura", editor)
    assert write(browser, go_live_at="2031-03-04 14:06:07", zone="Asia/Jakarta").status_code == 302
    article = Article.objects.get()
    assert article.scheduled_revision.approved_go_live_at == AT
    page = browser.get(edit_url(article)).content.decode()
    assert "Selasa, 04 Maret 2031 | 14:06:07 WIT = 12:06:07 WIB" in page


def test_an_embargo_is_loud_and_gone_when_it_is_over(browser):
    article = builders.article(status="draft", embargo=timezone.now() + timedelta(hours=2))
    assert (
        'class="warta-moments__loud"><strong>EMBARGO: jangan terbit' in browser.get(edit_url(article)).content.decode()
    )
    over = builders.article(2, status="draft", embargo=timezone.now() - timedelta(hours=2))
    assert "warta-moments" not in browser.get(edit_url(over)).content.decode()


@pytest.mark.parametrize(
    ("zone", "typed", "why"),
    [
        ("America/New_York", "2031-03-09 02:30:00", "the clock skips that hour"),
        ("America/New_York", "2031-11-02 01:30:00", "the clock has that hour twice"),
    ],
)
def test_an_hour_that_a_zone_skips_or_has_twice_is_asked_for_and_not_guessed(editor, browser, zone, typed, why):
    live_in(zone, editor)
    answer = write(browser, go_live_at=typed)
    assert answer.status_code == 200, why
    assert "go_live_at" in answer.context["form"].errors
    assert not Article.objects.exists()


def test_publishing_over_a_scheduled_update_is_told_before_it_happens(browser):
    article = updated_later(AT)
    page = browser.get(edit_url(article)).content.decode()
    assert "Pembaruan terjadwal menggantikan naskah ini pada</strong> Selasa, 04 Maret 2031 | 12:06:07 WIB" in page
    held = write(browser, url=edit_url(article), go_live_at="")
    assert held.status_code == 200
    assert "Terbitan sekarang menggantikannya" in held.content.decode()
    assert Article.objects.get().scheduled_revision is not None
    passed = held.context["passed"]
    assert write(browser, url=edit_url(article), go_live_at="", passed=passed).status_code == 302
    assert Article.objects.get().scheduled_revision is None


def test_what_is_scheduled_can_still_be_mended_and_a_mere_draft_says_that_it_is_not_part_of_it(browser):
    write(browser, go_live_at="2031-03-04 12:06:07", headline="Salah Ketik")
    article = Article.objects.get()
    assert write(browser, action="draft", url=edit_url(article), headline="Benar").status_code == 302
    assert "terbitkan lagi agar ikut" in browser.get(edit_url(article)).content.decode()
    assert reading.article(article.pk).headline == "Salah Ketik"
    assert write(browser, url=edit_url(article), headline="Benar").status_code == 302
    assert reading.article(article.pk).headline == "Benar"
    assert Article.objects.get().scheduled_revision.approved_go_live_at == AT
    assert "terbitkan lagi agar ikut" not in browser.get(edit_url(article)).content.decode()
