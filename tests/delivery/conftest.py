"""A paper of two languages and three zones, answered by the reader's process alone, at one fixed moment."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from tests.delivery.builders import NOW
from warta.delivery import making
from warta.delivery.api import limits


@pytest.fixture(autouse=True)
def readers_process(settings: LazySettings) -> None:
    """Answer as a process of the delivery does, whatever settings the tests run under."""
    settings.ROOT_URLCONF = "warta.delivery.urls"
    settings.MIDDLEWARE = ["warta.delivery.headers.HeadersMiddleware"]
    settings.ALLOWED_HOSTS = ["*"]
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
    settings.LANGUAGE_CODE = "id"
    settings.WARTA_NAME = "Koran Contoh"
    settings.WARTA_TAGLINE = "Kabar yang dicoba"
    settings.WARTA_SITE_URL = "https://koran.example"
    settings.WARTA_ZONE = "Asia/Jakarta"
    limits.PROCESS.forget()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at NOW; a test may move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cache(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """Keep parts and whole pages in a folder of the test's own, for it alone."""
    settings.WARTA_CACHE = tmp_path / "cache"
    making.parts.cache_clear()
    making.shelf.cache_clear()
    yield tmp_path / "cache"
    making.parts.cache_clear()
    making.shelf.cache_clear()
