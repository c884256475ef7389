"""What readers had of an article over time; only an article that they have now has a history that they may see."""

from collections.abc import Sequence
from typing import Final

import msgspec
from django.db.models import Max

from warta.paper.models import Kept
from warta.paper.pages import Past

_past: Final = msgspec.json.Decoder(Past)


def keep(article_id: int, versions: Sequence[Past]) -> None:
    """Keep versions; one that is kept already stays as it is."""
    Kept.objects.bulk_create(
        (
            Kept(article_id=article_id, number=version.number, data=msgspec.json.encode(version).decode())
            for version in versions
        ),
        ignore_conflicts=True,
    )


def last_number(article_id: int) -> int:
    """Return the number of the last version that is kept, 0 without any."""
    return Kept.objects.filter(article_id=article_id).aggregate(last=Max("number"))["last"] or 0


def of(article_id: int, limit: int) -> list[Past]:
    """Return at most `limit` versions of an article, the newest first."""
    rows = Kept.objects.filter(article_id=article_id).order_by("-number").values_list("data", flat=True)
    return [_past.decode(data) for data in rows[:limit]]


def two(article_id: int, first: int, second: int) -> tuple[Past, Past] | None:
    """Return two versions, None when one is missing."""
    rows = Kept.objects.filter(article_id=article_id, number__in=(first, second)).values_list("number", "data")
    found = {number: _past.decode(data) for number, data in rows}
    return (found[first], found[second]) if first in found and second in found else None
