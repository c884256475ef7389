"""Papers that are ready to run, each a copy of one that was made ready once."""

import shutil

import pytest

from tests.config.running import warta


@pytest.fixture(scope="session")
def ready_home(tmp_path_factory):
    """Make a paper ready once."""
    home = tmp_path_factory.mktemp("ready") / "home"
    done = warta(home, "init")
    assert (done.returncode, done.stdout) == (0, f"Ready: {home}, on the SQLite file in it.\n"), done.stderr
    return home


@pytest.fixture
def home(ready_home, tmp_path):
    """The folder of a paper that is ready."""
    return shutil.copytree(ready_home, tmp_path / "home")
