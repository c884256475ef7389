"""What happened to articles, as partners are told of it: made once of the paper's changes, for all of them.

The store knows the last change of a page, and not what was before. So an event keeps a sign of what readers had then;
the next change of the article is judged by it.
"""

import hashlib
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.utils import timezone

from warta import plain
from warta.delivery import telling
from warta.delivery.models import Event, Partner, Place
from warta.delivery.telling import Teller, Told
from warta.paper import store, taken
from warta.paper.pages import ArticlePage, GonePage
from warta.paper.store import Change

PUBLISHED: Final = "published"
UPDATED: Final = "updated"
CORRECTED: Final = "corrected"
WITHDRAWN: Final = "withdrawn"
REMOVED: Final = "removed"
RECORDER: Final = "events"
"""Under which name is noted how far the paper's changes were looked at."""
_KEPT: Final = timedelta(days=30)
"""As long as an article is fresh (`telling.is_fresh`): later, what was told of it is of no use."""
_SWEEP_S: Final = 3600.0


def place_of(partner: str) -> str:
    """Return under which name is noted how far a partner was told."""
    return f"webhook {partner}"


def place(name: str) -> Told | None:
    """Return how far somebody was told.

    Raises: django.db.Error.
    """
    rows = plain.ask("SELECT number, error, since FROM delivery_place WHERE name = %s", name)
    return next(
        (Told(name, number, error, plain.instant(since) if since else None) for number, error, since in rows), None
    )


def keep_place(told: Told) -> None:
    """Note how far somebody was told: a power cut may take it back, and then they are told once more.

    Raises: django.db.Error.
    """
    with plain.without_waiting_for_the_disk():
        plain.do(
            "INSERT INTO delivery_place (name, number, error, since) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (name)"
            " DO UPDATE SET number = excluded.number, error = excluded.error, since = excluded.since",
            told.name,
            told.number,
            told.error,
            told.since,
        )


def after(number: int) -> Event | None:
    """Return the first event after a change.

    Raises: django.db.Error.
    """
    return Event.objects.filter(change__gt=number).order_by("change").first()


class Recorder(Teller):
    """Follows the paper and notes events, as long as there is a partner to be told."""

    def __init__(self) -> None:
        super().__init__(RECORDER)
        self._sweep_at = 0.0

    def tell(self, changes: Sequence[Change]) -> None:
        """Note what these changes were to readers; what they may not see yet is noted when they may."""
        now = timezone.now()
        own = {
            number: change
            for change in changes
            if change.kind in telling.ARTICLES and change.key.startswith("article:")
            if (number := store.article_id(change.key)) is not None
        }
        pages, before = taken.articles(list(own), now=now), _last(list(own))
        made = [
            made
            for number, change in own.items()
            if (made := _event(change, number, pages.get(number), before.get(number), now)) is not None
        ]
        gone = [event.article_id for event in made if event.kind == REMOVED]
        if gone:
            Event.objects.filter(article_id__in=gone).update(path="")
        Event.objects.bulk_create(made, ignore_conflicts=True)

    def tell_all(self) -> None:
        """Forget what a paper that was put back to an earlier state knows nothing of."""
        last = store.last_number()
        Event.objects.filter(change__gt=last).delete()
        Place.objects.filter(number__gt=last).update(number=last)

    def remind(self) -> None:
        """Throw away, once an hour, what everybody was told long ago."""
        if time.monotonic() < self._sweep_at:
            return
        self._sweep_at = time.monotonic() + _SWEEP_S
        names = [place_of(name) for name in Partner.objects.exclude(webhook="").values_list("name", flat=True)]
        told = min(Place.objects.filter(name__in=names).values_list("number", flat=True), default=0)
        Event.objects.filter(at__lt=timezone.now() - _KEPT, change__lte=told).delete()

    def read(self) -> Told | None:
        """Return how far the changes were looked at."""
        return place(self.name)

    def write(self, told_: Told) -> None:
        """Note how far they were looked at."""
        keep_place(told_)


def _last(article_ids: Sequence[int]) -> dict[int, Event]:
    """Return the last event of each article that has one."""
    found = Event.objects.filter(article_id__in=article_ids).order_by("change")
    return {event.article_id: event for event in found}


def _event(
    change: Change, article_id: int, page: ArticlePage | GonePage | None, before: Event | None, now: datetime
) -> Event | None:
    if change.kind == REMOVED:
        kind, path, sign = REMOVED, "", REMOVED
    elif isinstance(page, GonePage):
        kind, path, sign = WITHDRAWN, page.path, _sign(page)
    elif page is not None and telling.is_fresh(page, now):
        kind, path, sign = _kind(page, before), page.path, _sign(page)
    else:  # not to be seen yet, or any more; or an archive that came over
        return None
    if before is not None and before.sign == sign:
        return None
    return Event(change=change.number, article_id=article_id, kind=kind, path=path, at=now, sign=sign)


def _kind(page: ArticlePage, before: Event | None) -> str:
    """Return what an article's page is to those who were told what was before, or to those who were told nothing."""
    if before is None:
        updated = [(page.updated_at, UPDATED)] if page.updated_at and page.updated_at > page.published_at else []
        corrected = [(correction.at, CORRECTED) for correction in page.corrections]
        return max([(page.published_at, PUBLISHED), *updated, *corrected])[1]
    if before.kind in {WITHDRAWN, REMOVED}:
        return PUBLISHED
    return CORRECTED if _newest_correction(page) > int(before.sign.partition("-")[0]) else UPDATED


def _sign(page: ArticlePage | GonePage) -> str:
    digest = hashlib.blake2b(msgspec.json.encode(page), digest_size=16).hexdigest()
    return f"{_newest_correction(page) if isinstance(page, ArticlePage) else 0}-{digest}"


def _newest_correction(page: ArticlePage) -> int:
    return max((correction.id for correction in page.corrections), default=0)
