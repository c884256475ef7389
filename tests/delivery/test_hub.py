"""A hub is told which feeds changed: those that show the article, and no others."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from tests.delivery import builders
from tests.delivery.hearing import Hearing
from warta.delivery import hub
from warta.delivery.asking import NotToldError
from warta.delivery.hub import Herald
from warta.paper import store
from warta.paper.pages import Link

pytestmark = pytest.mark.django_db(databases="__all__")
SITE = "https://koran.example"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path, monkeypatch):
    settings.WARTA_HOME = tmp_path
    monkeypatch.setattr(hub, "_SETTLE_S", 0.0)


@pytest.fixture
def hearing():
    with Hearing() as server:
        yield server


@pytest.fixture
def herald(hearing):
    made = Herald(f"{hearing.url}/push?paper=1")
    made.step()
    return made


def feeds(hearing) -> list[list[str]]:
    """Return the feeds of which each request told, without their forms."""
    told = [parse_qs(heard.body.decode()) for heard in hearing.heard]
    assert all(one["hub.mode"] == ["publish"] for one in told)
    return [[url.removeprefix(SITE) for url in one["hub.url"] if url.endswith("/feed")] for one in told]


def test_what_is_new_is_told_once_in_all_forms(herald, hearing):
    topics = (Link(name="Laut", path="/topik/laut"),)
    builders.put(builders.article(7, reporters=(builders.SARI,), topics=topics))
    herald.step()
    herald.step()
    assert feeds(hearing) == [
        ["/feed", "/dunia/feed", "/kanal/berita/feed", "/topik/laut/feed", "/penulis/sari-wiradjaja/feed"]
    ]
    [heard] = hearing.heard
    assert (heard.method, heard.path) == ("POST", "/push?paper=1")
    assert f"{SITE}/dunia/feed/atom" in parse_qs(heard.body.decode())["hub.url"]


def test_an_archive_that_is_brought_over_is_not_told(herald, hearing):
    builders.put(builders.article(7, timezone.now() - timedelta(days=31)))
    builders.put_frame()
    herald.step()
    assert hearing.heard == []


def test_a_withdrawal_is_told(herald, hearing):
    builders.put_gone(7)
    herald.step()
    assert feeds(hearing) == [["/feed"]]


def test_what_the_hub_did_not_take_is_told_later(herald, hearing):
    builders.put(builders.article(7))
    hearing.status = 503
    with pytest.raises(NotToldError, match=r"the hub .* answered 503"):
        herald.step()
    hearing.status = 204
    herald.step()
    assert len(feeds(hearing)) == 2
    assert hub.told(herald.name).number == store.last_number()


def test_a_hub_that_is_away_is_named(herald, hearing):
    hearing.close()
    builders.put(builders.article(7))
    with pytest.raises(NotToldError, match=r"the hub .* does not answer"):
        herald.step()
