"""Draws a share picture, in a process of its own: run as a module, it knows nothing of the paper.

Usage: `python -m warta.delivery.share.drawing`; reads what is shown as one JSON object, writes a JPEG. Readers'
processes never load Pillow, and a picture that cannot be decoded ends this process alone. Letters are kerned where the
system has libfribidi, without which Pillow sets them one after the other.
Source: The Open Graph protocol; X, Cards (summary with large image); 1.91:1 is what both show whole.
"""

import json
import os
import resource
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final

import fontpkg
from PIL import Image, ImageDraw, ImageFont, ImageOps

from warta.delivery.share.typesetting import Box, Measure, Setting, fitted, tracked

WIDTH: Final = 1200
HEIGHT: Final = 630
_FAMILY: Final = "Source Serif 4"
_SIDE: Final = HEIGHT
"""The photo is a square at the right, which the press cut about its eye."""
_MARGIN: Final = 52
_FINER: Final = 2
"""How much larger words are set than they are shown: letters keep their places, not those of pixels."""
_MEASURED_AT: Final = 200
_MEMORY: Final = 1_000 * 2**20
_CPU_S: Final = 10
_JPEG: Final = {"quality": 88, "subsampling": 0, "optimize": True, "progressive": True}


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of the paper, as in `paper.css`."""

    ground: str
    ink: str
    quiet: str
    accent: str


BESIDE: Final = Palette("#161310", "#ece6dc", "#b8afa2", "#ffa294")
"""Beside a photo."""
ALONE: Final = Palette("#fffefb", "#1b1815", "#57514a", "#9c1313")
"""Without a photo."""


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of the type: its weight, the size it is drawn for, its colour, how far its letters are set apart in ems."""

    weight: int
    optical_size: int
    colour: str
    tracking: float = 0.0


NAME: Final = Face(680, 44, "ink", -0.02)
HEADLINE: Final = Face(640, 48, "ink")
RUBRIC: Final = Face(640, 20, "accent", 0.08)
CREDIT: Final = Face(420, 14, "quiet")


def draw(shown: dict[str, str]) -> bytes:
    """Draw what is shown: `name` of the paper, `rubric`, `headline`, `credit`, and `photo`, a file or "" for none."""
    photo = _photo(shown["photo"]) if shown["photo"] else None
    words = {name: legible(shown[name]) for name in ("name", "rubric", "headline", "credit")}
    sheet = _panel(words, BESIDE if photo else ALONE, WIDTH - _SIDE if photo else WIDTH)
    if photo:
        panel, sheet = sheet, Image.new("RGB", (WIDTH, HEIGHT))
        sheet.paste(panel)
        sheet.paste(photo, (WIDTH - _SIDE, 0))
    out = BytesIO()
    sheet.save(out, "JPEG", **_JPEG)
    return out.getvalue()


def legible(words: str) -> str:
    """Return words as they can be set: composed, without signs that nobody sees or that the type does not have.

    Words of which a letter is missing are left out: the rest would say something else.
    """
    composed = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", words))
    seen = [sign for sign in composed if unicodedata.category(sign)[0] != "C"]
    missing = {sign for sign in set(seen) if not _has(sign)}
    if any(unicodedata.category(sign)[0] in "LN" for sign in missing):
        return ""
    return " ".join("".join(sign for sign in seen if sign not in missing).split())


def _panel(words: dict[str, str], palette: Palette, width: int) -> Image.Image:
    """Set the name above, the headline under its rubric below, and at the foot whom to credit."""
    panel = Image.new("RGB", (width * _FINER, HEIGHT * _FINER), palette.ground)
    draw = ImageDraw.Draw(panel)
    inner = width - 2 * _MARGIN
    bar = (_MARGIN, _MARGIN, _MARGIN + inner, _MARGIN + 4)
    draw.rectangle([side * _FINER for side in bar], palette.accent)
    _lines(draw, _MARGIN + 17, fitted(words["name"], Box(inner, 60, 44, 24, 1.2), _measure(NAME)), NAME, palette)
    foot = HEIGHT - _MARGIN
    if words["credit"]:
        credit = fitted(words["credit"], Box(inner, 100, 19, 19, 1.3), _measure(CREDIT))
        foot -= round(credit.height)
        _lines(draw, foot, credit, CREDIT, palette)
        foot -= 24
    sizes = (116, 34) if width > WIDTH // 2 else (88, 24)
    headline = fitted(words["headline"], Box(inner, foot - _MARGIN - 138, *sizes, 1.1), _measure(HEADLINE))
    foot -= round(headline.height)
    _lines(draw, foot, headline, HEADLINE, palette)
    _lines(
        draw, foot - 38, fitted(words["rubric"].upper(), Box(inner, 30, 23, 23, 1.2), _measure(RUBRIC)), RUBRIC, palette
    )
    return panel.resize((width, HEIGHT), Image.Resampling.LANCZOS)


def _lines(draw: ImageDraw.ImageDraw, top: float, setting: Setting, face: Face, palette: Palette) -> None:
    type_, colour = _type(setting.size * _FINER, face), getattr(palette, face.colour)
    for number, line in enumerate(setting.lines):
        baseline = (top + number * setting.leading + 0.85 * setting.size) * _FINER
        parts = tracked(line, face.tracking, _natural(face)) if face.tracking else [(line, 0.0)]
        for words, place in parts:
            at = (_MARGIN + place * setting.size) * _FINER
            draw.text((at, baseline), words, colour, type_, anchor="ls")


def _photo(path: str) -> Image.Image:
    with Image.open(path, formats=("JPEG", "WEBP", "AVIF")) as opened:
        return ImageOps.fit(opened.convert("RGB"), (_SIDE, _SIDE), Image.Resampling.LANCZOS)


@cache
def _type(size: int, face: Face) -> ImageFont.FreeTypeFont:
    made = ImageFont.truetype(str(fontpkg.path(_FAMILY)), size)
    wanted = {b"Weight": face.weight, b"Optical Size": face.optical_size}
    axes = made.get_variation_axes()
    made.set_variation_by_axes([wanted.get(axis["name"] or b"", axis["default"] or 0) for axis in axes])
    return made


@cache
def _natural(face: Face) -> Measure:
    type_ = _type(_MEASURED_AT, face)
    return lambda words: type_.getlength(words) / _MEASURED_AT


def _measure(face: Face) -> Measure:
    natural = _natural(face)
    return lambda words: natural(words) + face.tracking * len(words)


@cache
def _has(sign: str) -> bool:
    return sign == " " or _drawn(sign) != _drawn("\U0010fffe")


@cache
def _drawn(sign: str) -> tuple[tuple[int, int], bytes]:
    mask = _type(32, CREDIT).getmask(sign)
    return mask.size, bytes(mask)


if __name__ == "__main__":
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))
