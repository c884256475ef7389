"""A founded newsroom with an empty paper for every test of this room."""

import pytest

from warta.newsroom.actions.found import found
from warta.newsroom.models import Dispatch


@pytest.fixture(autouse=True)
def newsroom(db):
    """Found the newsroom and let no work wait."""
    found()
    Dispatch.objects.all().delete()
