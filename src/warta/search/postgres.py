"""The index on PostgreSQL: a tsvector of our own words under GIN, looked through from the newest months on.

GIN knows no order: of a common word it would fetch every article. So months and years are asked for by their own words:
the newest month, then as many as will do by what was found so far, until enough is found.

GIN does not know either which words stand side by side: PostgreSQL would fetch the words of every article that has
those of a phrase, of which few have them so. A page's row has a trace of each pair of neighbours, and most are passed
over by that.
"""

import math
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from django.db import transaction

from warta import plain
from warta.search.document import (
    BARRIER,
    MOST_TIMES,
    MOST_WORDS,
    Entry,
    facet_token,
    first_place,
    instant,
    month_token,
)
from warta.search.query import All, Either, Node, Phrase, Sought, Token

TABLES: Final = (
    (
        "CREATE TABLE search_page_{n} (place bigint PRIMARY KEY, key text NOT NULL UNIQUE, article_id bigint NOT NULL,"
        " visible_from timestamptz NOT NULL, visible_until timestamptz, year integer NOT NULL, facets text NOT NULL,"
        " words tsvector, pairs bytea)"
    ),
    "ALTER TABLE search_page_{n} ALTER pairs SET STORAGE EXTERNAL",  # chance cannot be packed
    "CREATE INDEX search_page_{n}_words ON search_page_{n} USING gin (words)",
    "CREATE TABLE search_sketch_{n} (place bigint PRIMARY KEY, sketch text NOT NULL)",
    'CREATE TABLE search_word_{n} (word text COLLATE "C" PRIMARY KEY, pages bigint NOT NULL)',
)
NAMES: Final = ("page", "sketch", "word")
WITH_PAGES: Final = {"words": "bytea", "pairs": "bytea"}
"""Columns of a page's row besides those that both databases have, and as what they are sent."""
_WAY: Final = (
    "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),"
    " set_config('jit', 'off', true), set_config('work_mem', '64MB', true), min(place), max(place) FROM search_page_{n}"
)
"""GIN alone: by places or one by one, it would read every article's words; also those of a whole page of the disk,
where it has no room to note each that GIN found. `jit` costs more here than it saves. Then, from where to where."""
_PLACES: Final = [(0xC000 | number).to_bytes(2) for number in range(1, MOST_WORDS + 1)]
_COUNTS: Final = {2 * count: b"\0" + count.to_bytes(2) for count in range(MOST_TIMES + 1)}
_AHEAD: Final = 1.2
"""How many times what will do by what was found so far is asked for: mostly, it then does."""
_LEAST: Final = 0.25
"""How many times the months that were looked through come next at least, so that there are never many questions."""


class _Pace(NamedTuple):
    """How quickly the months are gone through.

    After each question at most `times` as many have been looked through as before it. After so many `months`, where
    little was found, GIN is asked for all the rest at once: then months only hinder it.
    """

    times: int
    months: int


_OF_WORDS: Final = _Pace(times=4, months=16)
_OF_A_PHRASE: Final = _Pace(times=2, months=256)  # each article that has its words is looked at


@lru_cache(maxsize=100_000)
def _trace(form: str) -> int:
    """Return a number of 16 bits for a word, the same in every process."""
    return zlib.crc32(form.encode()) & 0xFFFF


def pairs(forms: Sequence[str]) -> bytes:
    """Return two bytes for each pair of neighbours among words: texts with the pair have these, others seldom do."""
    made = [first * 40_503 + second & 0xFFFF for first, second in pairwise(map(_trace, forms))]
    return struct.pack(f">{len(made)}H", *made)


def with_page(entry: Entry) -> tuple[bytes, bytes]:
    """Return what a page's row has besides: its words, those that stand in the text with weight A, and their pairs.

    In the form in which a tsvector is sent (`tsvectorrecv`): how many words; of each its letters, a zero, how many
    places, the places with their weight in the two highest bits. Written as text, PostgreSQL takes six times as long.
    """
    places: dict[str, bytes] = {}
    for form, place in zip(entry.text, _PLACES, strict=False):
        if form in places:
            places[form] += place
        else:
            places[form] = place
    places.pop(BARRIER, None)
    for mark in entry.marks:
        places.setdefault(mark, b"")
    stands = places.values()
    parts = [b""] * (3 * len(places))
    parts[0::3] = "\0".join(places).encode().split(b"\0")
    parts[1::3] = [_COUNTS[len(stand)] for stand in stands]
    parts[2::3] = stands
    return len(places).to_bytes(4) + b"".join(parts), pairs(entry.text)


def add(generation: int, entries: Sequence[Entry], using: str) -> None:
    """Do nothing: the words came with their pages."""


def count(generation: int, times: Sequence[tuple[str, int]], using: str) -> None:
    """Count in how many more pages words stand, by one statement."""
    plain.do(
        f"INSERT INTO search_word_{generation} AS w (word, pages) SELECT * FROM unnest(%s::text[], %s::bigint[])"  # noqa: S608 — a number
        " ON CONFLICT (word) DO UPDATE SET pages = w.pages + excluded.pages",
        [word for word, _ in times],
        [pages for _, pages in times],
        using=using,
    )


def remove(generation: int, places: Sequence[int], using: str) -> None:
    """Do nothing: the words go with their pages."""


def newest(
    generation: int, sought: Sought, using: str, *, below: int, limit: int, now: datetime
) -> list[tuple[Any, ...]]:
    """Return what was found, newest first."""
    match = written(sought.wanted)
    if sought.without:
        match = f"({match}) & !({' | '.join(map(written, sought.without))})"
    near = list(_neighbours(sought.wanted))
    with transaction.atomic(using=using):
        [(*_, first, last)] = plain.ask(_WAY.format(n=generation), using=using)
        if last is None:
            return []

        def ask(words: str, places: tuple[int, int], most: int) -> list[tuple[Any, ...]]:
            return _slice(generation, using, words, places, most=most, now=now, exact=match, near=near)

        loose = written(sought.wanted, is_near=False) if near else match
        places = (first, min(below, last + 1))
        return _walk(ask, loose, places, limit, _OF_A_PHRASE if near else _OF_WORDS)


def _walk(
    ask: Callable[[str, tuple[int, int], int], list[tuple[Any, ...]]],
    match: str,
    places: tuple[int, int],
    limit: int,
    pace: _Pace,
) -> list[tuple[Any, ...]]:
    """Ask for one month, and then for as many as will do by what was found so far."""
    found: list[tuple[Any, ...]] = []
    bottom, top = places
    looked, many = 0, 1
    while bottom < top and len(found) < limit:
        months = _months(top, many)
        since = max(first_place(months[-1]), bottom)
        found += ask(f"({match}) & ({' | '.join(_tokens(months))})", (since, top), limit - len(found))
        top = since
        looked += many
        enough = _AHEAD * looked * (limit - len(found)) / len(found) if found else math.inf
        if looked >= pace.months and enough > looked * (pace.times - 1):
            return found + ask(match, (bottom, top), limit - len(found))
        many = math.ceil(max(min(enough, looked * (pace.times - 1)), looked * _LEAST))
    return found


def _slice(
    generation: int,
    using: str,
    match: str,
    places: tuple[int, int],
    *,
    most: int,
    now: datetime,
    exact: str,
    near: Sequence[bytes],
) -> list[tuple[Any, ...]]:
    """Return what fits of some places; with `near`, GIN is asked for `match` and the few that have it for `exact`.

    CASE keeps the order: what comes first is cheap, and what GIN cannot know is not asked of it. With `+ 0` the places
    are looked at in what GIN found: their own index would name all articles of those months.
    """
    has_pairs = " AND ".join(["position(%s IN pairs) > 0"] * len(near))
    is_so = f" AND CASE WHEN pairs IS NULL OR {has_pairs} THEN words @@ %s::tsquery ELSE false END" if near else ""
    return plain.ask(
        "WITH found AS MATERIALIZED (SELECT place, article_id, year, facets"  # noqa: S608 — a number
        f" FROM search_page_{generation} WHERE words @@ %s::tsquery AND place + 0 >= %s AND place + 0 < %s"
        f" AND {plain.VISIBLE}{is_so}) SELECT * FROM found ORDER BY place DESC LIMIT %s",
        match,
        *places,
        now,
        now,
        *near,
        *([exact] if near else ()),
        most,
        using=using,
    )


def _neighbours(node: Node) -> Iterator[bytes]:
    """Yield the traces of pairs that everything must have that fits."""
    match node:
        case Phrase():
            yield from (pairs(two) for two in pairwise(node.forms))
        case All():
            for part in node.of:
                yield from _neighbours(part)


def _months(below: int, count: int) -> list[datetime]:
    """Return the first instants of so many months, the newest first, from the month of the last place on."""
    last = instant(max(below - 1, 0))
    month = last.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = [month]
    while len(found) < count and first_place(month):
        month = month.replace(year=month.year - (month.month == 1), month=month.month - 1 or 12)
        found.append(month)
    return found


def _tokens(months: Sequence[datetime]) -> Iterator[str]:
    """Yield the words of which each article of these months has one, those of years for whole years.

    Months are of UTC, years of the site's zone: first and last hours of a year may be counted to another.
    """
    of_year = Counter(month.year for month in months)
    yield from (f"'{facet_token('y', str(year))}'" for year, count in of_year.items() if count == 12)
    yield from (f"'{month_token(month)}'" for month in months if of_year[month.year] < 12 or month.month in (1, 12))


def written(node: Node, *, is_near: bool = True) -> str:
    """Write a query as a tsquery; every word stands in quotation marks, which no word contains.

    Without `is_near` it says nothing of where words stand, as GIN knows nothing of it.
    """
    match node:
        case Token():
            return f"'{node.name}'"
        case Phrase() if not is_near:
            return f"({' & '.join(f'{chr(39)}{form}{chr(39)}' for form in node.forms)})"
        case Phrase() if len(node.forms) == 1:
            return f"'{node.forms[0]}':A"
        case Phrase():
            return f"({' <-> '.join(f'{chr(39)}{form}{chr(39)}' for form in node.forms)})"
        case All():
            return f"({' & '.join(written(part, is_near=is_near) for part in node.of)})"
        case Either():
            return f"({' | '.join(written(part, is_near=is_near) for part in node.of)})"
