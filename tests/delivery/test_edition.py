"""The edition of a moment: what is laid around every article, and until when it is good."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.delivery.builders import NOW, article, put, put_archive, put_frame, put_front
from warta.delivery import edition
from warta.delivery.edition import Edition
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__")
MIDNIGHT = datetime(2024, 5, 3, 17, 0, tzinfo=UTC)
"""The next in Jakarta."""


def text(made: Edition, lang: str) -> str:
    frame = made.frames[lang]
    return b"".join(segment.plain for segment in (frame.top, frame.lists, frame.foot)).decode()


def test_it_holds_the_lists_and_the_shell_in_both_languages() -> None:
    put_frame()
    newest = put_archive(20)[-1]
    made = edition.make(NOW)
    assert set(made.frames) == {"id", "en"}
    assert newest.headline in text(made, "id")
    assert newest.headline in text(made, "en")
    assert ("UPDATE" in text(made, "id"), "Selengkapnya" in text(made, "id")) == (True, True)
    assert ("Latest" in text(made, "en"), "Selengkapnya" in text(made, "en")) == (True, False)
    assert made.frames["id"].tag != made.frames["en"].tag
    assert made.number == store.last_number() > 0


def test_nothing_of_any_article_is_in_it() -> None:
    put_frame()
    made = edition.make(NOW)
    for lang in ("id", "en"):
        assert "<data" not in text(made, lang)
        assert "<h1" not in text(made, lang)
        assert "<title" not in text(made, lang)


def test_the_same_state_makes_the_same_tag_and_another_state_another() -> None:
    put_frame()
    first = edition.make(NOW)
    assert edition.make(NOW + timedelta(minutes=1)).tag == first.tag
    put(article(7))
    second = edition.make(NOW)
    assert second.tag != first.tag
    assert second.frames["id"].tag != first.frames["id"].tag
    put_front("rubric", "olahraga", "Olahraga")
    third = edition.make(NOW)
    assert third.frames["en"].tag != second.frames["en"].tag
    assert len({first.tag, second.tag, third.tag, edition.make(MIDNIGHT).tag}) == 4


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_tag_of_a_frame_changes_only_with_its_bytes(lang: str) -> None:
    put_frame()
    seen: dict[str, str] = {}
    for turn in range(10):
        put(article(7 + turn, NOW + timedelta(hours=turn)))
        for hour in (0, turn, 20):
            made = edition.make(NOW + timedelta(hours=hour))
            assert seen.setdefault(made.frames[lang].tag, text(made, lang)) == text(made, lang)
    assert len(set(seen.values())) == len(seen) > 5


def test_it_ends_when_something_appears_or_expires_or_with_the_hour() -> None:
    second, minute = timedelta(seconds=1), timedelta(minutes=1)
    assert edition.make(NOW).ends_at == NOW + 60 * minute
    put(article(1, NOW + 90 * minute))
    assert edition.make(NOW + minute).ends_at == NOW + 60 * minute
    put(article(2), until=NOW + 30 * minute)
    assert edition.make(NOW).ends_at == NOW + 30 * minute
    put(article(3, NOW + 5 * second))
    assert edition.make(NOW).ends_at == NOW + 5 * second
    assert edition.make(NOW + 5 * second).ends_at == NOW + 30 * minute
    assert edition.make(NOW + 30 * minute).ends_at == NOW + 60 * minute


def test_midnight_is_the_sites_where_zones_are_not_whole_hours_apart(settings) -> None:
    settings.WARTA_ZONE = "Asia/Kolkata"
    midnight = datetime(2024, 5, 3, 18, 30, tzinfo=UTC)
    assert edition.make(midnight - timedelta(minutes=20)).ends_at == midnight
    assert edition.make(midnight).ends_at == midnight + timedelta(minutes=30)


def test_what_expires_or_appears_leaves_and_enters_the_lists_at_its_instant() -> None:
    ending = put(article(1), until=NOW + timedelta(seconds=1))
    due = put(article(2, NOW + timedelta(seconds=2)))
    for seconds, is_ending, is_due in [(0, True, False), (1, False, False), (2, False, True)]:
        shown = text(edition.make(NOW + timedelta(seconds=seconds)), "id")
        assert ((ending.headline in shown), (due.headline in shown)) == (is_ending, is_due), seconds


def test_it_costs_as_many_queries_for_many_articles_as_for_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    put_frame()
    put_archive(5)
    with CaptureQueriesContext(connection) as few:
        edition.make(NOW)
    put_archive(120, first_id=100)
    with django_assert_num_queries(len(few)):
        edition.make(NOW)
    assert len(few) <= 14
