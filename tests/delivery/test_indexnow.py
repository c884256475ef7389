"""Search engines are told which articles changed, and can see that it is the paper that tells them."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.delivery import builders
from tests.delivery.hearing import Hearing
from warta.delivery import indexnow
from warta.delivery.asking import NotToldError
from warta.delivery.indexnow import Caller
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__")
SITE = "https://koran.example"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path, monkeypatch):
    settings.WARTA_HOME = tmp_path
    monkeypatch.setattr(indexnow, "_SETTLE_S", 0.0)


@pytest.fixture
def hearing():
    with Hearing() as server:
        yield server


@pytest.fixture
def caller(hearing):
    made = Caller(f"{hearing.url}/indexnow")
    made.step()
    return made


def test_articles_are_named_that_changed_lately(caller, hearing):
    new = builders.put(builders.article(7))
    gone = builders.put_gone(8)
    builders.put(builders.article(9, timezone.now() - timedelta(days=31)))
    builders.put_frame()
    caller.step()
    caller.step()
    [heard] = hearing.heard
    assert (heard.method, heard.path) == ("POST", "/indexnow")
    told = json.loads(heard.body)
    assert told["host"] == "koran.example"
    assert told["urlList"] == [SITE + new.path, SITE + gone.path]
    assert told["keyLocation"] == f"{SITE}/{told['key']}.txt"


def test_the_key_lies_where_it_says(client: Client, settings):
    path = f"/{indexnow.key()}.txt"
    assert client.get(path).status_code == 404
    settings.WARTA_INDEXNOW = "https://engine.example/indexnow"
    assert client.get(path).content.decode() == indexnow.key()
    assert client.get(f"/{'0' * 32}.txt").status_code == 404


def test_what_was_not_taken_is_told_later(caller, hearing):
    builders.put(builders.article(7))
    hearing.status = 429
    with pytest.raises(NotToldError, match="answered 429"):
        caller.step()
    hearing.status = 202
    caller.step()
    assert len(hearing.heard) == 2
    assert indexnow.told(caller.name).number == store.last_number()
