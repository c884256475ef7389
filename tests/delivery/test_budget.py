"""No page grows by more than two per cent unless `budget.json` is changed in the same commit."""

import os

import pytest

from tests.delivery import budget, weighing
from tests.delivery.builders import NOW
from warta.delivery import making
from warta.delivery.edition import make
from warta.delivery.parts import Parts
from warta.delivery.shelf import Shelf
from warta.delivery.shortpath import ShortPath

pytestmark = pytest.mark.django_db(databases="__all__")

GROWTH = 0.02
FIRST_FLIGHT_BYTES = 12_000
"""What a server may send before the first answer of the reader's machine, TLS and headers taken off."""
SCRIPT_BYTES = 2_000


@pytest.fixture
def weights(reader):
    return weighing.weighed(reader)


def test_no_page_grows_unnoticed(weights):
    if os.environ.get(budget.REWRITE):
        budget.write(weights)
    allowed = budget.load()
    assert weights.keys() == allowed.keys()
    grown = [
        f"{kind}: {what} {allowed[kind][what]} -> {weight}"
        for kind, page in weights.items()
        for what, weight in page.items()
        if weight > allowed[kind][what] * (1 + GROWTH)
    ]
    assert grown == [], "if that is meant: python -m tests.delivery.budget, and say why in the commit"


def test_no_page_asks_for_more_than_itself_and_one_picture(weights):
    assert {kind: page["requests"] for kind, page in weights.items()} == {
        "article": 2,
        "front": 2,
        "rubric": 2,
        "index": 1,
        "person": 2,
        "static": 1,
        "missing": 1,
        "gone": 1,
    }


def test_an_article_of_600_words_comes_in_the_first_flight(weights, reader, tmp_path):
    part = making.make(weighing.ARTICLE, now=NOW)
    parts = Parts(tmp_path / "parts", version="1")
    parts.put(part)
    answer = ShortPath(parts, Shelf(tmp_path / "shelf.sqlite3", version="1")).article(
        part.path, make(NOW), NOW.timestamp(), {"accept-encoding": "gzip"}
    )
    assert answer.body == weighing.joined()
    assert 590 <= weighing.words(reader.get(part.path).content) <= 640
    sent = ["HTTP/1.1 200 OK", "date: Fri, 03 May 2024 02:00:00 GMT", *map(": ".join, answer.headers), ""]
    assert len("\r\n".join(sent)) + 2 + len(answer.body) <= FIRST_FLIGHT_BYTES


def test_scripts_are_small(weights):
    assert max(page["script_bytes"] for page in weights.values()) <= SCRIPT_BYTES
