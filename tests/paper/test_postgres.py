"""What the tables are on PostgreSQL beyond what Django makes of the models."""

import secrets

import pytest
from django.db import connection

from tests.delivery.builders import NOW, article
from warta import plain
from warta.paper import store


@pytest.fixture(autouse=True)
def _postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone: python -m tests.postgres pytest …")


def test_long_texts_are_packed_by_lz4():
    page = article(1, NOW, standfirst=secrets.token_hex(20) * 200)
    store.put("article:1", page, visible_from=NOW)
    assert plain.ask("SELECT pg_column_compression(data) FROM paper_storedpage WHERE key = 'article:1'") == [("lz4",)]


def test_no_row_pays_for_an_index_that_nobody_asks():
    tables = ("paper_storedpage", "paper_oldaddress", "paper_placement", "newsroom_article", "ingest_taken")
    named = [name for (name,) in plain.ask("SELECT indexname FROM pg_indexes WHERE tablename = ANY(%s)", list(tables))]
    assert named
    assert [name for name in named if name.endswith("_like")] == []
    assert [name for name in named if name.startswith("paper_placement_page")] == []
