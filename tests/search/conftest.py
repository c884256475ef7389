"""A paper that the search follows: in the database that the tests run on, on the stand-in, on a server."""

from importlib.util import find_spec

import pytest
import time_machine
from django.conf import LazySettings, settings

from tests.delivery.builders import NOW
from tests.search.opensearch_server import Stand
from warta.search import opensearch, opensearch_server

ENGINES = ["database"]
if find_spec("opensearchpy") is not None:
    ENGINES += ["stand-in", "opensearch"] if settings.TEST_OPENSEARCH else ["stand-in"]


@pytest.fixture(autouse=True)
def site(settings: LazySettings) -> None:
    settings.WARTA_ZONE = "Asia/Jakarta"


@pytest.fixture(autouse=True)
def clock():
    """Stop the clock at NOW."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def _stand():
    stand = Stand(login="warta:r@h/sia")
    yield stand
    stand.close()


@pytest.fixture
def stand(_stand, settings):
    """An empty stand-in, which has the index."""
    _stand.indexes, _stand.failing, _stand.delay_s = {}, {}, 0.0
    _stand.asked.clear()
    settings.WARTA_OPENSEARCH = _stand.address("warta:r%40h%2Fsia")
    yield _stand
    opensearch_server._of.cache_clear()


@pytest.fixture(params=ENGINES)
def engine(request, settings):
    """Where the index lies."""
    if request.param == "stand-in":
        request.getfixturevalue("stand")
    elif request.param == "opensearch":
        settings.WARTA_OPENSEARCH = settings.TEST_OPENSEARCH
        for generation in range(1, 5):
            opensearch.drop(generation)
    return request.param
