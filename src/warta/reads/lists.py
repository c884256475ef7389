"""The most-read list: made from the hours once they change, read by every page."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum

from warta import plain
from warta.paper.lists import teasers
from warta.paper.pages import Teaser
from warta.reads import buckets, ranking
from warta.reads.models import Ranked, Ranking, ReadHour
from warta.reads.ranking import Readership

SEVEN_DAYS: Final = "7-days"
WINDOW_HOURS: Final = 7 * 24
"""The hour that runs and the 167 before it."""
CANDIDATES: Final = 100
"""Articles kept in the list, more than are shown, so that withdrawn ones leave no gap."""


def most_read(*, now: datetime, limit: int) -> list[Teaser]:
    """Return the `limit` articles with the most readers of the last seven days, of those that may be seen at `now`."""
    asked = "SELECT article_id FROM reads_ranked WHERE ranking_id = %s ORDER BY position"
    ids = [number for (number,) in plain.ask(asked, SEVEN_DAYS, using=settings.WARTA_READS_DATABASE)]
    found = teasers(ids[: 2 * limit], now=now)  # more are asked for only when so many may not be seen
    if len(found) < limit:
        found += teasers(ids[2 * limit :], now=now)
    return found[:limit]


def refresh(now: datetime) -> bool:
    """Make the list anew if the hours changed or another one began since it was made; tell whether it was made."""
    number = buckets.change_number()
    made = Ranking.objects.filter(name=SEVEN_DAYS).first()
    if made is not None and made.number == number and buckets.hour_of(made.made_at) == buckets.hour_of(now):
        return False
    rows = ranking.most_read(_readerships(now), CANDIDATES)
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        Ranking.objects.update_or_create(name=SEVEN_DAYS, defaults={"number": number, "made_at": now})
        Ranked.objects.filter(ranking_id=SEVEN_DAYS).delete()
        Ranked.objects.bulk_create(
            Ranked(ranking_id=SEVEN_DAYS, position=position, article_id=row.article_id, readers=row.distinct_readers)
            for position, row in enumerate(rows, start=1)
        )
    return True


def ranking_number() -> int:
    """Return the number of the change from which the list was made last, 0 before the first.

    Every follower asks at every commit.
    """
    asked = "SELECT number FROM reads_ranking WHERE name = %s"
    rows = plain.ask(asked, SEVEN_DAYS, using=settings.WARTA_READS_DATABASE)
    return int(rows[0][0]) if rows else 0


def sweep(now: datetime) -> int:
    """Throw away what is past its time, a bounded part of it at each call; return how many rows."""
    return buckets.sweep(now)


def _readerships(now: datetime) -> list[Readership]:
    hour_at = buckets.hour_of(now)
    rows = (
        ReadHour.objects.filter(hour_at__gt=hour_at - timedelta(hours=WINDOW_HOURS), hour_at__lte=hour_at)
        .values("article_id")
        .annotate(distinct_readers=Sum("readers"), newest_hour_at=Max("hour_at"))
        .order_by(*ranking.ORDER)
        .values_list(*Readership._fields)
    )
    return [Readership(*row) for row in rows[:CANDIDATES]]
