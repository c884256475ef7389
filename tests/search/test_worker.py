"""The worker brings what was published into the index, however much else there is to do."""

import pytest

from tests.search.builders import ask, headlines, told
from warta.config.worker import Worker
from warta.newsroom.models import Dispatch

pytestmark = pytest.mark.django_db(databases="__all__")


def test_what_was_published_is_found_after_the_next_turn():
    Dispatch.objects.all().delete()  # what founding the newsroom left
    told("Kabar Kilat")
    worker = Worker()
    worker.once()
    assert headlines("kilat") == ["Kabar Kilat"]
    told("Kabar Kilat Kedua")
    while worker.once():  # at once when nothing else is to be done, without waiting for the second
        pass
    assert len(headlines("kilat")) == 2


def test_a_press_that_never_rests_does_not_keep_the_index_waiting(monkeypatch):
    monkeypatch.setattr("warta.config.worker.press.press_next", lambda now: True)
    told("Kabar Ramai")
    assert Worker().once()
    assert ask("ramai").total == 1
