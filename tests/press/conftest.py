"""A founded newsroom and its fronts in the paper, at one fixed moment, for every test of this room."""

import pytest
import time_machine

from tests.newsroom.builders import NOW
from warta.press import run


@pytest.fixture(autouse=True)
def clock():
    """Stop the clock at NOW; a test may move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def newsroom(founded, clock):
    """Press what founding the newsroom left."""
    run.press_all()
