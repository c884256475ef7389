"""The last 24 hours, 7 days and 30 days: what an article has in each grows with every flush and shrinks as hours leave.

So a list costs the same at any size: nothing is summed when it is asked for. `Edge` says how far each window has come;
a flush that brings an hour which has left a window already does not add it there.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from warta import plain
from warta.lexicon.zones import zone
from warta.paper import lists
from warta.paper.lists import Place
from warta.reads import rows
from warta.reads.changes import lock
from warta.reads.models import Edge, Standing

WINDOWS: Final = {"day": timedelta(hours=24), "week": timedelta(days=7), "month": timedelta(days=30)}
_PORTION: Final = 20
"""How many articles leave a window in one step, so that neither lists nor flushes wait long: in a large archive, each
touches pages of its own. A step with each refresh is 72,000 an hour; a worker with nothing else to do takes more."""
_PLACED: Final = 50
"""Of how many articles the paper is asked for their places in one step."""
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_UNKNOWN: Final = "-"


class At(NamedTuple):
    """How far a window has come: all before `at` has left it, and at it the articles up to `article_id`."""

    at: datetime
    article_id: int


def first_at(window: str, now: datetime) -> datetime:
    """Return the first hour of a window, of the month the first day (of the paper's zone, as midnight in UTC)."""
    if window == "month":
        return _midnight(day_of(now) - WINDOWS[window] + _DAY)
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - WINDOWS[window] + _HOUR


def day_of(at: datetime) -> date:
    """Return the day of an hour in the paper's zone."""
    return timezone.localtime(at, zone(settings.WARTA_ZONE)).date()


def edges() -> dict[str, At]:
    """Return how far the windows have come; empty as long as they were never made."""
    asked = rows.ask('SELECT "window", at, article_id FROM reads_edge')
    return {window: At(plain.instant(at), article_id) for window, at, article_id in asked}


def grow(growth: Sequence[tuple[datetime, int, int]], places: Mapping[int, Place]) -> None:
    """Add readers (hour, article, how many) to the windows that the hour is still in; in the flush's transaction."""
    known = edges() if growth else {}
    if not known:
        return
    made: dict[int, list[int]] = {}
    newest: dict[int, datetime] = {}
    for hour_at, article_id, readers in growth:
        sums = made.setdefault(article_id, [0, 0, 0])
        for place, window in enumerate(WINDOWS):
            if window == "month" or (hour_at, article_id) > known[window]:
                sums[place] += readers
        newest[article_id] = max(hour_at, newest.get(article_id, hour_at))
    rows.merge(
        "reads_standing",
        ("article_id", "rubric", "lang", *WINDOWS, "newest_at"),
        (
            (article_id, *_named(places.get(article_id)), *sums, newest[article_id])
            for article_id, sums in sorted(made.items())
        ),
        on=1,
        setting=_GROWN,
    )


def tend(now: datetime) -> bool:
    """Let a portion leave the windows, and ask the paper for the places of some; tell whether there is more.

    Raises: django.db.Error.
    """
    has_more = step(now)
    return fill(now) or has_more


def step(now: datetime) -> bool:
    """Let a portion of what is out of the windows leave them; tell whether there is more. The first makes them.

    Raises: django.db.Error.
    """
    known = edges()
    if not known:
        rebuild(now)
        return False
    late = [window for window, edge in known.items() if edge.at < first_at(window, now)]
    if not late:
        return False
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        lock()
        return sum(_advance(window, now) for window in late) > 0


def rebuild(now: datetime) -> None:
    """Make the windows of the hours and days that are kept: at the first start, and after an import."""
    first = {window: first_at(window, now) for window in WINDOWS}
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        lock()
        Standing.objects.all().delete()
        rows.do(
            "INSERT INTO reads_standing (article_id, rubric, lang, day, week, month, newest_at)"
            " SELECT article_id, '', '', SUM(CASE WHEN hour_at >= %s THEN readers ELSE 0 END),"
            " SUM(CASE WHEN hour_at >= %s THEN readers ELSE 0 END), SUM(readers), MAX(hour_at)"
            " FROM reads_readhour WHERE hour_at >= %s GROUP BY article_id",
            first["day"],
            first["week"],
            datetime.combine(first["month"].date(), time(), zone(settings.WARTA_ZONE)),
        )
        rows.do(
            "INSERT INTO reads_standing (article_id, rubric, lang, day, week, month, newest_at)"
            " SELECT article_id, '', '', 0, 0, SUM(readers), %s FROM reads_readday WHERE day >= %s GROUP BY article_id"
            " ON CONFLICT (article_id) DO UPDATE SET month = reads_standing.month + excluded.month",
            first["month"],
            first["month"].date().isoformat(),
        )
        Edge.objects.all().delete()
        Edge.objects.bulk_create(Edge(window=window, at=at) for window, at in first.items())


def forget() -> None:
    """Let the windows be made anew at the next step: the hours were changed by other hands."""
    Edge.objects.all().delete()


def fill(now: datetime) -> bool:
    """Ask the paper where some articles stand of which the windows know no rubric yet; tell whether there is more."""
    ids = [
        number for (number,) in rows.ask("SELECT article_id FROM reads_standing WHERE rubric = '' LIMIT %s", _PLACED)
    ]
    if not ids:
        return False
    places = lists.places(ids, now=now)
    rows.merge(
        "reads_standing",
        ("article_id", "rubric", "lang", *WINDOWS, "newest_at"),
        ((number, *_named(places.get(number)), 0, 0, 0, now) for number in ids),
        on=1,
        setting="rubric = excluded.rubric, lang = excluded.lang",
    )
    return len(ids) == _PLACED


def _advance(window: str, now: datetime) -> bool:
    """Let a portion leave a window, in the step's transaction; tell whether there is more."""
    target = first_at(window, now)
    table, column = ("reads_readday", "day") if window == "month" else ("reads_readhour", "hour_at")
    edge = Edge.objects.filter(window=window).first()
    if edge is None or edge.at >= target:
        return False
    asked = f"SELECT article_id, readers FROM {table} WHERE {column} = %s AND article_id > %s"  # noqa: S608 — names of ours
    at = _stored(window, edge.at)
    gone = rows.ask(f"{asked} ORDER BY article_id LIMIT %s", at, edge.article_id, _PORTION)
    if gone:
        _take(window, gone)
    if len(gone) == _PORTION:
        edge.article_id = gone[-1][0]
    else:
        [(following,)] = rows.ask(f"SELECT MIN({column}) FROM {table} WHERE {column} > %s", at)  # noqa: S608 — names of ours
        edge.at, edge.article_id = min(target, _read(following) if following else target), 0
    edge.save()
    return edge.at < target


def _take(window: str, gone: Sequence[tuple[int, ...]]) -> None:
    marks = ", ".join("(%s, %s)" for _ in gone)
    rows.do(
        f"WITH gone (number, readers) AS (VALUES {marks})"  # noqa: S608 — names of ours
        f" UPDATE reads_standing SET {window} = reads_standing.{window} - gone.readers"
        " FROM gone WHERE reads_standing.article_id = gone.number",
        *(value for row in gone for value in row),
    )
    if window == "month":
        Standing.objects.filter(article_id__in=[article_id for article_id, _ in gone], month__lte=0).delete()


def _named(place: Place | None) -> tuple[str, str]:
    return (place.rubric, place.lang) if place else (_UNKNOWN, "")


def _stored(window: str, at: datetime) -> datetime | str:
    return at.date().isoformat() if window == "month" else at


def _read(stored: date | datetime | str) -> datetime:
    """Return the instant of an hour, or of a day as its midnight in UTC, as it came from the table."""
    if isinstance(stored, date) and not isinstance(stored, datetime):
        return _midnight(stored)
    return plain.instant(stored)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


_NEWER: Final = (
    "newest_at = CASE WHEN excluded.newest_at > reads_standing.newest_at"
    " THEN excluded.newest_at ELSE reads_standing.newest_at END"
)
_GROWN: Final = ", ".join(
    (
        *(f"{window} = reads_standing.{window} + excluded.{window}" for window in WINDOWS),
        "rubric = excluded.rubric",
        "lang = excluded.lang",
        _NEWER,
    )
)
