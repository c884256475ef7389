"""What the tables are beyond what Django makes of the models."""

import secrets

import pytest
from django.db import connection

from tests.delivery.builders import NOW, article
from warta import plain
from warta.paper import store

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite packs nothing; `make test` runs it on PostgreSQL")
def test_long_texts_are_packed_by_lz4():
    page = article(1, NOW, standfirst=secrets.token_hex(20) * 200)
    store.put("article:1", page, visible_from=NOW)
    assert plain.ask("SELECT pg_column_compression(data) FROM paper_storedpage WHERE key = 'article:1'") == [("lz4",)]


@pytest.mark.parametrize(
    "table", ["paper_storedpage", "paper_oldaddress", "paper_placement", "newsroom_article", "ingest_taken"]
)
def test_no_row_pays_for_an_index_that_nobody_asks(table):
    with connection.cursor() as cursor:
        kept = connection.introspection.get_constraints(cursor, table)
    indexes = {name: told["columns"] for name, told in kept.items() if told["index"] or told["unique"]}
    assert indexes
    assert [name for name in indexes if name.endswith("_like")] == []
    assert [name for name, columns in indexes.items() if table == "paper_placement" and columns == ["page_id"]] == []
