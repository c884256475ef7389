"""What editors put at a place of a front: it stands there, and what fills the other places is not it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from warta.paper import lists
from warta.paper.pages import Teaser


def teasers(pins: Mapping[str, int], *, now: datetime) -> dict[str, Teaser]:
    """Return the teasers of those articles that may be seen at `now`, by place: one query, none without pins."""
    found = {teaser.id: teaser for teaser in lists.teasers(list(pins.values()), now=now)} if pins else {}
    return {slot: found[number] for slot, number in pins.items() if number in found}


def without(newest: Iterable[Teaser], put: Iterable[Teaser]) -> list[Teaser]:
    """Return the newest without what stands elsewhere."""
    taken = {teaser.id for teaser in put}
    return [teaser for teaser in newest if teaser.id not in taken]


def at_places(places: Sequence[Teaser | None], free: Iterable[Teaser]) -> list[Teaser]:
    """Return a list that begins with what was put at its first places; the free ones fill the others, in order."""
    rest = list(free)
    begun = [put or (rest.pop(0) if rest else None) for put in places]
    return [*(teaser for teaser in begun if teaser is not None), *rest]
