"""WordPress: the golden pairs in tests/ingest/data, and what may never happen whatever an export holds.

`WARTA_GOLDEN=write pytest tests/ingest/formats` writes the expected files anew, to be read before they are committed.
"""

import os
from pathlib import Path

import pytest

from tests.ingest.formats.golden import read
from warta.ingest.formats.wordpress import parse
from warta.ingest.item import Told

DATA = Path(__file__).parents[1] / "data"
GIVEN = sorted(path for path in DATA.glob("wordpress-*") if ".expected." not in path.name)


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name)
def test_golden(path):
    made = read(path, parse, Told(pictures=DATA))
    expected = path.with_name(f"{path.stem if path.is_file() else path.name}.expected.json")
    if os.environ.get("WARTA_GOLDEN") == "write":
        expected.write_text(made)
    assert made == expected.read_text()
