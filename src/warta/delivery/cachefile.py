"""A file of this machine that delivery owns: SQLite, for one look of the pages, deleted and made anew at any time."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from threading import local
from typing import Final

_STATE: Final = "CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL)"


class CacheFile:
    """Opens the file once in every thread; one of another version, or damaged, is emptied."""

    def __init__(self, path: Path, *, version: str, tables: Sequence[str], timeout_s: float) -> None:
        self.path = path
        self._version = version
        self._tables = tables
        self._timeout_s = timeout_s
        self._local = local()

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection.

        Raises: sqlite3.Error when the file can be neither read nor made.
        """
        found: sqlite3.Connection | None = getattr(self._local, "file", None)
        if found is None:
            found = self._open()
            self._local.file = found
        return found

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return self._prepared()
            except sqlite3.DatabaseError:
                for name in (self.path, *self.path.parent.glob(self.path.name + "-*")):
                    name.unlink(missing_ok=True)
                return self._prepared()
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error

    def _prepared(self) -> sqlite3.Connection:
        file = sqlite3.connect(self.path, timeout=self._timeout_s)
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("PRAGMA synchronous=OFF")  # what a power cut damages is made anew
        if not self._is_ours(file):
            file.execute("BEGIN IMMEDIATE")
            with file:
                if not self._is_ours(file):  # another process may have been quicker
                    for statement in (*self._tables, _STATE):
                        name = statement.split()[2]
                        file.execute(f"DROP TABLE IF EXISTS {name}")
                        file.execute(statement)
                    file.execute("INSERT INTO state VALUES ('version', ?)", (self._version,))
        return file

    def _is_ours(self, file: sqlite3.Connection) -> bool:
        if file.execute("SELECT 1 FROM sqlite_schema WHERE name = 'state'").fetchone() is None:
            return False
        return bool(file.execute("SELECT value FROM state WHERE name = 'version'").fetchone() == (self._version,))
