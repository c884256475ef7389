"""Puts the wheel's SQLite in the place of Python's own, before Django loads it.

Debian 12 has SQLite 3.40, and WAL files can be corrupted by versions 3.7.0 to 3.51.2 when two processes write.
Source: sqlite.org/wal.html, section 11. Remove when the oldest supported Debian ships 3.51.3 or newer.
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
