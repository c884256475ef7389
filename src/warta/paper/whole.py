"""The addresses at which fronts once stood: of all that lies in the paper, the one thing the press cannot make anew."""

from collections.abc import Iterator, Sequence

from django.db.models import Q

from warta.paper.models import OldAddress


def addresses() -> Iterator[tuple[str, str]]:
    """Return old addresses, with the keys of the pages they lead to, that are not an article's."""
    rows = OldAddress.objects.exclude(Q(key__startswith="article:") | Q(key__startswith="coming:")).order_by("address")
    return rows.values_list("address", "key").iterator(chunk_size=2000)


def restore(rows: Sequence[tuple[str, str]]) -> None:
    """Let old addresses lead to pages again; the same once more changes nothing.

    Raises: django.db.Error.
    """
    OldAddress.objects.bulk_create(
        (OldAddress(address=address, key=key) for address, key in rows),
        update_conflicts=True,
        unique_fields=["address"],
        update_fields=["key"],
    )
