"""How the most read are ranked. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple


class Readership(NamedTuple):
    """How many readers an article had in the window, and the last hour in which it had one."""

    distinct_readers: int
    newest_hour_at: datetime
    article_id: int


ORDER: Final = tuple(f"-{field}" for field in Readership._fields)
"""The rule, for the database: most readers first, then the one read last, then the newer article."""


def most_read(rows: Iterable[Readership], limit: int) -> list[Readership]:
    """Return the `limit` most read by the same rule, which leaves no tie; what nobody read is not in the list."""
    return sorted((row for row in rows if row.distinct_readers > 0), reverse=True)[:limit]
