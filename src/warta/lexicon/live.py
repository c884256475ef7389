"""Live reports: articles to whose body developments are added, each with its moment; readers have the newest first."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, TypeVar

GOES_ON_FOR: Final = timedelta(hours=12)
"""How long after its newest development a live report counts as going on, if no editor ended it."""
_Block = TypeVar("_Block")


def newest_first(blocks: Iterable[_Block], moment: Callable[[_Block], datetime | None]) -> list[_Block]:
    """Return the blocks of a body, the developments together where the first of them stands, the newest first.

    `moment` is None for what is no development. Of one moment, the upper stays above.
    """
    dated = [(block, moment(block)) for block in blocks]
    entries = [(block, at) for block, at in dated if at is not None]
    if not entries:
        return [block for block, _ in dated]
    first = next(place for place, (_, at) in enumerate(dated) if at is not None)
    others = [[block for block, at in part if at is None] for part in (dated[:first], dated[first:])]
    newest = sorted(entries, key=lambda entry: entry[1], reverse=True)
    return [*others[0], *(block for block, _ in newest), *others[1]]
