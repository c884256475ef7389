"""A live article with a scheduled update: the old text until the very instant, the new one from then on, no worker."""

from datetime import timedelta

import pytest

from tests.newsroom.builders import NOW, article
from warta.delivery import making
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article
from warta.paper import lists, store
from warta.paper.pages import ArticlePage, GonePage
from warta.press import run

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


@pytest.fixture
def updated():
    made = article(headline="Lama")
    made.headline, made.go_live_at = "Baru", NOW + HOUR
    publish(made, by=None, now=NOW)
    run.press_all()
    return Article.objects.get(pk=made.pk)


def shown(number: int, now) -> list[str]:
    page = store.find(store.article_key(number), now=now)
    assert isinstance(page, ArticlePage)
    part = making.make(number, now=now)
    assert part is not None
    assert part.is_visible(now.timestamp())
    assert part.path == page.path
    teasers = [*lists.latest(now=now, limit=5), *lists.teasers([number], now=now)]
    return [page.headline, *(teaser.headline for teaser in teasers)]


def test_the_text_changes_at_its_instant_with_no_worker(updated):
    assert shown(updated.pk, NOW) == ["Lama"] * 3
    assert shown(updated.pk, NOW + HOUR - TICK) == ["Lama"] * 3
    assert shown(updated.pk, NOW + HOUR) == ["Baru"] * 3
    assert store.next_instant(NOW) == NOW + HOUR
    page = store.find(store.article_key(updated.pk), now=NOW + HOUR)
    assert isinstance(page, ArticlePage)
    assert (page.published_at, page.updated_at) == (NOW, NOW + HOUR)


def test_what_is_unscheduled_never_comes(updated):
    updated.unschedule()
    run.press_all()
    assert shown(updated.pk, NOW + 2 * HOUR) == ["Lama"] * 3


def test_a_withdrawal_takes_the_update_with_it(updated):
    withdraw(updated, by=None, now=NOW, ground=Ground.COUNCIL, reason="Keliru.")
    run.press_all()
    assert isinstance(store.find(store.article_key(updated.pk), now=NOW + 2 * HOUR), GonePage)
    assert lists.latest(now=NOW + 2 * HOUR, limit=5) == []
