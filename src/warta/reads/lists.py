"""The lists of what is read: made from the windows once something changes, read by every page."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import msgspec
from django.conf import settings
from django.db import transaction

from warta import plain
from warta.lexicon.languages import LANGUAGES
from warta.paper import store
from warta.paper.lists import teasers, unranked
from warta.paper.pages import Teaser
from warta.reads import ranking, rows, windows
from warta.reads.buckets import hour_of
from warta.reads.changes import change_number
from warta.reads.floors import FLOOR
from warta.reads.models import Ranking
from warta.reads.ranking import Ranked

DAY: Final = "24-hours"
SEVEN_DAYS: Final = "7-days"
MONTH: Final = "30-days"
DEEP: Final = "deep"
RISING: Final = "rising"
_WINDOW_OF: Final = {DAY: "day", SEVEN_DAYS: "week", MONTH: "month"}
CANDIDATES: Final = 100
"""Articles kept in a list of the whole paper, more than are shown, so that withdrawn ones leave no gap."""
CANDIDATES_WITHIN: Final = 30
"""Articles kept in a list of one rubric or language."""
MADE_AGAIN: Final = timedelta(minutes=1)
"""How often lists are made though nothing changed, so that they say of themselves that somebody looks after them."""
OLDEST: Final = timedelta(minutes=5)
"""A list older than this raises an alarm."""
_HOURS: Final = 24
_MADE: Final = "number = excluded.number, items = excluded.items"


def name_within(name: str, within: str) -> str:
    """Return the name of a list of one rubric (`rubric:3`) or one language (`lang:id`)."""
    return f"{name}/{within}"


def most_read(*, now: datetime, limit: int, name: str = SEVEN_DAYS) -> list[Teaser]:
    """Return at most `limit` articles of a list, of those that may be seen at `now` and that no editor took out."""
    asked = plain.ask("SELECT items FROM reads_ranking WHERE name = %s", name, using=settings.WARTA_READS_DATABASE)
    ids = [number for number, _ in json.loads(asked[0][0])] if asked else []
    if not ids:
        return []
    out = unranked(now=now)
    ids = [number for number in ids if number not in out]
    found = teasers(ids[: 2 * limit], now=now)  # more are asked for only when so many may not be seen
    if len(found) < limit:
        found += teasers(ids[2 * limit :], now=now)
    return found[:limit]


def several(names: Sequence[str], *, now: datetime, limit: int) -> dict[str, list[Teaser]]:
    """Return the first of some lists, those that are not empty, as `most_read` does; three queries for all of them."""
    found = rows.ask(f"SELECT name, items FROM reads_ranking WHERE name IN {plain.places(names)}", *names)  # noqa: S608 — names of ours
    out = unranked(now=now)
    ids = {name: [number for number, _ in json.loads(items) if number not in out] for name, items in found}
    few = {name: numbers[: 2 * limit] for name, numbers in ids.items()}
    shown = {teaser.id: teaser for teaser in teasers(sorted({id_ for some in few.values() for id_ in some}), now=now)}
    made = {name: [shown[number] for number in few.get(name, ()) if number in shown][:limit] for name in names}
    return {name: some for name, some in made.items() if some}


def refresh(now: datetime) -> bool:
    """Make the lists anew if the hours changed, another hour began or a minute passed; tell whether they were made.

    Before that, a portion of what has left the windows leaves them. The cost is the same at any size of the archive.
    """
    windows.tend(now)
    number = change_number()
    made = rows.ask("SELECT seen, made_at FROM reads_ranking WHERE name = %s", SEVEN_DAYS)
    if made and made[0][0] == number and _is_fresh(plain.instant(made[0][1]), now):
        return False
    before = {name: (turn, items) for name, turn, items in rows.ask("SELECT name, number, items FROM reads_ranking")}
    lists = {name: (ranked, msgspec.json.encode(ranked).decode()) for name, ranked in _all(now)}
    changed = [
        (name, _turn(before.get(name), ranked), number, now, items)
        for name, (ranked, items) in lists.items()
        if name not in before or before[name][1] != items
    ]
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        rows.merge("reads_ranking", ("name", "number", "seen", "made_at", "items"), changed, on=1, setting=_MADE)
        if gone := before.keys() - lists.keys():
            Ranking.objects.filter(name__in=gone).delete()
        rows.do("UPDATE reads_ranking SET made_at = %s, seen = %s", now, number)
    return True


def _is_fresh(made_at: datetime, now: datetime) -> bool:
    """Tell whether lists need not be made again before something changes."""
    return hour_of(made_at) == hour_of(now) and timedelta() <= now - made_at < MADE_AGAIN


def _turn(old: tuple[int, str] | None, ranked: Sequence[Ranked]) -> int:
    """Return the number of a list as it is now: the next one when its order is another."""
    if old is None:
        return 0
    number, items = old
    return number + ([one for one, _ in json.loads(items)] != [row.article_id for row in ranked])


def made_at() -> datetime | None:
    """Return when the oldest of the lists was made, None when there are none."""
    return Ranking.objects.order_by("made_at").values_list("made_at", flat=True).first()


def ranking_number() -> int:
    """Return a number that is another one whenever the list of seven days has another order, -1 before the first.

    Every follower asks at every commit.
    """
    asked = "SELECT number FROM reads_ranking WHERE name = %s"
    found = plain.ask(asked, SEVEN_DAYS, using=settings.WARTA_READS_DATABASE)
    return int(found[0][0]) if found else -1


def _all(now: datetime) -> Iterator[tuple[str, list[Ranked]]]:
    within = [_Asked("rubric", front.list, front.list) for front in store.frame(now=now).rubrics]
    within += [_Asked("lang", lang, f"lang:{lang}") for lang in LANGUAGES]
    whole = {}
    for name, window in _WINDOW_OF.items():
        whole[name], *parts = _tops(window, [_WHOLE, *within])
        yield name, whole[name]
        for asked, ranked in zip(within, parts, strict=True):
            yield name_within(name, asked.name), ranked
    yield DEEP, _deep([row.article_id for row in whole[SEVEN_DAYS]], now)
    yield RISING, _rising([row.article_id for row in whole[DAY]], now)


class _Asked(NamedTuple):
    """A list of a window: of which articles (those whose column has a value), its name, and how many it keeps."""

    column: str
    value: str
    name: str
    limit: int = CANDIDATES_WITHIN


_WHOLE: Final = _Asked("", "", "", CANDIDATES)


def _tops(window: str, asked: Sequence[_Asked]) -> list[list[Ranked]]:
    """Return the most read of a window, each list by its own index, all in one question.

    They are in the order of `ranking.most_read`.
    """
    order = "newest_at DESC, article_id DESC"
    parts = [
        f"SELECT * FROM (SELECT {place} AS place, article_id, {window} AS figure, newest_at FROM reads_standing"  # noqa: S608 — names of ours
        f" WHERE {f'{one.column} = %s AND ' if one.column else ''}{window} >= {FLOOR}"
        f" ORDER BY {window} DESC, {order} LIMIT {one.limit}) AS part{place}"
        for place, one in enumerate(asked)
    ]
    found = rows.ask(
        f"SELECT place, article_id, figure FROM ({' UNION ALL '.join(parts)}) AS tops"  # noqa: S608 — names of ours
        f" ORDER BY place, figure DESC, {order}",
        *(one.value for one in asked if one.column),
    )
    tops: list[list[Ranked]] = [[] for _ in asked]
    for place, article_id, figure in found:
        tops[place].append(Ranked(article_id, figure))
    return tops


def _deep(ids: Sequence[int], now: datetime) -> list[Ranked]:
    if not ids:
        return []
    days = [(hour_of(now) - timedelta(days=ago)).date().isoformat() for ago in range(7)]
    found = rows.ask(
        "SELECT article_id, SUM(readers), SUM(CASE WHEN quarter >= %s AND engaged >= %s THEN readers ELSE 0 END)"  # noqa: S608 — names of ours
        f" FROM reads_depth WHERE day IN {plain.places(days)} AND article_id IN {plain.places(ids)}"
        " GROUP BY article_id",
        ranking.DEEP_QUARTER,
        ranking.DEEP_ENGAGED,
        *days,
        *ids,
    )
    return ranking.most_deeply_read({number: (int(of), int(deep)) for number, of, deep in found}, CANDIDATES_WITHIN)


def _rising(ids: Sequence[int], now: datetime) -> list[Ranked]:
    """Return what rises of some articles; most fail by their last two hours, so those are asked for first."""
    just = _hours(ids, now, range(2))
    risen = [number for number, readers in just.items() if sum(readers.values()) >= ranking.RISING_FLOOR]
    before = _hours(risen, now, range(2, _HOURS))
    both = {number: just[number] | before.get(number, {}) for number in risen}
    return ranking.rising(both, now.minute, CANDIDATES_WITHIN)


def _hours(ids: Sequence[int], now: datetime, agos: range) -> dict[int, dict[int, int]]:
    """Return how many readers articles had how many hours ago."""
    if not ids:
        return {}
    hours = ", ".join(f"({ago}, %s)" for ago in agos)
    found = rows.ask(
        f"WITH hours (ago, began) AS (VALUES {hours}) SELECT article_id, ago, readers FROM hours"  # noqa: S608 — names of ours
        f" JOIN reads_readhour ON hour_at = began WHERE article_id IN {plain.places(ids)}",
        *(hour_of(now) - timedelta(hours=ago) for ago in agos),
        *ids,
    )
    readers: dict[int, dict[int, int]] = defaultdict(dict)
    for number, ago, count in found:
        readers[number][ago] = count
    return readers
