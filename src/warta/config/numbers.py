"""Asks the reads in the newsroom's name: the newsroom knows no reads, and the reads know no newsroom."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.conf import settings

from warta.delivery.counted import RULES
from warta.lexicon.zones import zone
from warta.newsroom.numbers import Numbers, OfArticle, Point, Snapshot, Top, Unit
from warta.reads import desk, figures, lists, windows
from warta.reads.buckets import hour_of
from warta.reads.rolling import KEPT_AS_DAYS, KEPT_DAYS
from warta.reads.sieve import Rule, Signal

_TOP: Final = 10
_HOURS: Final = 24
_STEPS: Final = 5
_DEPTH_DAYS: Final = 30
_BEFORE_DAYS: Final = (7, 1)
_DAY: Final = timedelta(days=1)


class OfReads:
    """The numbers that this paper's reads have."""

    def snapshot(self, now: datetime) -> Snapshot:
        """Return the whole paper at an instant; some ten questions, each over a bounded number of rows."""
        before, before_days = _before(now)
        top, made_at = desk.top(_TOP), lists.made_at()
        curves = self.last_hours([number for number, _ in top], now)
        fates = figures.fates(now, _HOURS)
        dropped = [(rule, fates.get((Signal.READ, rule), 0)) for rule in RULES]
        return Snapshot(
            at=now,
            now=figures.reading_now(now),
            now_minutes=figures.NOW_MINUTES,
            minutes=tuple(Point(*row) for row in desk.by_minute(now)),
            hours=tuple(Point(*row) for row in figures.by_hour(now, _HOURS)),
            before=before,
            before_days=before_days,
            top=tuple(Top(number, readers, curves[number]) for number, readers in top),
            sources=figures.by_trait("source", now, _HOURS),
            devices=figures.by_trait("device", now, _HOURS),
            rubrics=_rubrics(figures.by_trait("rubric", now, _HOURS)),
            stored=fates.get((Signal.READ, Rule.STORED), 0),
            sieved=[(RULES[rule], count) for rule, count in sorted(dropped, key=lambda one: -one[1]) if count],
            lists_made_at=made_at if made_at is not None and now - made_at > lists.OLDEST else None,
        )

    def of_article(self, article_id: int, since: datetime, now: datetime) -> OfArticle:
        """Return how one article was read since it was published: by hours, by days after eight, by months later."""
        days = figures.days(article_id, now)
        readers = sum(count for _, _, count in days)
        first, today = windows.day_of(since), windows.day_of(now)
        is_old = first <= today - timedelta(days=KEPT_AS_DAYS)
        months = figures.months(article_id) if is_old else []
        readers += sum(count for _, _, count in months)
        depths = figures.depths(article_id, now, _DEPTH_DAYS)
        unit: Unit
        if now - since < timedelta(days=KEPT_DAYS):
            count = int((hour_of(now) - hour_of(since)).total_seconds()) // 3600 + 1
            unit, points = "hour", tuple(Point(*row) for row in figures.curve(article_id, now, count))
        elif not is_old:
            reads = {day: amount for day, amount, _ in days}
            span = [first + place * _DAY for place in range((today - first).days + 1)]
            unit, points = "day", tuple(Point(_midnight(day), reads.get(day, 0)) for day in span)
        else:
            unit, points = "month", _by_month(first, today, [*months, *days])
        return OfArticle(
            unit=unit,
            points=points,
            readers=readers,
            engaged=tuple(sum(n for (step, _), n in depths.items() if step == one) for one in range(_STEPS)),
            quarters=tuple(sum(n for (_, step), n in depths.items() if step == one) for one in range(_STEPS)),
            depth_days=_DEPTH_DAYS,
        )

    def last_hours(self, article_ids: Sequence[int], now: datetime) -> Mapping[int, tuple[int, ...]]:
        """Return how each of some articles was read, hour by hour, in the last 24 hours: one question."""
        curves = figures.curves(list(article_ids), now, _HOURS)
        return {number: tuple(reads for _, reads in curve) for number, curve in curves.items()}

    def readers(self, article_ids: Sequence[int], first: date, last: date, now: datetime) -> dict[int, dict[date, int]]:
        """Return the readers of each of some articles on each day from `first` to `last` on which it had any."""
        return desk.readers_by_day(article_ids, first, last, now=now)


def of_reads() -> Numbers:
    """Return whom the newsroom asks."""
    return OfReads()


def _before(now: datetime) -> tuple[tuple[Point, ...], int]:
    """Return the same hours of the week before, or of the day before where that is not known."""
    for days in _BEFORE_DAYS:
        found = tuple(Point(*row) for row in figures.by_hour(now - days * _DAY, _HOURS))
        if any(reads for _, reads in found):
            return found, days
    return (), 0


def _rubrics(lists_: Mapping[str, int]) -> dict[int, int]:
    """Return by their numbers what is known of the rubrics by their lists (`rubric:3`)."""
    numbers = ((name.removeprefix("rubric:"), reads) for name, reads in lists_.items())
    return {int(number): reads for number, reads in numbers if number.isdecimal()}


def _by_month(first: date, today: date, summed: Sequence[tuple[date, int, int]]) -> tuple[Point, ...]:
    reads: dict[date, int] = {}
    for day, count, _ in summed:
        month = day.replace(day=1)
        reads[month] = reads.get(month, 0) + count
    points, month = [], first.replace(day=1)
    while month <= today:
        points.append(Point(_midnight(month), reads.get(month, 0)))
        month = (month + timedelta(days=32)).replace(day=1)
    return tuple(points)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), zone(settings.WARTA_ZONE)).astimezone(UTC)
