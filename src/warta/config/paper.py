"""Makes a paper ready: its folder, tables, channels, groups, files."""

import sys

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.migrations.executor import MigrationExecutor

from warta.config.databases import mend
from warta.config.environment import Environment
from warta.newsroom.actions.found import found
from warta.press import run as press


def init(env: Environment) -> dict[str, str]:
    """Bring the paper's folder and tables up to this version, and found the paper; return where it lies."""
    for folder in (env.home, settings.WARTA_PICTURES, settings.MEDIA_ROOT):
        folder.mkdir(parents=True, exist_ok=True)
    migrate()
    found()
    press.press_all()
    call_command("collectstatic", verbosity=0, interactive=False)
    return {"home": str(env.home), "database": "PostgreSQL" if env.database_url else "the SQLite file in it"}


def migrate() -> None:
    """Bring the tables up to this version; a file that holds one room's tables takes that room's migrations alone."""
    missing = _missing()
    for alias, room in _databases().items():
        if missing[alias]:
            call_command("migrate", *([room] if room else []), database=alias, verbosity=0, interactive=False)


def need_ready(env: Environment) -> None:
    """End with a plain message when the paper was not made ready, or its database does not answer."""
    if not is_ready():
        sys.exit(f"warta: the paper in {env.home} is not ready for this version. Run `warta init` first.")


def is_ready() -> bool:
    """Tell whether all tables are there; end with a plain message when the database does not answer."""
    return not any(_missing().values())


def unapplied() -> list[str]:
    """Return the names of the migrations that the databases lack."""
    return [name for names in _by_database().values() for name in names]


def _missing() -> dict[str, list[str]]:
    try:
        return _by_database()
    except Error as error:
        sys.exit(f"warta: the database does not answer: {str(error).strip()}. {mend(connection)}.")


def _by_database() -> dict[str, list[str]]:
    return {alias: _unapplied(alias, room) for alias, room in _databases().items()}


def _databases() -> dict[str, str | None]:
    """Return each database with the room whose tables alone it holds, or None for the one that holds the rest."""
    own = {settings.WARTA_READS_DATABASE: "reads", settings.WARTA_SEARCH_DATABASE: "search"}
    return {**own, DEFAULT_DB_ALIAS: None}


def _unapplied(alias: str, room: str | None) -> list[str]:
    executor = MigrationExecutor(connections[alias])
    leaves = executor.loader.graph.leaf_nodes(room)
    return [f"{migration.app_label}.{migration.name}" for migration, _ in executor.migration_plan(leaves)]
