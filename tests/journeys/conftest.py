"""The whole paper in one process: a founded newsroom, a reporter at the desk, a reader."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.newsroom import builders
from warta.config.settings import delivery, newsroom
from warta.newsroom.actions.found import EDITORS
from warta.press import run


@pytest.fixture(autouse=True)
def paper(founded):
    """Press what founding the newsroom left."""
    run.press_all()


@pytest.fixture
def reporter(paper):
    """A person who reports and, being an editor too, publishes."""
    person = builders.reporter()
    person.groups.add(Group.objects.get(name=EDITORS))
    return person


class Switching(Client):
    """A browser whose requests are answered by one of the two processes: the newsroom's or the readers'."""

    def __init__(self, settings, of) -> None:
        super().__init__(raise_request_exception=False)
        self._settings, self._of = settings, of

    def request(self, **request):
        """Answer as that process does."""
        self._settings.ROOT_URLCONF = self._of.ROOT_URLCONF
        self._settings.MIDDLEWARE = self._of.MIDDLEWARE
        self.handler._middleware_chain = None
        try:
            return super().request(**request)
        finally:
            self._settings.ROOT_URLCONF = newsroom.ROOT_URLCONF


@pytest.fixture
def desk(settings, reporter):
    """A reporter's browser, signed in to the newsroom's process."""
    client = Switching(settings, newsroom)
    client.force_login(reporter)
    return client


@pytest.fixture
def reader(settings):
    """A reader's browser, answered by the readers' process."""
    settings.ALLOWED_HOSTS = ["*"]
    return Switching(settings, delivery)
