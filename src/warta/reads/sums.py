"""What grows by one flush, gathered first and then written by one statement for each table."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from warta.paper.lists import Place
from warta.reads import rows, windows
from warta.reads.sieve import Rule, Signal

_HOUR_S: Final = 3600
_MINUTE_S: Final = 60


class Sums:
    """The growth of all tables that hold sums; `places` says of each article where it stands in the paper."""

    def __init__(self, places: Mapping[int, Place]) -> None:
        self.reads = 0
        self._places = places
        self._hours: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        self._facets: Counter[tuple[int, str, str]] = Counter()
        self._traits: dict[tuple[int, int, str, str], int] = {}
        self._depths: Counter[tuple[int, int, int, int]] = Counter()

    def add(self, article_id: int, hour: int, reads: int, readers: int) -> None:
        """Add reads of an article in an hour, and how many of them are the first of their reader on that day."""
        growth = self._hours[hour, article_id]
        growth[0] += reads
        growth[1] += readers
        self.reads += reads
        self._facets[hour, "all", ""] += reads

    def add_traits(self, article_id: int, minute: int, source: str, device: str) -> None:
        """Add what is known of one read besides."""
        traits = article_id, minute, source, device
        self._traits[traits] = self._traits.get(traits, 0) + 1

    def add_depth(self, article_id: int, hour: int, engaged: int, quarter: int) -> None:
        """Add the end of one visit."""
        self._depths[hour // 24, article_id, engaged, quarter] += 1

    def write(self, told: Mapping[tuple[int, Signal, Rule], int]) -> None:
        """Write all of it, and what became of the beacons; within the transaction of the flush."""
        minutes = self._by_minute()
        hours = sorted(self._hours.items())
        rows.merge(
            "reads_readhour",
            ("hour_at", "article_id", "reads", "readers"),
            ((_at(hour), article_id, *growth) for (hour, article_id), growth in hours),
            on=2,
        )
        windows.grow([(_at(hour), article_id, readers) for (hour, article_id), (_, readers) in hours], self._places)
        rows.merge(
            "reads_facet",
            ("hour_at", "kind", "name", "reads"),
            ((_at(hour), kind, name, count) for (hour, kind, name), count in sorted(self._facets.items())),
            on=3,
        )
        rows.merge(
            "reads_pulse",
            ("minute_at", "reads"),
            ((_instant(minute * _MINUTE_S), count) for minute, count in sorted(minutes.items())),
            on=1,
        )
        rows.merge(
            "reads_depth",
            ("day", "article_id", "engaged", "quarter", "readers"),
            (
                (_at(day * 24).date().isoformat(), article_id, engaged, quarter, count)
                for (day, article_id, engaged, quarter), count in sorted(self._depths.items())
            ),
            on=4,
        )
        rows.merge(
            "reads_sieved",
            ("hour_at", "signal", "rule", "count"),
            ((_at(hour), signal, rule, count) for (hour, signal, rule), count in sorted(told.items()) if count),
            on=3,
        )

    def _by_minute(self) -> Counter[int]:
        """Add what is known of the reads besides to the facets, and return how many there were in each minute."""
        minutes: Counter[int] = Counter()
        for (article_id, minute, source, device), count in self._traits.items():
            hour = minute // 60
            self._facets[hour, "source", source] += count
            self._facets[hour, "device", device] += count
            self._facets[hour, "rubric", self._places[article_id].rubric] += count
            minutes[minute] += count
        return minutes


def _at(hour: int) -> datetime:
    return _instant(hour * _HOUR_S)


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
