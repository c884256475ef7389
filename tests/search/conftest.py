"""A paper that the search follows, in whatever database the tests run on."""

import pytest
import time_machine
from django.conf import LazySettings

from tests.delivery.builders import NOW


@pytest.fixture(autouse=True)
def site(settings: LazySettings) -> None:
    settings.WARTA_ZONE = "Asia/Jakarta"


@pytest.fixture(autouse=True)
def clock():
    """Stop the clock at NOW."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
