"""How articles are ranked: by readers, by how deeply they are read, by how much faster than before. Pure."""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from warta.reads.floors import FLOOR

DEEP_FLOOR: Final = 20
"""How many ends of visits an article needs to stand among the most deeply read."""
DEEP_QUARTER: Final = 3
DEEP_ENGAGED: Final = 2
"""A visit is deep when it came to the last quarter of the text and stayed for 30 seconds."""
RISING_FLOOR: Final = 10
"""How many readers an article needs in the hour that runs and the one before to be rising."""
RISING: Final = 2.0
"""How many times faster than in its own hours before it must be read."""
_Z: Final = 1.96


class Readership(NamedTuple):
    """How many readers an article had in the window, and the last hour in which it had one."""

    distinct_readers: int
    newest_hour_at: datetime
    article_id: int


class Ranked(NamedTuple):
    """One article in a list, with the figure by which it stands there."""

    article_id: int
    figure: float


def most_read(rows: Iterable[Readership], limit: int) -> list[Readership]:
    """Return the `limit` most read: most readers first, then the one read last, then the newer article.

    What fewer than `FLOOR` have read is in no list.
    """
    return sorted((row for row in rows if row.distinct_readers >= FLOOR), reverse=True)[:limit]


def most_deeply_read(visits: Mapping[int, tuple[int, int]], limit: int) -> list[Ranked]:
    """Rank articles (all visits, deep ones) by the share of deep visits that is at least certain, best first.

    Source: E. B. Wilson, 1927: the lower end of the score interval at 95 %, so that few visits prove little.
    """
    scored = [
        Ranked(article_id, round(_at_least(deep, of), 4))
        for article_id, (of, deep) in visits.items()
        if of >= DEEP_FLOOR
    ]
    return sorted(scored, key=lambda row: (-row.figure, -row.article_id))[:limit]


def rising(hours: Mapping[int, Mapping[int, int]], minutes: int, limit: int) -> list[Ranked]:
    """Rank articles by how many times faster they are read now than in their own hours before, fastest first.

    Of each article is given how many readers it had how many hours ago: 0 is the hour that runs, since `minutes`.
    An article is held against the hours since its first reader; without any before the last two, it is new, not rising.
    """
    found = []
    for article_id, readers in hours.items():
        just = readers.get(0, 0) + readers.get(1, 0)
        before = {ago: count for ago, count in readers.items() if ago > 1 and count}
        if just < RISING_FLOOR or not before:
            continue
        pace = just / (1 + minutes / 60)
        pace_before = sum(before.values()) / (max(before) - 1)
        times = pace / max(pace_before, 1.0)
        if times >= RISING:
            found.append(Ranked(article_id, round(times, 2)))
    return sorted(found, key=lambda row: (-row.figure, -row.article_id))[:limit]


def _at_least(successes: int, trials: int) -> float:
    share, square = successes / trials, _Z * _Z
    middle = share + square / (2 * trials)
    spread = _Z * math.sqrt((share * (1 - share) + square / (4 * trials)) / trials)
    return (middle - spread) / (1 + square / trials)
