"""Where many addresses lead, asked together: what `store.find`, `store.at` and `store.moved_to` say of each alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from warta import plain
from warta.paper import store


@dataclass(frozen=True, slots=True)
class Lead:
    """A page that may be seen: its kind (article, gone, static, rubric, channel, topic, person) and its right path."""

    kind: str
    path: str


def by_key(keys: Iterable[str], *, now: datetime) -> dict[str, Lead]:
    """Return the pages under these keys that may be seen at `now`, of an article the one of its two; one query."""
    asked: dict[str, str] = {}
    for key in keys:
        number = store.article_id(key)
        asked |= dict.fromkeys((key,) if number is None else store.article_keys(number), key)
    rows = _visible("key", asked, now)
    return {asked[key]: Lead(kind, path) for key, kind, path in rows}


def by_path(paths: Collection[str], *, now: datetime) -> dict[str, Lead]:
    """Return the pages at these paths that may be seen at `now`; one query."""
    found: dict[str, Lead] = {}
    for _, kind, path in _visible("path", paths, now):
        found.setdefault(path, Lead(kind, path))
    return found


def by_old_address(forms: Collection[str], *, now: datetime) -> dict[str, Lead | None]:
    """Return the page of each of the old addresses (`lexicon.addresses.old` form) that is known; two queries.

    None is an address whose page is not to be seen.
    """
    if not forms:
        return {}
    keys = dict(
        plain.ask(
            f"SELECT address, key FROM paper_oldaddress WHERE address IN {plain.places(forms)}",  # noqa: S608 — names of ours
            *forms,
        )
    )
    found = by_key(set(keys.values()), now=now)
    return {address: found.get(key) for address, key in keys.items()}


def versions(article_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return (article, number) of all versions that are kept of these articles; one query."""
    if not article_ids:
        return set()
    asked = f"SELECT article_id, number FROM paper_kept WHERE article_id IN {plain.places(article_ids)}"  # noqa: S608 — names of ours
    return {(article_id, number) for article_id, number in plain.ask(asked, *article_ids)}


def _visible(column: str, values: Collection[str], now: datetime) -> list[tuple[str, str, str]]:
    if not values:
        return []
    rows = plain.ask(
        f"SELECT key, kind, path FROM paper_storedpage WHERE {column} IN {plain.places(values)} AND {plain.VISIBLE}"  # noqa: S608 — names of ours
        " ORDER BY key",
        *values,
        now,
        now,
    )
    return [(key, kind, path) for key, kind, path in rows]
