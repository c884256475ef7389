"""How a follower hears of a change: the change counter of the SQLite files, or PostgreSQL's LISTEN and NOTIFY."""

import time
from pathlib import Path
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import connection, connections
from inotify_simple import INotify, flags

CHANNEL: Final = "warta"
_ASK_S: Final = 1.0
_REST_S: Final = 0.05
"""How long nobody asks while nothing is written, and so how late a change is heard of when the system told of none."""
_AWAKE_S: Final = 0.2
"""How long is asked often after something was written: a commit counts only when its pages are on the disk."""


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
    """Asks the files' `data_version`, which changes with each commit of another connection; but not the index's.

    A commit writes its pages first and counts then. So it is asked every `poll_s` for a moment after the system said
    that a file was written to, and seldom while none is.
    """

    def __init__(self) -> None:
        self._seen: list[Any] | None = None
        self._writing: _Writing | None = None
        self._awake_until = 0.0

    def wait(self, limit_s: float, poll_s: float) -> bool:
        if self._writing is None:
            self._writing = _Writing(
                [Path(connections[alias].settings_dict["NAME"]) for alias in connections if _is_followed(alias)]
            )
        deadline = time.monotonic() + limit_s
        while True:
            present = [self._version(alias) for alias in connections if _is_followed(alias)]
            if present != self._seen:
                self._seen = present
                return True
            now = time.monotonic()
            if now >= deadline:
                return False
            self._rest(self._writing, now, poll_s, deadline - now)

    def _rest(self, writing: "_Writing", now: float, poll_s: float, left_s: float) -> None:
        if now < self._awake_until or not writing.is_told:
            time.sleep(poll_s)
        elif writing.begins(min(left_s, _REST_S), poll_s):
            self._awake_until = time.monotonic() + _AWAKE_S

    def forget(self) -> None:
        self._seen = None
        if self._writing is not None:
            self._writing.forget()
            self._writing = None

    @staticmethod
    def _version(alias: str) -> int:
        database = connections[alias]
        database.ensure_connection()
        with database.wrap_database_errors:  # without Django's cursor, which takes ten times as long
            return int(database.connection.execute("PRAGMA data_version").fetchone()[0])


def _is_followed(alias: str) -> bool:
    return alias != settings.WARTA_SEARCH_DATABASE


class _Writing:
    """Hears from the system (inotify) when some files of SQLite, or their logs, are written to."""

    def __init__(self, files: list[Path]) -> None:
        self._names = {name for file in files for name in (file.name, f"{file.name}-wal")}
        self._inotify: INotify | None = None
        try:
            self._inotify = INotify()
            for folder in {file.parent for file in files}:
                self._inotify.add_watch(folder, flags.MODIFY | flags.CREATE)
        except (OSError, AttributeError):  # no folder, too many watches, or a system that has no such thing
            self.forget()

    @property
    def is_told(self) -> bool:
        """Whether this system tells."""
        return self._inotify is not None

    def begins(self, limit_s: float, pause_s: float) -> bool:
        """Wait until one of the files was written to; False when others were, after a pause, and after `limit_s`."""
        if self._inotify is None:
            return False
        events = self._inotify.read(timeout=int(limit_s * 1000) + 1)
        if any(event.name in self._names or event.mask & flags.Q_OVERFLOW for event in events):
            return True
        if events:
            time.sleep(pause_s)
        return False

    def forget(self) -> None:
        """Hear no more."""
        if self._inotify is not None:
            self._inotify.close()
            self._inotify = None


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
