"""What a photo looks like, in a few numbers: its likeness to others, and a first guess where its eye lies.

Runs in the child process alone.
"""

from math import exp, sqrt
from typing import Final

from PIL import Image, ImageFilter

_SIDE: Final = 96
_FLAT: Final = 32
"""Brightness, of 255, that the strongest edge must have for there to be anything to see."""
_LEAST: Final = 0.2
"""The eye's least share of either side."""


def likeness(image: Image.Image) -> int:
    """Return 64 bits that stay nearly the same when a photo is made smaller, saved again or brightened.

    Each bit says whether a place is brighter than its neighbour to the right (a difference hash), as signed number.
    """
    small = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (small[row * 9 + column] > small[row * 9 + column + 1])
    return bits - 2**64 if bits >= 2**63 else bits


def guess(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Return the middle, width and height in pixels of where most is to be seen; None where nothing stands out.

    It is the centre of mass of the edges, those near the middle and a little above it weighing more: what people
    photograph stands there more often than not.
    """
    small = image.convert("L")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    width, height = small.size
    if width < 8 or height < 8:
        return None
    edges = small.filter(ImageFilter.FIND_EDGES).crop((1, 1, width - 1, height - 1))
    values, across = edges.tobytes(), edges.width
    mean = sum(values) / len(values)
    if max(values) < _FLAT:
        return None
    total = x_sum = y_sum = x_square = y_square = 0.0
    for place, value in enumerate(values):
        if value <= mean:
            continue
        y, x = divmod(place, across)
        x_share, y_share = (x + 1.5) / width, (y + 1.5) / height
        weight = (value - mean) * exp(-((x_share - 0.5) ** 2 + (y_share - 0.45) ** 2) / 0.18)
        total += weight
        x_sum, y_sum = x_sum + weight * x_share, y_sum + weight * y_share
        x_square, y_square = x_square + weight * x_share**2, y_square + weight * y_share**2
    x_mean, y_mean = x_sum / total, y_sum / total
    wide = _within(sqrt(max(x_square / total - x_mean**2, 0)) * 2, x_mean)
    high = _within(sqrt(max(y_square / total - y_mean**2, 0)) * 2, y_mean)
    return (
        round(x_mean * image.width),
        round(y_mean * image.height),
        max(round(wide * image.width), 1),
        max(round(high * image.height), 1),
    )


def _within(share: float, middle: float) -> float:
    """Return a share of a side that stays inside it about its middle."""
    return min(max(share, _LEAST), 0.6, 2 * middle, 2 * (1 - middle))
