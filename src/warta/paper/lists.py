"""The paper's lists: newest first, cut by keyset, and teasers for given ids. Each costs one query at any size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

import msgspec
from django.db.models import QuerySet

from warta.paper.models import Placement, StoredPage
from warta.paper.pages import Teaser
from warta.paper.store import ALL, article_id, article_keys, visible

_teaser: Final = msgspec.json.Decoder(Teaser)


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
    rows = Placement.objects.filter(visible(now), list=name)
    if behind is not None:
        rows = _behind(rows, behind)
    if since is not None:
        rows = rows.filter(published_at__gte=since)
    ordered = rows.order_by("-published_at", "-article_id").values_list("page__teaser", flat=True)[:limit]
    return [_teaser.decode(teaser) for teaser in ordered]


def ids(name: str = ALL, *, behind: Cursor | None, limit: int) -> list[Cursor]:
    """Return at most `limit` places of a list, newest first, from behind a cursor on, visible or not."""
    rows = Placement.objects.filter(list=name)
    if behind is not None:
        rows = _behind(rows, behind)
    found = rows.order_by("-published_at", "-article_id").values_list("published_at", "article_id")[:limit]
    return [Cursor(*row) for row in found]


def teasers(article_ids: Sequence[int], *, now: datetime) -> list[Teaser]:
    """Return the teasers of those of the given articles that may be seen at `now`, in the given order."""
    keys = [key for number in article_ids for key in article_keys(number)]
    rows = StoredPage.objects.filter(visible(now), key__in=keys).values_list("key", "teaser")
    found = {article_id(key): teaser for key, teaser in rows if teaser}  # what is gone has none
    return [_teaser.decode(found[number]) for number in article_ids if number in found]


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


def _behind(rows: QuerySet[Placement], cursor: Cursor) -> QuerySet[Placement]:
    return rows.filter(published_at__lte=cursor.published_at).exclude(
        published_at=cursor.published_at, article_id__gte=cursor.article_id
    )
