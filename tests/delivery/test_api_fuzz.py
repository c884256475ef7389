"""Every address of the API keeps what its description promises, whatever it is asked: Schemathesis makes questions."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings

from tests.delivery import builders
from warta.delivery.api import limits
from warta.delivery.api.addresses import description
from warta.search import follow

pytestmark = pytest.mark.django_db(databases="__all__")
SLOWLY = {"derandomize": True, "deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}

schema = schemathesis.openapi.from_dict(description("https://koran.example", "Koran Contoh"))


def app(environ, start_response):
    """Answer with the settings of the test, which are not those of the moment in which this file is read."""
    limits.PROCESS.forget()
    return WSGIHandler()(environ, start_response)


schema.app = app


@pytest.fixture(autouse=True)
def paper(db, readers_process):
    builders.put_frame()
    for page in (builders.full_article(1, "id", "Asia/Jakarta"), builders.article(2)):
        builders.put(page)
    builders.put_gone(3)
    follow.catch_up(builders.NOW)


CASE = {"headers": {"Accept-Encoding": "identity"}}


@schema.exclude(path_regex="topics|people|channels").parametrize()
@settings(max_examples=3, **SLOWLY)
def test_what_is_described_is_answered(case):
    case.call_and_validate(**CASE)


@pytest.mark.thorough
@schema.parametrize()
@settings(max_examples=100, **SLOWLY)
def test_what_is_described_is_answered_however_often_it_is_asked(case):
    case.call_and_validate(**CASE)
