"""What all tests share: a reader's client, an editor's client, a founded paper."""

from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from wagtail.models import Collection

from tests import migrated
from warta.config.settings import delivery
from warta.newsroom.actions.found import found
from warta.newsroom.models import Channel

DATABASES = list(settings.DATABASES)
FOUNDED_AT = datetime(2020, 1, 1, tzinfo=UTC)
"""Before any moment at which a test stops the clock, so that what founding leaves to be pressed is due."""


def pytest_addoption(parser):
    parser.addoption("--interleavings", type=int, default=160, help="how many orders of editors are played")
    parser.addoption("--thorough", action="store_true", help="also run what takes long (make test-thorough)")


def pytest_collection_modifyitems(config, items):
    """Leave out what takes long, unless it is asked for."""
    if not config.getoption("--thorough"):
        left_out = [item for item in items if "thorough" in item.keywords]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if "thorough" not in item.keywords]


@pytest.fixture(scope="session")
def _migrated():
    """Hold what lets the tests' database be copied instead of migrated."""
    is_file = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    with ExitStack() as held:
        held.enter_context(migrated.copied() if is_file else migrated.from_template())
        yield held


@pytest.fixture(scope="session")
def django_db_setup(_migrated, django_db_setup, django_db_blocker):
    """Make the databases, let go of the lock as soon as they are there, and found the newsroom for all tests."""
    _migrated.close()
    with django_db_blocker.unblock(), time_machine.travel(FOUNDED_AT, tick=False):
        found()


@pytest.fixture
def founded(db):
    """A founded newsroom; a test that commits empties the databases for those behind it."""
    if not Channel.objects.exists():
        if Collection.get_first_root_node() is None:
            Collection.add_root(name="Root")
        found()


@pytest.fixture(autouse=True)
def _own_pictures(settings, tmp_path):
    """Each test has folders of its own for pictures and originals."""
    settings.WARTA_PICTURES = tmp_path / "pictures"
    settings.MEDIA_ROOT = tmp_path / "originals"


@pytest.fixture
def as_delivery(settings):
    """Answer requests as the reader's processes do."""
    settings.ROOT_URLCONF = delivery.ROOT_URLCONF
    settings.MIDDLEWARE = delivery.MIDDLEWARE
    settings.ALLOWED_HOSTS = delivery.ALLOWED_HOSTS


@pytest.fixture
def reader(as_delivery):
    """A reader's browser; it raises nothing, so that a 500 is seen as readers see it."""
    return Client(raise_request_exception=False)
