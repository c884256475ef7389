"""Live reports: articles to whose body developments are added, each with its moment; readers have the newest first."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, TypeVar

GOES_ON_FOR: Final = timedelta(hours=12)
"""How long after its newest development a live report counts as going on, if no editor ended it."""
_Block = TypeVar("_Block")


def newest_first(blocks: Iterable[_Block], moment: Callable[[_Block], datetime | None]) -> list[_Block]:
    """Return the blocks of a body: what is no development as it stands, and below it the developments, newest first.

    `moment` is None for what is no development. Of one moment, the upper stays above.
    """
    dated = [(block, moment(block)) for block in blocks]
    entries = [(block, at) for block, at in dated if at is not None]
    newest = sorted(entries, key=lambda entry: entry[1], reverse=True)
    return [*(block for block, at in dated if at is None), *(block for block, _ in newest)]
