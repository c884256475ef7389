"""The front and an article cost as many queries with 30,000 articles as with 300."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import DATABASES
from tests.delivery.builders import article
from tests.paper.bulk import put_many
from warta.lexicon import addresses

pytestmark = pytest.mark.django_db(databases=DATABASES)


def queries(reader, path: str) -> list[str]:
    """Return the queries that a page costs, once all that is kept between requests is kept."""
    assert reader.get(path).status_code == 200, path
    captured = [CaptureQueriesContext(connections[name]) for name in DATABASES]
    for one in captured:
        one.__enter__()
    try:
        assert reader.get(path).status_code == 200
    finally:
        for one in captured:
            one.__exit__(None, None, None)
    return [query["sql"] for one in captured for query in one.captured_queries]


def test_30000_articles_cost_as_many_queries_as_300(reader):
    newest = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    put_many(300, newest=newest)
    oldest = article(1, newest - timedelta(minutes=7) * 299)
    day = addresses.index(timezone.localtime(newest).date())
    paths = [oldest.path, "/", "/indeks", day]
    few = {path: len(queries(reader, path)) for path in paths}
    put_many(29_700, newest=newest - timedelta(minutes=7) * 300, first_id=301)
    assert {path: len(queries(reader, path)) for path in paths} == few
    assert max(few.values()) <= 20
