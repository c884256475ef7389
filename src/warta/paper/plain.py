"""Plain SQL for the questions between a commit and its readers.

Django takes five times as long to put such a question together as the database takes to answer it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections

VISIBLE: Final = "(visible_from <= %s AND (visible_until IS NULL OR visible_until > %s))"
"""The time test, as `store.visible` says it; the instant is its value twice."""


def ask(sql: str, *values: Any, using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """Return the rows of a question, none of a statement that has none; instants are written as Django stores them.

    Raises: django.db.Error.
    """
    connection = connections[using]
    written = [
        connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value for value in values
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, written)
        return [] if cursor.description is None else list(cursor.fetchall())


def places(values: Iterable[object]) -> str:
    """Return as many marks for values, in brackets, as are given."""
    return f"({', '.join('%s' for _ in values)})"


def instant(stored: datetime | str) -> datetime:
    """Return an instant as it came out of `ask`: SQLite keeps it as text, in UTC."""
    return datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else stored
