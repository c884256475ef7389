"""Sends the tables of `reads` and `search` to files of their own on SQLite: neither makes a publish wait."""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS


class RoomsRouter:
    """Routes by room: `reads` and `search` to their databases, everything else to the default."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Return the database to read a model from."""
        return _own(model._meta.app_label)

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Tell whether a room's tables belong in a database."""
        return db == (_own(app_label) or DEFAULT_DB_ALIAS)


def _own(room: str) -> str | None:
    match room:  # asked for every row: a setting is looked up only where it is needed
        case "reads":
            return str(settings.WARTA_READS_DATABASE)
        case "search":
            return str(settings.WARTA_SEARCH_DATABASE)
    return None


def mend(asked: Any) -> str:
    """Say what an operator can do when the database that a connection leads to refuses."""
    if asked.vendor == "sqlite":
        return (
            f"Look whether the disk of {settings.WARTA_HOME} is full and this user may write there; a damaged file is"
            " put back from a backup while the paper is stopped"
        )
    return "Check WARTA_DATABASE_URL and that the server runs"
