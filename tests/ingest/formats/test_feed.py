"""RSS, Atom and JSON Feed as archives: golden pairs, and what may never happen whatever is in them.

`GOLDEN=write pytest tests/ingest/formats/test_feed.py` writes the expected files anew, to be read before they are
committed.
"""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.formats.golden import read
from warta.ingest.formats import feed
from warta.ingest.formats.feed import parse
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.lexicon.copy import ParagraphCopy

DATA = Path(__file__).parents[1] / "data"
GIVEN = sorted(path for path in DATA.glob("feed-*") if ".expected." not in path.name)
TOLD = Told(pictures=DATA / "foto")


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name)
def test_golden(path):
    made = read(path, parse, TOLD)
    expected = path.with_name(f"{path.stem}.expected.json")
    if os.environ.get("GOLDEN") == "write":
        expected.write_text(made)
    assert made == expected.read_text()
