"""The tally of the process, which outlives a test."""

import pytest

from warta.reads import tally
from warta.reads.tally import Tally


@pytest.fixture
def process_tally(monkeypatch: pytest.MonkeyPatch) -> Tally:
    """Give the beacon an empty tally for the time of a test."""
    empty = Tally()
    monkeypatch.setattr(tally, "PROCESS", empty)
    return empty
