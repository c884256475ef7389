"""A page of a large archive costs as many queries as a page of a small one."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.delivery.builders import put_archive, put_frame

pytestmark = pytest.mark.django_db(databases="__all__")


def queries(client: Client, path: str) -> int:
    captured = [CaptureQueriesContext(connection) for connection in connections.all()]
    for context in captured:
        context.__enter__()
    try:
        assert client.get(path).status_code == 200
    finally:
        for context in captured:
            context.__exit__(None, None, None)
    return sum(len(context) for context in captured)


def test_queries_do_not_grow_with_the_archive(client: Client) -> None:
    put_frame()
    page = put_archive(20)[-1]
    paths = (page.path, "/", "/indeks", "/indeks/2024/05/02", "/dunia", "/kanal/opini")
    before = {path: queries(client, path) for path in paths}
    put_archive(1980, first_id=1000, every=timedelta(hours=5))
    assert {path: queries(client, path) for path in paths} == before
    assert before[page.path] <= 8
    assert before["/"] <= 6 + 3 + 2
