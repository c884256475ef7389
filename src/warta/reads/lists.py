"""The lists of what is read: made from the windows once something changes, read by every page."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

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
    windows.step(now)
    windows.fill(now)
    number = change_number()
    before = {row.name: row for row in Ranking.objects.all()}
    made = before.get(SEVEN_DAYS)
    if (
        made is not None
        and made.seen == number
        and hour_of(made.made_at) == hour_of(now)
        and timedelta() <= now - made.made_at < MADE_AGAIN
    ):
        return False
    lists = dict(_all(now))
    changed = [
        (name, _turn(before.get(name), ranked), number, now, items)
        for name, ranked in lists.items()
        if (items := json.dumps(ranked, separators=(",", ":"))) != (before[name].items if name in before else "")
    ]
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        rows.merge("reads_ranking", ("name", "number", "seen", "made_at", "items"), changed, on=1, setting=_MADE)
        if gone := before.keys() - lists.keys():
            Ranking.objects.filter(name__in=gone).delete()
        Ranking.objects.update(made_at=now, seen=number)
    return True


def _turn(old: Ranking | None, ranked: Sequence[Ranked]) -> int:
    """Return the number of a list as it is now: the next one when its order is another."""
    if old is None:
        return 0
    return old.number + ([one for one, _ in json.loads(old.items)] != [row.article_id for row in ranked])


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
    rubrics = [front.list for front in store.frame(now=now).rubrics]
    for name, window in _WINDOW_OF.items():
        yield name, _top(window, CANDIDATES)
        for column, values in (("rubric", rubrics), ("lang", LANGUAGES)):
            for value in values:
                within = value if column == "rubric" else f"lang:{value}"
                yield name_within(name, within), _top(window, CANDIDATES_WITHIN, column, value)
    yield DEEP, _deep([row.article_id for row in _top("week", CANDIDATES)], now)
    yield RISING, _rising([row.article_id for row in _top("day", CANDIDATES)], now)


def _top(window: str, limit: int, column: str = "", value: str = "") -> list[Ranked]:
    """Return the most read of a window by its own index: as `ranking.most_read` orders them."""
    within = f"{column} = %s AND " if column else ""
    asked = (
        f"SELECT article_id, {window} FROM reads_standing WHERE {within}{window} >= {FLOOR}"  # noqa: S608 — names of ours
        f" ORDER BY {window} DESC, newest_at DESC, article_id DESC LIMIT %s"
    )
    return [Ranked(*row) for row in rows.ask(asked, *((value,) if column else ()), limit)]


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
    if not ids:
        return []
    hours = [hour_of(now) - timedelta(hours=ago) for ago in range(_HOURS)]
    found = rows.ask(
        "SELECT article_id, hour_at, readers FROM reads_readhour"  # noqa: S608 — names of ours
        f" WHERE hour_at IN {plain.places(hours)} AND article_id IN {plain.places(ids)}",
        *hours,
        *ids,
    )
    readers: dict[int, dict[int, int]] = defaultdict(dict)
    for number, hour_at, count in found:
        readers[number][int((hours[0] - plain.instant(hour_at)).total_seconds()) // 3600] = count
    return ranking.rising(readers, now.minute, CANDIDATES_WITHIN)
