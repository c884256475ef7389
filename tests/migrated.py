"""The tests' SQLite database as all migrations leave it: made once, by whichever run comes first, and copied after."""

import fcntl
import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.sqlite3.base import Database
from django.db.backends.sqlite3.creation import DatabaseCreation

_ROOT = Path(__file__).parents[1]
_BUILD = _ROOT / "build"
_HELD: list[Any] = []
"""Connections that keep databases in memory alive until the tests end."""


@contextmanager
def copied():
    """Let the tests begin with the database that lies there, while the block makes theirs; else keep it for others.

    Those who come meanwhile wait, for copying takes a moment and migrating takes half a minute.
    """
    _BUILD.mkdir(exist_ok=True)
    made = _BUILD / f"migrated-{_version()}.sqlite3"
    original = DatabaseCreation._create_test_db

    def create(self: Any, *args: Any, **kwargs: Any) -> str:
        name = original(self, *args, **kwargs)
        if self.connection.alias == "default" and made.exists():
            _HELD.append(_copy(made, name))
        return name

    with (_BUILD / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        DatabaseCreation._create_test_db = create
        try:
            yield
        finally:
            DatabaseCreation._create_test_db = original
        if not made.exists():
            for older in _BUILD.glob("migrated-*.sqlite3*"):
                older.unlink()
            fresh = made.with_suffix(".new")
            _copy(connections["default"].settings_dict["NAME"], str(fresh)).close()
            fresh.rename(made)


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
