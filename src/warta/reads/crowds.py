"""How many readers of one article one address, and one network, may bring: as many as it is read widely. Pure.

Behind one address of a telephone company stand thousands of readers, and behind one of an office a few; neither can be
told from one machine under many names, but by what it reads. A crowd reads all over the paper; who wants to move one
article reads that one. So an address may bring one reader of an article for nothing, and two more for every other
article that was read from it on that day; a network of addresses likewise, with twenty for nothing.
"""

from typing import Final

ADDRESS_FREE: Final = 1
NETWORK_FREE: Final = 20
PER_ARTICLE: Final = 2
"""Readers of one article for each other one that is read from the same place."""


def allowed(free: int, others: int) -> int:
    """Return how many readers of one article a place may bring from which `others` were read too."""
    return free + PER_ARTICLE * others
