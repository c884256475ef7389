"""Sets words into a box: the largest size at which they fit, in lines of nearly equal length."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

ELLIPSIS: Final = "…"
_BREAKS: Final = re.compile(r"(?<=[-\u2010\u2013\u2014/])(?=\w)")
"""Where a word may be broken without a hyphen of our own."""
_STEPS: Final = 12

Measure = Callable[[str], float]
"""Tells how wide words are, in ems."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where words are set: width and height in pixels, sizes from which to which, leading in ems."""

    width: float
    height: float
    largest: int
    smallest: int
    leading: float


@dataclass(frozen=True, slots=True)
class Setting:
    """Words as they are set: the size and the distance of their lines in pixels."""

    size: int
    lines: tuple[str, ...]
    leading: float

    @property
    def height(self) -> float:
        """How high the lines are together."""
        return len(self.lines) * self.leading


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stays in one line: its width, and that of the space behind it, in ems."""

    words: str
    width: float
    space: float


def fitted(words: str, box: Box, measure: Measure) -> Setting:
    """Set words as large as they fit; at the smallest size what does not fit is cut, with an ellipsis."""
    pieces = [piece for word in words.split() for piece in _pieces(word, box.width / box.smallest, measure)]
    widest = max((piece.width for piece in pieces), default=0.0)
    for size in range(box.largest, box.smallest - 1, -1):
        width, most = box.width / size, max(1, int(box.height / (size * box.leading)))
        if widest <= width and len(_wrapped(pieces, width)) <= most:
            break
    lines = _balanced(pieces, width)
    if len(lines) > most:
        lines = _wrapped(pieces, width)
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width, measure)]
    return Setting(size, tuple(lines), size * box.leading)


def shortened(words: str, width: float, measure: Measure) -> str:
    """Return words in one line of this width in ems, with an ellipsis where they are cut."""
    if measure(words) <= width:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(words[:middle].rstrip() + ELLIPSIS) <= width else (low, middle - 1)
    return words[:low].rstrip() + ELLIPSIS


def tracked(words: str, tracking: float, measure: Measure) -> list[tuple[str, float]]:
    """Return each letter with its place in ems, kerned and set apart by `tracking`; the last is a space, at the end."""
    places, at = [], 0.0
    for letter, following in pairwise(f"{words}  "):
        places.append((letter, at))
        at += measure(letter + following) - measure(following) + tracking
    return places


def _pieces(word: str, width: float, measure: Measure) -> list[_Piece]:
    """Cut a word where it may be broken; what is wider than a line all the same, anywhere."""
    parts: list[str] = []
    for whole in _BREAKS.split(word):
        part = whole
        while measure(part) > width and len(part) > 1:
            length = next((n for n in range(len(part) - 1, 1, -1) if measure(part[:n]) <= width), 1)
            parts.append(part[:length])
            part = part[length:]
        parts.append(part)
    wide = [measure(part) for part in parts]
    spaces = [0.0] * (len(parts) - 1) + [measure(f"{parts[-1]} ") - wide[-1]]
    return [_Piece(*piece) for piece in zip(parts, wide, spaces, strict=True)]


def _wrapped(pieces: Sequence[_Piece], width: float) -> list[str]:
    lines: list[str] = []
    at = 0.0
    for piece in pieces:
        if not lines or at + piece.width > width:
            lines.append("")
            at = 0.0
        lines[-1] += piece.words + (" " if piece.space else "")
        at += piece.width + piece.space
    return [line.rstrip() for line in lines]


def _balanced(pieces: Sequence[_Piece], width: float) -> list[str]:
    """Return as few lines as needed, and these as nearly of one length as they can be."""
    count = len(_wrapped(pieces, width))
    narrow, wide = max((piece.width for piece in pieces), default=0.0), width
    for _ in range(_STEPS):
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(_wrapped(pieces, middle)) == count else (middle, wide)
    return _wrapped(pieces, wide)
