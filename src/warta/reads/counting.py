"""Decides which reads of a UTC day count: each reader once an hour, no more from one place than it may bring."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, NamedTuple

from warta.reads import crowds, rows
from warta.reads.models import Salt
from warta.reads.reader import number
from warta.reads.sieve import Rule

_END: Final = 1 << 24
"""The bit of `Seen.hours` that says that the end of a visit was counted."""
_BREADTH: Final = 0
"""In place of an article's id: how many articles were read from a place."""

Pair = tuple[int, int]


class Asked(NamedTuple):
    """One read that asks to be counted, of one UTC day: the article, the hour (0 to 23), who, and from where."""

    article_id: int
    hour: int
    seed: bytes
    address: bytes
    network: bytes


class Day:
    """Counts the reads of one UTC day; `write` keeps what was seen. One at a time: whoever counts holds the lock."""

    def __init__(self, day: date, reads: Collection[Asked], ends: Collection[tuple[int, bytes]]) -> None:
        self._day = day.isoformat()
        self._salt = _salt(day)
        self._numbers: dict[bytes, int] = {}
        pairs = {(read.article_id, self._number(read.seed)) for read in reads}
        pairs |= {(article_id, self._number(seed)) for article_id, seed in ends}
        asked = rows.of_day("reads_seen", "hours", ("article_id", "reader"), self._day, sorted(pairs))
        self._seen: dict[Pair, int] = {(article_id, reader): hours for article_id, reader, hours in asked}
        self._changed: set[Pair] = set()
        new = [read for read in reads if (read.article_id, self._number(read.seed)) not in self._seen]
        self._crowds = self._known_crowds(new)
        self._grown: dict[Pair, int] = defaultdict(int)

    def judge(self, read: Asked) -> tuple[Rule, bool]:
        """Tell whether a read counts, or why not; and whether it is this reader's first of the article that day."""
        who = (read.article_id, self._number(read.seed))
        before = self._seen.get(who, 0)
        if before >> read.hour & 1:
            return Rule.REPEAT, False
        if not before and (rule := self._crowded(read)) is not None:
            return rule, False
        self._seen[who] = before | 1 << read.hour
        self._changed.add(who)
        return Rule.STORED, not before

    def judge_end(self, article_id: int, seed: bytes) -> Rule:
        """Tell whether the end of a visit counts: once for each reader and article, of those whose read counts."""
        who = (article_id, self._number(seed))
        before = self._seen.get(who, 0)
        if not before:
            return Rule.UNREAD
        if before & _END:
            return Rule.REPEAT
        self._seen[who] = before | _END
        self._changed.add(who)
        return Rule.STORED

    def write(self) -> None:
        """Write down who was seen and from where so many came."""
        rows.merge(
            "reads_seen",
            ("day", "article_id", "reader", "hours"),
            ((self._day, *who, self._seen[who]) for who in self._changed),
            on=3,
            setting="hours = excluded.hours",
        )
        rows.merge(
            "reads_crowd",
            ("day", "origin", "article_id", "readers"),
            ((self._day, *place, count) for place, count in self._grown.items()),
            on=3,
        )

    def _crowded(self, read: Asked) -> Rule | None:
        """Return the rule that a new reader of an article breaks by the place he comes from; count him if none."""
        address, network = self._number(read.address), self._number(read.network)
        places = ((address, crowds.ADDRESS_FREE, Rule.CROWD), (network, crowds.NETWORK_FREE, Rule.BURST))
        for origin, free, rule in places:
            here = self._crowds.get((origin, read.article_id), 0)
            others = self._crowds.get((origin, _BREADTH), 0) - bool(here)
            if here >= crowds.allowed(free, others):
                return rule
        for origin, _, _ in places:
            if not self._crowds.get((origin, read.article_id)):
                self._add((origin, _BREADTH))
            self._add((origin, read.article_id))
        return None

    def _add(self, place: Pair) -> None:
        self._crowds[place] = self._crowds.get(place, 0) + 1
        self._grown[place] += 1

    def _known_crowds(self, new: Iterable[Asked]) -> dict[Pair, int]:
        places = {
            (self._number(origin), article_id)
            for read in new
            for origin in (read.address, read.network)
            for article_id in (read.article_id, _BREADTH)
        }
        asked = rows.of_day("reads_crowd", "readers", ("origin", "article_id"), self._day, sorted(places))
        return {(origin, article_id): readers for origin, article_id, readers in asked}

    def _number(self, seed: bytes) -> int:
        found = self._numbers.get(seed)
        if found is None:
            found = self._numbers[seed] = number(seed, self._salt)
        return found


def in_order(reads: Iterable[Asked]) -> list[Asked]:
    """Return reads so that places show first how widely they are read: each place's articles in turn.

    Of a crowd that arrives in one flush, the first reader of every article comes before the second of any.
    """
    counts: Counter[tuple[bytes, int]] = Counter()
    placed = []
    for read in reads:
        place = (read.address, read.article_id)
        placed.append((counts[place], read))
        counts[place] += 1
    return [read for _, read in sorted(placed, key=lambda pair: pair[0])]


def _salt(day: date) -> bytes:
    """Return the salt of a day, made by whoever needs it first."""
    salt, _ = Salt.objects.get_or_create(day=day, defaults={"value": secrets.token_bytes(16)})
    return bytes(salt.value)
