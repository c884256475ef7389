"""The tests' SQLite databases as all migrations leave them: made once, by whichever run comes first, and copied."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3.base import Database
from django.db.backends.sqlite3.creation import DatabaseCreation

_ROOT = Path(__file__).parents[1]
_BUILD = _ROOT / "build"
_HELD: list[Any] = []
"""Connections that keep databases in memory alive until the tests end."""
_NAMES = {"default": "paper.sqlite3", "reads": "reads.sqlite3", "search": "search.sqlite3"}
"""The file of each database in a paper's folder."""
_MIGRATE = "import django; django.setup(); from warta.config.paper import migrate; migrate()"


@contextmanager
def copied() -> Iterator[None]:
    """Let the databases that are made in the block begin as copies, so that nothing is left to migrate.

    Those who come meanwhile wait, for copying takes a moment and migrating takes half a minute.
    """
    _BUILD.mkdir(exist_ok=True)
    original = DatabaseCreation._create_test_db

    def create(self: Any, *args: Any, **kwargs: Any) -> str:
        name = original(self, *args, **kwargs)
        _HELD.append(_copy(made / _NAMES[self.connection.alias], name))
        return name

    with (_BUILD / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = _made()
        DatabaseCreation._create_test_db = create
        try:
            yield
        finally:
            DatabaseCreation._create_test_db = original


def _made() -> Path:
    made = _BUILD / f"migrated-{_version()}"
    if not made.exists():
        for older in _BUILD.glob("migrated-*"):
            shutil.rmtree(older)
        fresh = _BUILD / "migrated.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA_", "DJANGO_"))}
        paper = {"WARTA_HOME": str(fresh), "DJANGO_SETTINGS_MODULE": "warta.config.settings.newsroom"}
        done = subprocess.run([sys.executable, "-c", _MIGRATE], env={**kept, **paper}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        for room in ("reads", "search"):
            _as_if_all(fresh / _NAMES[room], fresh / _NAMES["default"])
        fresh.rename(made)
    return made


def _as_if_all(file: Path, paper: Path) -> None:
    """Note in the file of one room what the paper's has been through, or the tests would play it all for nothing."""
    with closing(Database.connect(str(file), isolation_level=None)) as room:
        room.execute("ATTACH ? AS paper", (str(paper),))
        room.execute(
            "INSERT INTO django_migrations (app, name, applied) SELECT app, name, applied FROM paper.django_migrations"
            " EXCEPT SELECT app, name, applied FROM django_migrations"
        )


def _copy(source: Path | str, target: str) -> Any:
    """Copy one database over another and return the connection to the latter, which lives by it if it is in memory."""
    given, taken = Database.connect(str(source), uri=True), Database.connect(target, uri=True)
    given.backup(taken)
    given.close()
    return taken


def _version() -> str:
    digest = hashlib.sha256((_ROOT / "requirements" / "runtime.txt").read_bytes())
    for path in sorted((_ROOT / "src").rglob("migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
