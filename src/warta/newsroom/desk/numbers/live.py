"""The dashboard: one snapshot of the whole paper each few seconds, drawn once a language, for however many screens."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from warta.newsroom.desk.numbers import chart, words
from warta.newsroom.desk.numbers.shared import Shared
from warta.newsroom.desk.numbers.words import Chart, Row
from warta.newsroom.models import Article, Desk, Rubric
from warta.newsroom.numbers import Snapshot, numbers

INTERVAL_S: Final = 3
"""How old what a screen shows may be, and after how long it asks again."""
_NO_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The dashboard as HTML at an instant; another `digest` when anything but the time is another."""

    digest: str
    html: str
    clock: str


@dataclass(frozen=True, slots=True)
class Leader:
    """One line of the most read."""

    article_id: int
    headline: str
    about: str
    readers: int
    spark: str
    trend: int | None

    @property
    def url(self) -> str:
        """Return the address of its own numbers."""
        return reverse("numbers_article", args=[self.article_id])


_snapshots: Final[Shared[Snapshot]] = Shared(INTERVAL_S)
_drawn: Final[Shared[Drawn]] = Shared(INTERVAL_S)


def drawn() -> Drawn:
    """Return the dashboard in the language that is active, at most `INTERVAL_S` old."""
    return _drawn.get(get_language(), _draw)


def forget() -> None:
    """Work everything out anew when it is asked for next."""
    _snapshots.forget()
    _drawn.forget()


def _draw() -> Drawn:
    snapshot = _snapshots.get("now", lambda: numbers().snapshot(timezone.now()))
    html = render_to_string("newsroom/numbers/live.html", context_of(snapshot))
    still = repr(replace(snapshot, at=_NO_TIME)) + str(get_language())
    at = words.local(snapshot.at)
    return Drawn(hashlib.sha256(still.encode()).hexdigest()[:16], html, f"{at:%H.%M.%S}")


def context_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return what the dashboard shows of a snapshot: four queries."""
    hours, hours_before = ([reads for _, reads in points] for points in (snapshot.hours, snapshot.before))
    minutes = [reads for _, reads in snapshot.minutes]
    rubrics = Rubric.objects.in_bulk(list(snapshot.rubrics))
    by_rubric = [(rubrics[pk].name, reads) for pk, reads in snapshot.rubrics.items() if pk in rubrics]
    dropped = sum(count for _, count in snapshot.sieved)
    return {
        "at": snapshot.at,
        "clock": f"{words.local(snapshot.at):%H.%M.%S}",
        "now": snapshot.now,
        "now_minutes": snapshot.now_minutes,
        "minutes_spark": chart.sparkline(minutes),
        "minutes_said": _("Reads in each of the last 60 minutes: from %(least)s to %(most)s.")
        % {"least": words.grouped(min(minutes, default=0)), "most": words.grouped(max(minutes, default=0))},
        "total": sum(hours),
        "change": chart.change(sum(hours[:-1]), sum(hours_before[:-1])),  # of whole hours
        "chart": day_chart(snapshot),
        "before_days": snapshot.before_days,
        "leaders": leaders(snapshot),
        "parts": [
            ("sources", _("Where they come from"), bars(snapshot.sources.items(), words.source_name)),
            ("devices", _("What they read on"), bars(snapshot.devices.items(), words.device_name)),
            ("rubrics", _("By rubric"), chart.bars(sorted(by_rubric, key=lambda one: -one[1]))),
            ("desks", _("By desk"), chart.bars(by_desk(snapshot))),
        ],
        "stored": snapshot.stored,
        "dropped": dropped,
        "sieved": chart.bars([(str(told), count) for told, count in snapshot.sieved]),
        "old_lists": words.spelt(snapshot.lists_made_at) if snapshot.lists_made_at else "",
    }


def day_chart(snapshot: Snapshot) -> Chart:
    """Return the curve of 24 hours, beside the same hours before."""
    before = [reads for _, reads in snapshot.before]
    rows = [
        Row(words.spelt(at), reads, before[place] if before else None)
        for place, (at, reads) in enumerate(snapshot.hours)
    ]
    return Chart(
        name="day",
        title=_("Reads in the last 24 hours"),
        said=words.summary(rows),
        curve=chart.curve(
            [row.value for row in rows],
            [words.short(at) for at, _ in snapshot.hours],
            before=before,
            is_running=True,
        ),
        rows=rows,
        head=words.unit_name("hour"),
        line=_("Last 24 hours"),
        before=(_("A week before") if snapshot.before_days == 7 else _("A day before")) if before else "",
    )


def leaders(snapshot: Snapshot) -> list[Leader]:
    """Return the most read articles that readers can see: one query."""
    found = Article.objects.filter(live=True).select_related("rubric").in_bulk([one.article_id for one in snapshot.top])
    return [
        Leader(
            article_id=one.article_id,
            headline=found[one.article_id].headline,
            about=found[one.article_id].rubric.name,
            readers=one.readers,
            spark=chart.sparkline(one.hours),
            trend=chart.trend(one.hours),
        )
        for one in snapshot.top
        if one.article_id in found
    ]


def by_desk(snapshot: Snapshot) -> Sequence[tuple[str, int]]:
    """Return the reads of each desk, the most first; a rubric of two desks counts for both: two queries."""
    desks = Desk.objects.prefetch_related("rubrics")
    found = [(desk.name, sum(snapshot.rubrics.get(rubric.pk, 0) for rubric in desk.rubrics.all())) for desk in desks]
    return sorted(found, key=lambda one: -one[1])


def bars(amounts: Any, name: Any) -> tuple[chart.Bar, ...]:
    """Return amounts by their class as bars, the most first."""
    return chart.bars([(name(one), reads) for one, reads in sorted(amounts, key=lambda item: -item[1])])
