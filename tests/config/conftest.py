"""Papers that are ready to run, each a copy of one that was made ready once."""

import shutil
from collections.abc import Iterator

import pytest

from tests import ready
from tests.config.scene import Scene, scene


@pytest.fixture(scope="session")
def ready_home(tmp_path_factory):
    """The folder of a paper that is ready, for all to copy."""
    return ready.copy(tmp_path_factory.mktemp("ready") / "home")


@pytest.fixture
def home(ready_home, tmp_path):
    """The folder of a paper that is ready."""
    return shutil.copytree(ready_home, tmp_path / "home")


@pytest.fixture(scope="session")
def served_scene(tmp_path_factory) -> Iterator[Scene]:
    """A paper with every kind of page that is served all the while; a test may ask, and change nothing."""
    with scene(tmp_path_factory.mktemp("scene")) as made:
        yield made
