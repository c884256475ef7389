"""The paper's lists: newest first, cut by keyset, and teasers for given ids. Each costs one query at any size."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

import msgspec

from warta import plain
from warta.paper.models import Placement
from warta.paper.pages import Teaser
from warta.paper.store import ALL, article_id, article_keys, visible

_teaser: Final = msgspec.json.Decoder(Teaser)


class _Language(msgspec.Struct):
    """What a place needs of a teaser."""

    lang: str


_language: Final = msgspec.json.Decoder(_Language)
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in the paper: the list of its rubric (`rubric:3`) and its language."""

    rubric: str
    lang: str


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in a list: just behind the article `article_id`, published at `published_at`."""

    published_at: datetime
    article_id: int

    @classmethod
    def behind(cls, teaser: Teaser) -> Self:
        """Return the place just behind a teaser."""
        return cls(teaser.published_at, teaser.id)


def latest(
    name: str = ALL,
    *,
    now: datetime,
    limit: int,
    behind: Cursor | None = None,
    since: datetime | None = None,
) -> list[Teaser]:
    """Return at most `limit` teasers of a list, newest first, from behind a cursor on, none older than `since`."""
    asked = "(SELECT teaser FROM paper_storedpage WHERE key = page_id)"
    tests: list[tuple[object, ...]] = [(plain.VISIBLE, now, now)]
    if since is not None:
        tests.append(("published_at >= %s", since))
    return [_teaser.decode(teaser) for (teaser,) in _rows(asked, name, behind, limit, *tests)]


def ids(name: str = ALL, *, behind: Cursor | None, limit: int) -> list[Cursor]:
    """Return at most `limit` places of a list, newest first, from behind a cursor on, visible or not."""
    rows = _rows("published_at, article_id", name, behind, limit)
    return [Cursor(plain.instant(at), number) for at, number in rows]


def teasers(article_ids: Sequence[int], *, now: datetime) -> list[Teaser]:
    """Return the teasers of those of the given articles that may be seen at `now`, in the given order."""
    keys = [key for number in article_ids for key in article_keys(number)]
    if not keys:
        return []
    rows = plain.ask(
        f"SELECT key, teaser FROM paper_storedpage WHERE key IN {plain.places(keys)} AND {plain.VISIBLE}",  # noqa: S608 — names of ours
        *keys,
        now,
        now,
    )
    found = {article_id(key): teaser for key, teaser in rows if teaser}  # what is gone has none
    return [_teaser.decode(found[number]) for number in article_ids if number in found]


def places(article_ids: Collection[int], *, now: datetime) -> dict[int, Place]:
    """Return where those of the given articles stand that may be seen at `now`; one query for 500 of them."""
    found: dict[int, Place] = {}
    numbers = sorted(article_ids)
    for start in range(0, len(numbers), _CHUNK):
        keys = [key for number in numbers[start : start + _CHUNK] for key in article_keys(number)]
        rows = plain.ask(
            "SELECT key, teaser, (SELECT min(list) FROM paper_placement WHERE page_id = key AND list LIKE 'rubric:%%')"  # noqa: S608 — names of ours
            f" FROM paper_storedpage WHERE key IN {plain.places(keys)} AND {plain.VISIBLE}",
            *keys,
            now,
            now,
        )
        for key, teaser, rubric in rows:
            number = article_id(key)
            if teaser and number is not None:
                found[number] = Place(rubric or "", _language.decode(teaser).lang)
    return found


def unranked(*, now: datetime) -> set[int]:
    """Return the articles that an editor took out of the lists of the most read; one query."""
    asked = f"SELECT key FROM paper_storedpage WHERE kind = 'unranked' AND {plain.VISIBLE}"  # noqa: S608 — names of ours
    return {int(key.partition(":")[2]) for (key,) in plain.ask(asked, now, now)}


def first_instant(name: str = ALL, *, now: datetime) -> datetime | None:
    """Return when the oldest visible article of a list was published, None for an empty list."""
    rows = Placement.objects.filter(visible(now), list=name).order_by("published_at", "article_id")
    return rows.values_list("published_at", flat=True).first()


def newest_before(instant: datetime, name: str = ALL, *, now: datetime) -> datetime | None:
    """Return when the newest visible article before an instant was published, to find the day before."""
    rows = Placement.objects.filter(visible(now), list=name, published_at__lt=instant)
    return rows.order_by("-published_at", "-article_id").values_list("published_at", flat=True).first()


def oldest_from(instant: datetime, name: str = ALL, *, now: datetime) -> datetime | None:
    """Return when the oldest visible article at or after an instant was published, to find the day after."""
    rows = Placement.objects.filter(visible(now), list=name, published_at__gte=instant)
    return rows.order_by("published_at", "article_id").values_list("published_at", flat=True).first()


def _rows(
    asked: str, name: str, behind: Cursor | None, limit: int, *tests: tuple[object, ...]
) -> list[tuple[Any, ...]]:
    """Return what is asked of a list's first places that pass the tests, each SQL and its values."""
    tests = (("list = %s", name), *tests)
    if behind is not None:
        at = behind.published_at
        tests += (("published_at <= %s AND NOT (published_at = %s AND article_id >= %s)", at, at, behind.article_id),)
    return plain.ask(
        f"SELECT {asked} FROM paper_placement WHERE {' AND '.join(str(sql) for sql, *_ in tests)}"  # noqa: S608 — names of ours
        " ORDER BY published_at DESC, article_id DESC LIMIT %s",
        *(value for _, *values in tests for value in values),
        limit,
    )
