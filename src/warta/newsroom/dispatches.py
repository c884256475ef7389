"""The worker's side of a Dispatch: claim the next, finish it, or put it back for later."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.db.models import F
from django.utils import timezone

from warta import plain
from warta.newsroom.models import Dispatch

__all__ = [
    "LEASE",
    "QUICK",
    "QUICK_LEASE",
    "Dispatch",
    "claim",
    "claim_lot",
    "finish",
    "is_claimed",
    "leave",
    "oldest",
    "pending",
    "put_back",
]

LEASE: Final = timedelta(minutes=1)
"""How long a claimed row is left to its worker before another may take it; pressing it twice does no harm."""
QUICK_LEASE: Final = timedelta(seconds=30)
"""The same for `QUICK`: a lot takes some seconds; what a killed process had claimed is not to wait for long."""
QUICK: Final = ("article", "rubric", "channel", "topic", "person", "static")
"""What is pressed in milliseconds and may be claimed by the lot; pictures take longer."""
_LONGEST_WAIT_S: Final = 600
_FREE: Final = "(claimed_until IS NULL OR claimed_until < %s)"


def claim(now: datetime) -> Dispatch | None:
    """Take the next row that is due, by one conditional update; None when there is nothing to do."""
    rows = plain.ask(
        f"SELECT id, kind, object_id, attempts FROM newsroom_dispatch WHERE {_FREE}"  # noqa: S608 — names of ours
        " AND due_at <= %s ORDER BY due_at, id LIMIT 5",
        now,
        now,
    )
    for number, kind, object_id, attempts in rows:
        taken = plain.do(
            f"UPDATE newsroom_dispatch SET claimed_until = %s WHERE id = %s AND {_FREE}",  # noqa: S608 — names of ours
            now + (QUICK_LEASE if kind in QUICK else LEASE),
            number,
            now,
        )
        if taken:
            return Dispatch(pk=number, kind=kind, object_id=object_id, attempts=attempts)
    return None


def claim_lot(now: datetime, limit: int) -> list[Dispatch]:
    """Take at most `limit` rows of `QUICK` kinds that are due, the oldest first, by one conditional update.

    Of two that take at the same time, one gets fewer or none.
    """
    rows = plain.ask(
        f"UPDATE newsroom_dispatch SET claimed_until = %s WHERE {_FREE} AND id IN"  # noqa: S608 — names of ours
        f" (SELECT id FROM newsroom_dispatch WHERE {_FREE} AND due_at <= %s AND kind IN {plain.places(QUICK)}"
        " ORDER BY due_at, id LIMIT %s) RETURNING id, kind, object_id, attempts",
        *(now + QUICK_LEASE, now, now, now, *QUICK, limit),
    )
    return [
        Dispatch(pk=number, kind=kind, object_id=object_id, attempts=attempts)
        for number, kind, object_id, attempts in sorted(rows)
    ]


def finish(*done: Dispatch) -> None:
    """Remove rows whose work is done."""
    numbers = [dispatch.pk for dispatch in done]
    if numbers:
        is_done, values = plain.among(numbers)
        plain.do(f"DELETE FROM newsroom_dispatch WHERE id {is_done}", *values)  # noqa: S608 — names of ours


def put_back(dispatch: Dispatch, *, error: str, now: datetime) -> None:
    """Keep a row whose work failed, to be tried again after 2, 4, 8… seconds, at most 10 minutes."""
    wait_s = min(2 ** (dispatch.attempts + 1), _LONGEST_WAIT_S)
    Dispatch.objects.filter(pk=dispatch.pk).update(
        claimed_until=None, due_at=now + timedelta(seconds=wait_s), attempts=F("attempts") + 1, error=error[:2000]
    )


def leave(kind: str, ids: Iterable[int]) -> int:
    """Leave work for many objects of a kind and return how many."""
    total = 0
    waiting = iter(ids)
    while batch := list(islice(waiting, 1000)):
        now = timezone.now()
        plain.insert(
            "newsroom_dispatch",
            ("kind", "object_id", "left_at", "due_at", "attempts", "error"),
            [(kind, object_id, now, now, 0, "") for object_id in batch],
        )
        total += len(batch)
    return total


def is_claimed(now: datetime) -> bool:
    """Tell whether somebody is at work on a row, or was when it was killed."""
    return Dispatch.objects.filter(claimed_until__gt=now).exists()


def pending() -> int:
    """Return how many rows wait (for the operator, never on a page)."""
    return Dispatch.objects.count()


def oldest() -> datetime | None:
    """Return when the row that waits longest was left."""
    return Dispatch.objects.order_by("left_at").values_list("left_at", flat=True).first()
