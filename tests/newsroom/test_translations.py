"""Articles that say the same in another language: who may be named, and who is pressed anew."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.newsroom import builders
from warta.newsroom.actions.publish import publish
from warta.newsroom.models import Dispatch
from warta.paper import store
from warta.press import run as press

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def trio():
    """A report, one in English that is to be linked to it, and a third of the same language."""
    return builders.article(1), builders.article(2, lang="en"), builders.article(3, lang="en")


def link(article, to):
    article.translation_of = to
    article.clean()
    article.save_revision()
    publish(article, by=None, now=timezone.now())
    article.refresh_from_db()


def shown(article):
    page = store.find(store.article_key(article.pk), now=timezone.now())
    return [(other.lang, other.path) for other in page.translations]


def test_readers_are_led_from_each_to_the_other_until_one_is_withdrawn(trio, editors_desk):
    report, english, _ = trio
    link(english, report)
    press.press_all()
    assert (shown(report), shown(english)) == ([("en", english.path)], [("id", report.path)])
    english.unpublish()
    press.press_all()
    assert shown(report) == []


def test_who_is_named_no_longer_is_pressed_too(trio):
    report, english, _ = trio
    link(english, report)
    press.press_all()
    link(english, None)
    assert {work.object_id for work in Dispatch.objects.filter(kind="article")} == {report.pk, english.pk}
    press.press_all()
    assert (shown(report), shown(english)) == ([], [])


def test_a_translation_of_a_translation_leads_to_the_first(trio):
    report, english, _ = trio
    link(english, report)
    other = builders.article(4)
    other.translation_of = english
    with pytest.raises(ValidationError, match="bahasa ini"):
        other.clean()
    other.language = "jv"
    other.clean()
    assert other.translation_of == report


def test_two_of_one_language_a_ring_and_oneself_are_refused(trio):
    report, english, third = trio
    link(english, report)
    for article, named in ((third, report), (report, english), (third, third)):
        article.translation_of = named
        with pytest.raises(ValidationError) as refused:
            article.clean()
        assert "translation_of" in refused.value.message_dict
