"""Decides which reads of a UTC day count: each reader once an hour, no more from one place than it may bring."""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Final, NamedTuple

from warta.reads import crowds, reader, rows
from warta.reads.models import Salt
from warta.reads.sieve import Rule

_END: Final = 1 << 24
"""The bit of `Seen.hours` that says that the end of a visit was counted."""

_FIRST: Final = ("article_id", "readers", "articles")
"""The columns of a place in `Crowd` besides its key."""

Key = Callable[..., int]
"""`reader.key` of one day and its salt."""
Pair = tuple[bytes, int]
"""Who or from where (`reader.seed`, `reader.Origin`), and an article."""


class Asked(NamedTuple):
    """One read that asks to be counted, of one UTC day: the article, the hour (0 to 23), who, and from where."""

    article_id: int
    hour: int
    seed: bytes
    address: bytes
    network: bytes


class Day:
    """Counts the reads of one UTC day (since 1970); `write` keeps what was seen.

    One at a time: whoever counts holds the lock.
    """

    def __init__(self, day: int, reads: Collection[Asked], ends: Iterable[tuple[int, bytes]]) -> None:
        key: Key = partial(reader.key, day, _salt(day))
        pairs = {(read.seed, read.article_id) for read in reads} | {(seed, article_id) for article_id, seed in ends}
        self._keys = {pair: key(*pair) for pair in pairs}
        asked = rows.known("reads_seen", ("key", "hours"), self._keys.values())
        self._seen: dict[int, int] = {who: hours for who, hours in asked}  # noqa: C416 — mypy knows no lengths
        self._changed: set[int] = set()
        self._crowds = _Crowds(
            key, [read for read in reads if self._keys[read.seed, read.article_id] not in self._seen]
        )

    def judge(self, read: Asked) -> tuple[Rule, bool]:
        """Tell whether a read counts, or why not; and whether it is this reader's first of the article that day."""
        who = self._keys[read.seed, read.article_id]
        before = self._seen.get(who, 0)
        if before >> read.hour & 1:
            return Rule.REPEAT, False
        if not before and (rule := self._crowds.objection(read)) is not None:
            return rule, False
        self._seen[who] = before | 1 << read.hour
        self._changed.add(who)
        return Rule.STORED, not before

    def judge_end(self, article_id: int, seed: bytes) -> Rule:
        """Tell whether the end of a visit counts: once for each reader and article, of those whose read counts."""
        who = self._keys[seed, article_id]
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
        rows.keep("reads_seen", ("key", "hours"), [(who, self._seen[who]) for who in self._changed])
        self._crowds.write()


class _Crowds:
    """How many readers of which articles places brought on a day: those that new readers come from.

    Most places have one reader of one article, who takes one row; only the articles after the first have their own.
    """

    def __init__(self, key: Key, new: Collection[Asked]) -> None:
        self._key = key
        keys = {key(origin): origin for origin in {one for read in new for one in (read.address, read.network)}}
        self._keys = {origin: number for number, origin in keys.items()}
        asked = rows.known("reads_crowd", ("key", *_FIRST), keys)
        self._places = {keys[number]: first for number, *first in asked}
        others = {key(*pair): pair for read in new for pair in self._others_of(read)}
        asked = rows.known("reads_crowd", ("key", "readers"), others)
        self._others = {others[number]: readers for number, readers in asked}
        self._grown: set[bytes | Pair] = set()

    def objection(self, read: Asked) -> Rule | None:
        """Return the rule that a new reader of an article breaks by the place he comes from; count him if none."""
        article_id = read.article_id
        for origin, free, rule in (
            (read.address, crowds.ADDRESS_FREE, Rule.CROWD),
            (read.network, crowds.NETWORK_FREE, Rule.BURST),
        ):
            if (place := self._places.get(origin)) is not None:
                here = self._readers(place, origin, article_id)
                if here >= crowds.allowed(free, place[2] - bool(here)):
                    return rule
        self._add(read.address, article_id)
        self._add(read.network, article_id)
        return None

    def write(self) -> None:
        """Write down the places and articles that grew."""
        grown = [
            (self._keys[one], *self._places[one])
            if isinstance(one, bytes)
            else (self._key(*one), 0, self._others[one], 0)
            for one in self._grown
        ]
        rows.keep("reads_crowd", ("key", *_FIRST), grown)

    def _others_of(self, read: Asked) -> Iterator[Pair]:
        for origin in (read.address, read.network):
            place = self._places.get(origin)
            if place is not None and place[0] != read.article_id:
                yield origin, read.article_id

    def _readers(self, place: list[int], origin: bytes, article_id: int) -> int:
        return place[1] if place[0] == article_id else self._others.get((origin, article_id), 0)

    def _add(self, origin: bytes, article_id: int) -> None:
        place = self._places.get(origin)
        self._grown.add(origin)
        if place is None:
            self._places[origin] = [article_id, 1, 1]
        elif place[0] == article_id:
            place[1] += 1
        else:
            pair = origin, article_id
            before = self._others.get(pair, 0)
            place[2] += not before
            self._others[pair] = before + 1
            self._grown.add(pair)


def in_order(reads: Iterable[Asked]) -> list[Asked]:
    """Return reads so that places show first how widely they are read: each place's articles in turn.

    Of a crowd that arrives in one flush, the first reader of every article comes before the second of any.
    """
    counts: dict[Pair, int] = {}
    placed = []
    for read in reads:
        place = (read.address, read.article_id)
        before = counts.get(place, 0)
        placed.append((before, read))
        counts[place] = before + 1
    return [read for _, read in sorted(placed, key=lambda pair: pair[0])]


def _salt(day: int) -> bytes:
    """Return the salt of a day, made by whoever needs it first."""
    date = datetime.fromtimestamp(day * 86_400, UTC).date()
    salt, _ = Salt.objects.get_or_create(day=date, defaults={"value": secrets.token_bytes(16)})
    return bytes(salt.value)
