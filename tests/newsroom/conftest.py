"""A founded newsroom for every test of this room, and people who are signed in."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.newsroom import builders
from warta.newsroom.actions.found import EDITORS
from warta.newsroom.desk.numbers import live, pieces
from warta.newsroom.models import Dispatch


@pytest.fixture(autouse=True)
def newsroom(founded):
    """A founded newsroom in which no work waits; what all screens share is another test's."""
    live.forget()
    pieces.forget()
    Dispatch.objects.all().delete()


@pytest.fixture
def reporter(newsroom):
    """A person of the reporters' group."""
    return builders.reporter()


@pytest.fixture
def desk(reporter):
    """The browser of a reporter who is an editor too and so publishes, signed in; a 500 is seen as an answer."""
    reporter.groups.add(Group.objects.get(name=EDITORS))
    client = Client(raise_request_exception=False)
    client.force_login(reporter)
    return client


@pytest.fixture
def reporters_desk(reporter):
    """The browser of a reporter who is nothing else, signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(reporter)
    return client


@pytest.fixture
def editors_desk(newsroom):
    """An editor's browser, signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(builders.editor())
    return client
