"""How a follower hears of a change: the change counter of the SQLite files, or PostgreSQL's LISTEN and NOTIFY."""

import time
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import connection, connections

CHANNEL: Final = "warta"
_ASK_S: Final = 1.0


class Watch(Protocol):
    """Waits for signs of a change; it may tell of one that was none, never the other way about for over a second."""

    def wait(self, limit_s: float, poll_s: float) -> bool:
        """Wait at most `limit_s` for a sign; True when something may have changed.

        Raises: django.db.Error.
        """

    def forget(self) -> None:
        """Give up connections and what was seen, so that the next wait begins anew."""


def watch() -> Watch:
    """Return the watch that fits the database."""
    return _FileWatch() if connection.vendor == "sqlite" else _ListenWatch()


def tell() -> None:
    """Tell the followers, when the transaction under way commits, that there is a change (PostgreSQL only)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


class _FileWatch:
    """Asks the files' `data_version`, which changes with each commit of another connection; but not the index's."""

    def __init__(self) -> None:
        self._seen: list[Any] | None = None

    def wait(self, limit_s: float, poll_s: float) -> bool:
        deadline = time.monotonic() + limit_s
        while True:
            present = [self._version(alias) for alias in connections if alias != settings.WARTA_SEARCH_DATABASE]
            if present != self._seen:
                self._seen = present
                return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(poll_s)

    def forget(self) -> None:
        self._seen = None

    @staticmethod
    def _version(alias: str) -> int:
        database = connections[alias]
        database.ensure_connection()
        with database.wrap_database_errors:  # without Django's cursor, which takes ten times as long
            return int(database.connection.execute("PRAGMA data_version").fetchone()[0])


class _ListenWatch:
    """Listens on a connection of its own; each second it answers True anyway, in case a notice was lost."""

    def __init__(self) -> None:
        self._listening: Any = None
        self._asked = 0.0

    def wait(self, limit_s: float, poll_s: float) -> bool:
        import psycopg
        from django.db import OperationalError

        try:
            if self._listening is None:
                parameters = connection.get_connection_params()
                wanted: dict[str, Any] = {
                    key: value for key, value in parameters.items() if isinstance(value, str | int)
                }
                self._listening = psycopg.connect(**{**wanted, "autocommit": True, "connect_timeout": 2})
                self._listening.execute(f"LISTEN {CHANNEL}")
                return True
            for _ in self._listening.notifies(timeout=min(limit_s, _ASK_S), stop_after=1):
                return True
        except psycopg.Error as error:
            self.forget()
            raise OperationalError(str(error)) from error
        return True

    def forget(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None
