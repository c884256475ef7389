"""The number of the last change of the hours, and the lock that lets one process at a time count."""

from typing import Final

from django.db.models import F

from warta.reads import rows
from warta.reads.models import Counter

BUCKETS: Final = "buckets"
"""Name of the counter of changes."""


def lock() -> None:
    """Wait until no other process counts. On SQLite the immediate transaction has seen to that."""
    Counter.objects.select_for_update().get_or_create(name=BUCKETS)


def changed() -> None:
    """Give a change of the hours its number."""
    Counter.objects.filter(name=BUCKETS).update(value=F("value") + 1)


def change_number() -> int:
    """Return the number of the last change of the hours, 0 when nothing was ever counted."""
    found = rows.ask("SELECT value FROM reads_counter WHERE name = %s", BUCKETS)
    return int(found[0][0]) if found else 0
