"""The index, one for each generation, and what is written into it: tables of either database, or OpenSearch.

All three lie behind this door; `WARTA_OPENSEARCH` says whether the index lies on a server of its own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from types import ModuleType
from typing import Final

import msgspec
from django.conf import settings
from django.db import connections

from warta import plain
from warta.search import opensearch, postgres, sqlite
from warta.search.document import Entry, Facets, is_suggested
from warta.search.query import Sought

FIRST: Final = 1
"""The generation that the migrations make."""
HIGHEST: Final = 2**62
"""Above all places."""
_NAME: Final = "index"
_ELSEWHERE: Final = "opensearch"
"""The row that is locked while one process writes to OpenSearch."""
_PAGE: Final = {
    "place": "int8",
    "key": "text",
    "article_id": "int8",
    "visible_from": "timestamptz",
    "visible_until": "timestamptz",
    "year": "int4",
    "facets": "text",
}
"""Columns of a page's row and what they are to PostgreSQL."""
_decoder: Final = msgspec.json.Decoder(Facets)


@dataclass(frozen=True, slots=True)
class State:
    """Which generation is asked, the paper's last change that it knows, and the generation before it."""

    generation: int = FIRST
    number: int = 0
    former: int | None = None
    switched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, and by what it can be sorted out."""

    place: int
    article_id: int
    year: int
    facets: Facets


def alias() -> str:
    """Return the name of the database in which the index lies, or in which its writers wait when it lies elsewhere."""
    return str(settings.WARTA_SEARCH_DATABASE)


def is_elsewhere() -> bool:
    """Tell whether the index lies on OpenSearch."""
    return bool(settings.WARTA_OPENSEARCH)


def state(*, is_locked: bool = False) -> State:
    """Return the state; `is_locked` keeps other writers off until the transaction ends (SQLite does so anyway)."""
    if is_elsewhere():
        if is_locked:
            plain.do(
                "INSERT INTO search_index (name, generation, number) VALUES (%s, 0, 0)"
                " ON CONFLICT (name) DO UPDATE SET name = excluded.name",
                _ELSEWHERE,
                using=alias(),
            )
        kept = opensearch.state()
        return State(*kept) if kept else State()
    lock = " FOR UPDATE" if is_locked and connections[alias()].vendor == "postgresql" else ""
    asked = "SELECT generation, number, former, switched_at FROM search_index WHERE name = %s"
    for generation, number, former, switched_at in plain.ask(asked + lock, _NAME, using=alias()):
        return State(generation, number, former, plain.instant(switched_at) if switched_at else None)
    return State()


def keep(of: State) -> None:
    """Write the state."""
    if is_elsewhere():
        opensearch.keep(*astuple(of))
        return
    plain.do(
        "INSERT INTO search_index (name, generation, number, former, switched_at) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (name) DO UPDATE SET generation = excluded.generation, number = excluded.number,"
        " former = excluded.former, switched_at = excluded.switched_at",
        _NAME,
        of.generation,
        of.number,
        of.former,
        of.switched_at,
        using=alias(),
    )


def create(generation: int, using: str | None = None) -> None:
    """Make a generation, empty, in place of what there was; `using` makes its tables in that database in any case."""
    if using is None and is_elsewhere():
        opensearch.create(generation)
        return
    drop(generation, using)
    for statement in _engine(using or alias()).TABLES:
        plain.do(statement.format(n=generation), using=using or alias())


def drop(generation: int, using: str | None = None) -> None:
    """Take a generation away, if it is there."""
    if using is None and is_elsewhere():
        opensearch.drop(generation)
        return
    for name in _engine(using or alias()).NAMES:
        plain.do(f"DROP TABLE IF EXISTS search_{name}_{generation}", using=using or alias())


def write(generation: int, entries: Sequence[Entry], gone: Sequence[str], *, number: int) -> None:
    """Put entries in, each in place of what lies under its key, and take out what lies under the keys that are gone.

    `number` is the last change that they bring the index to.
    """
    if is_elsewhere():
        opensearch.write(generation, entries, gone, number)
        return
    _remove(generation, [*gone, *(entry.key for entry in entries)])
    ordered = sorted(entries, key=lambda entry: entry.place)
    engine = _engine(alias())
    plain.insert(
        f"search_page_{generation}",
        (*_PAGE, *engine.WITH_PAGES),
        (
            (
                entry.place,
                entry.key,
                entry.article_id,
                entry.visible_from,
                entry.visible_until,
                entry.year,
                msgspec.json.encode(entry.facets).decode(),
                *engine.with_page(entry),
            )
            for entry in ordered
        ),
        using=alias(),
        types=(*_PAGE.values(), *engine.WITH_PAGES.values()),
    )
    plain.insert(
        f"search_sketch_{generation}",
        ("place", "sketch"),
        ((entry.place, entry.sketch) for entry in ordered),
        using=alias(),
    )
    pages = Counter(chain.from_iterable(set(entry.text) for entry in ordered))
    engine.count(generation, sorted(form for form in pages.items() if is_suggested(form[0])), alias())
    engine.add(generation, ordered, alias())


def newest(generation: int, sought: Sought, *, below: int, limit: int, now: datetime) -> list[Hit]:
    """Return at most `limit` pages that have what is sought and whose time is `now`, the newest below a place first."""
    if is_elsewhere():
        rows = opensearch.newest(generation, sought, below=below, limit=limit, now=now)
    else:
        rows = _engine(alias()).newest(generation, sought, alias(), below=below, limit=limit, now=now)
    return [Hit(place, number, year, _facets(facets)) for place, number, year, facets in rows]


def sketches(generation: int, places: Sequence[int]) -> dict[int, str]:
    """Return the sketches of pages by their places."""
    if not places:
        return {}
    if is_elsewhere():
        return opensearch.sketches(generation, places)
    asked = f"SELECT place, sketch FROM search_sketch_{generation} WHERE place IN {plain.places(places)}"  # noqa: S608 — names of ours
    return dict(plain.ask(asked, *places, using=alias()))


def said(generation: int, forms: Sequence[str]) -> dict[str, int]:
    """Return of those of the given words that articles have in about how many they are."""
    if not forms:
        return {}
    if is_elsewhere():
        return opensearch.said(generation, forms)
    asked = f"SELECT word, pages FROM search_word_{generation} WHERE word IN {plain.places(forms)}"  # noqa: S608 — names of ours
    return dict(plain.ask(asked, *forms, using=alias()))


def _remove(generation: int, keys: Sequence[str]) -> None:
    if not keys:
        return
    is_theirs, values = plain.among(keys, alias())
    asked = f"SELECT place FROM search_page_{generation} WHERE key {is_theirs}"  # noqa: S608 — names of ours
    places = [place for (place,) in plain.ask(asked, *values, using=alias())]
    if not places:
        return
    _engine(alias()).remove(generation, places, alias())
    for name in ("page", "sketch"):
        plain.do(
            f"DELETE FROM search_{name}_{generation} WHERE place IN {plain.places(places)}",  # noqa: S608 — names of ours
            *places,
            using=alias(),
        )


@lru_cache(maxsize=10_000)  # most articles of a reporter have the same
def _facets(written: str) -> Facets:
    return _decoder.decode(written)


def _engine(using: str) -> ModuleType:
    return postgres if connections[using].vendor == "postgresql" else sqlite
