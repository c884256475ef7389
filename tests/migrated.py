"""The tests' databases as all migrations leave them: made once, by whichever run comes first, and copied."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.sqlite3.base import Database
from django.db.backends.sqlite3.creation import DatabaseCreation

_ROOT = Path(__file__).parents[1]
BUILD = _ROOT / "build"
_HELD: list[Any] = []
"""Connections that keep databases in memory alive until the tests end."""
NAMES = {"default": "paper.sqlite3", "reads": "reads.sqlite3", "search": "search.sqlite3"}
"""The file of each database in a paper's folder."""
_TEMPLATE = "warta_migrated"
_MIGRATE = "import django; django.setup(); from warta.config.paper import migrate; migrate()"


@contextmanager
def copied() -> Iterator[None]:
    """Let the databases that are made in the block begin as copies, so that nothing is left to migrate.

    Those who come meanwhile wait, for copying takes a moment and migrating takes half a minute.
    """
    original = DatabaseCreation._create_test_db

    def create(self: Any, *args: Any, **kwargs: Any) -> str:
        name = original(self, *args, **kwargs)
        taken = _copy(made / NAMES[self.connection.alias], name)
        _as_if_all(taken, made / NAMES["default"])
        _HELD.append(taken)
        return name

    with alone("migrated"):
        made = folder()
        DatabaseCreation._create_test_db = create
        try:
            yield
        finally:
            DatabaseCreation._create_test_db = original


@contextmanager
def from_template() -> Iterator[None]:
    """Let PostgreSQL make the databases of the block as copies of one that all migrations were played in."""
    url = os.environ["WARTA_DATABASE_URL"]
    test = connection.settings_dict["TEST"]
    with alone("migrated"), psycopg.connect(url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
            server.execute(f"CREATE DATABASE {_TEMPLATE}")
            with tempfile.TemporaryDirectory() as home:
                migrate({"WARTA_HOME": home, "WARTA_DATABASE_URL": f"{url.rpartition('/')[0]}/{_TEMPLATE}"})
        test["TEMPLATE"] = _TEMPLATE
        yield
        test["TEMPLATE"] = None


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Wait until no other run makes the same."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def folder() -> Path:
    """Return the folder of the files as they are after all migrations, made now if nobody did before."""
    made = BUILD / f"migrated-{_version()}"
    if not made.exists():
        for older in BUILD.glob("migrated-*"):
            shutil.rmtree(older)
        fresh = emptied("migrated.new")
        fresh.mkdir()
        migrate({"WARTA_HOME": str(fresh)})
        fresh.rename(made)
    return made


def migrate(environ: dict[str, str]) -> None:
    """Let a process of its own play all migrations, in a paper whose settings are given."""
    run([sys.executable, "-c", _MIGRATE], {**environ, "DJANGO_SETTINGS_MODULE": "warta.config.settings.newsroom"})


def run(command: list[str | Path], environ: dict[str, str]) -> None:
    """Run a command to its end in a paper whose settings are given, with none of the tests'."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA_", "DJANGO_"))}
    done = subprocess.run(command, env={**kept, **environ}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def emptied(name: str) -> Path:
    """Return a folder of what is being made, of which nothing is there any more."""
    shutil.rmtree(BUILD / name, ignore_errors=True)
    return BUILD / name


def _as_if_all(taken: Any, paper: Path) -> None:
    """Note in one room's database what the paper's has been through, or the tests would play it all for nothing."""
    taken.execute("ATTACH ? AS paper", (str(paper),))
    taken.execute(
        "INSERT INTO django_migrations (app, name, applied) SELECT app, name, applied FROM paper.django_migrations"
        " EXCEPT SELECT app, name, applied FROM django_migrations"
    )
    taken.commit()
    taken.execute("DETACH paper")


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
