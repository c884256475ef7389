"""Sends the tables of `reads` to their own file on SQLite, so that counting never makes a publish wait."""

from typing import Any

from django.conf import settings


class ReadsRouter:
    """Routes by room: `reads` to its database, everything else to the default."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Return the database to read a model from."""
        return settings.WARTA_READS_DATABASE if model._meta.app_label == "reads" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Tell whether a room's tables belong in a database."""
        return db == (settings.WARTA_READS_DATABASE if app_label == "reads" else "default")
