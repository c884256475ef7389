"""Gates for tests: one that follows the paper, and one that never made an edition, so that Django answers all."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.utils import timezone

from tests.config.running import free_port
from tests.delivery.builders import NOW
from warta.config import environment
from warta.config import gate as gate_module
from warta.config.asgi import Application
from warta.config.gate import Gate
from warta.config.handover import Handover
from warta.config.settings import delivery
from warta.delivery import making


@pytest.fixture
def readers_process(settings, tmp_path, monkeypatch) -> Iterator[None]:
    """Answer as a process of the readers does, in the test's own transaction and folder."""
    settings.ROOT_URLCONF = delivery.ROOT_URLCONF
    settings.MIDDLEWARE = delivery.MIDDLEWARE
    settings.ALLOWED_HOSTS = delivery.ALLOWED_HOSTS
    settings.WARTA_CACHE = tmp_path / "cache"
    settings.WARTA_SITE_URL = "https://koran.example"
    monkeypatch.setattr(gate_module, "PATIENCE_S", 60.0)  # a busy machine is not what these tests ask about
    making.parts.cache_clear()
    making.shelf.cache_clear()
    for alias in connections:  # the test's own transaction must outlive a request
        monkeypatch.setattr(connections[alias], "close_if_unusable_or_obsolete", lambda: None)
    yield
    making.parts.cache_clear()
    making.shelf.cache_clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at NOW; a test may move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def new(application: Application | None = None) -> Gate:
    """Return a gate that has made no edition; nobody answers behind its door to the newsroom."""
    return Gate(application or ASGIHandler().handle, Handover(free_port(), environment.current()))


def follow(gate: Gate, now: datetime | None = None) -> Gate:
    """Let a gate see what changed."""
    gate._follower.step(now or timezone.now())
    return gate
