"""Finds texts that say nearly the same, by MinHash: texts that share most of their phrases share some of their bands.

With 8 bands of 4 smallest hashes, two texts that share 80 % of their phrases have a band in common 98 times of 100; two
that share 20 %, once. Source: Broder, On the resemblance and containment of documents (1997). Pure.
"""

import re
from hashlib import blake2b
from itertools import pairwise
from typing import Final

BANDS: Final = 8
_ROWS: Final = 4
_MASK: Final = 2**61 - 1
_WORD: Final = re.compile(r"\w+")
_STEPS: Final = [
    tuple(int.from_bytes(blake2b(f"{number}{part}".encode(), digest_size=7).digest()) for part in "ab")
    for number in range(BANDS * _ROWS)
]
"""Each turns one hash of a phrase into another: the same for ever, since the bands are kept."""


def bands(text: str) -> list[int]:
    """Return the bands of a text as signed 64-bit numbers; none for a text of fewer than eight words."""
    words = _WORD.findall(text.casefold())
    if len(words) < 8:
        return []
    phrases = {_number(f"{first} {second}") for first, second in pairwise(words)}
    smallest = [min((a * phrase + b) % _MASK for phrase in phrases) for a, b in _STEPS]
    return [_number(f"{start}:{smallest[start : start + _ROWS]}") - 2**63 for start in range(0, len(smallest), _ROWS)]


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())
