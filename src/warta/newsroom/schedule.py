"""Brings what is due into effect: scheduled articles become live, expired ones drafts.

Readers see both at their second without this, by the time test of the paper's store; this makes the newsroom agree.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Revision

from warta.newsroom.models import Article

_LONGEST_WAIT_S: Final = 60
_MOST: Final = 100
_AMONG: Final = 4
"""Among how many times as many as are asked for a runner chooses."""

logger = logging.getLogger(__name__)


class Runner:
    """One process that keeps the schedule. Any number may: each article is taken by one conditional update.

    What fails is tried again after 1, 2, 4… seconds, and holds up nothing else meanwhile.
    """

    def __init__(self) -> None:
        self._failed: dict[tuple[Any, int], tuple[int, datetime]] = {}

    def step(self, now: datetime, most: int = _MOST) -> int:
        """Make at most so many due articles live and as many expired ones drafts, each in its own transaction.

        Return how many: as many as were asked for when there may be more.
        """
        of_articles = ContentType.objects.get_for_model(Article)
        due = Revision.objects.filter(content_type=of_articles, approved_go_live_at__lte=now)
        due = due.exclude(pk__in=self._resting(_make_live, now)).order_by("approved_go_live_at", "pk")
        past = Article.objects.filter(live=True, expire_at__lte=now)
        past = past.exclude(pk__in=self._resting(_expire, now)).order_by("expire_at", "pk")
        done = sum(self._try(_make_live, row, row.object_id, now) for row in _some(due, most))
        return done + sum(self._try(_expire, row, row.pk, now) for row in _some(past, most))

    def _resting(self, what: Any, now: datetime) -> list[int]:
        return [pk for (kind, pk), (_, until) in self._failed.items() if kind == what and until > now]

    def _try(self, do: Callable[[Any], int], row: Any, number: object, now: datetime) -> int:
        key = (do, row.pk)
        try:
            done = do(row)
        except Exception:  # whatever is wrong with one article is logged, and holds up no other
            times = self._failed.get(key, (0, now))[0] + 1
            self._failed[key] = times, now + timedelta(seconds=min(2 ** (times - 1), _LONGEST_WAIT_S))
            logger.exception("article %s could not be %s; it is tried again", number, _WORDS[do])
            return 0
        self._failed.pop(key, None)
        return done


def _some(rows: QuerySet[Any], most: int) -> list[Any]:
    """Return at most so many of the first rows, by chance: two runners seldom wait for each other over the same one."""
    first = list(rows[: most * _AMONG])
    return first if len(first) <= most else random.sample(first, most)


@transaction.atomic
def _make_live(revision: Revision) -> int:
    meant_for = revision.approved_go_live_at
    still = Revision.objects.filter(pk=revision.pk, approved_go_live_at=meant_for)
    if not still.update(approved_go_live_at=None):
        return 0  # another runner was quicker, or somebody has just scheduled it otherwise
    article = revision.content_object
    article.first_published_at = article.first_published_at or meant_for
    article.publish(revision, log_action="wagtail.publish.scheduled")
    return 1


@transaction.atomic
def _expire(article: Article) -> int:
    article.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return 1


_WORDS: Final[dict[Any, str]] = {_make_live: "made live", _expire: "taken back"}
