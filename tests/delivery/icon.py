"""Draws the sign of `favicon.svg` for home screens: `python -m tests.delivery.icon` writes `icon.png` anew.

It fills the square, and keeps within the circle of 40 % around the middle that every mask leaves.
Source: W3C Web Application Manifest, icon masks and safe zone.
"""

import io
import re
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[2] / "src" / "warta" / "delivery"
FILE = FOLDER / "icon.png"
SIZE, FINE, SHRUNK = 512, 4, 0.8
_BOX, _MIDDLE = 64, (33.0, 33.5)
"""Side of the sign's drawing, and the middle of its letter."""


def drawn() -> bytes:
    """Return the picture as PNG, of 32 colours."""
    svg = (FOLDER / "favicon.svg").read_text()
    ground, ink = re.findall(r'fill="(#[0-9a-f]{6})"', svg)
    whole = SIZE * FINE
    image = Image.new("RGB", (whole, whole), ground)
    scale = whole / _BOX * SHRUNK
    points = [(whole / 2 + (x - _MIDDLE[0]) * scale, whole / 2 + (y - _MIDDLE[1]) * scale) for x, y in _points(svg)]
    ImageDraw.Draw(image).polygon(points, fill=ink)
    small = image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).quantize(32, Image.Quantize.MEDIANCUT)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def _points(svg: str) -> list[tuple[float, float]]:
    """Return the corners of the one path, which is made of straight lines alone."""
    (path,) = re.findall(r' d="([^"]+)"', svg)
    x = y = 0.0
    points = []
    for sign, rest in re.findall(r"([MmLlHhVv])([^A-Za-z]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d+", rest)]
        if sign in "Hh":
            steps = [(number, None) for number in numbers]
        elif sign in "Vv":
            steps = [(None, number) for number in numbers]
        else:
            steps = list(zip(numbers[::2], numbers[1::2], strict=True))
        for right, down in steps:
            x = x if right is None else right + (x if sign.islower() else 0)
            y = y if down is None else down + (y if sign.islower() else 0)
            points.append((x, y))
    return points


if __name__ == "__main__":
    FILE.write_bytes(drawn())
