"""The drawing surface: flat shapes in units of a thousandth of the picture's height."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw

from warta.ingest.demo.draw.palette import Color, Palette, along, mix

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # x, y, width, height

BOTTOM = 1000.0
_OVERSAMPLE = 2
_FALLOFF = Image.radial_gradient("L").point([round(255 * max(0.0, 1 - v / 180) ** 2) for v in range(256)])


class Stage:
    """Draw one picture; x runs from 0 to `wide`, y from 0 to 1000."""

    def __init__(self, size: tuple[int, int], palette: Palette, rng: Random) -> None:
        self.size = size
        self.palette = palette
        self.rng = rng
        across, down = size[0] * _OVERSAMPLE, size[1] * _OVERSAMPLE
        self.scale = down / BOTTOM
        self.wide = across / self.scale
        self.sun: Point = (self.wide / 2, 200.0)
        self.image = Image.new("RGB", (across, down))
        self.pen = ImageDraw.Draw(self.image)

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        scale = self.scale
        return [(x * scale, y * scale) for x, y in points]

    def polygon(self, points: Sequence[Point], color: Color) -> None:
        """Fill a polygon."""
        self.pen.polygon(self._scaled(points), fill=color)

    def shape(self, origin: Point, scale: float, points: Sequence[Point], color: Color) -> None:
        """Fill a polygon given in units of a scale around an origin."""
        self.polygon([(origin[0] + scale * x, origin[1] + scale * y) for x, y in points], color)

    def rect(self, box: Box, color: Color) -> None:
        """Fill an upright rectangle."""
        x, y, width, height = (part * self.scale for part in box)
        if width > 0 and height > 0:
            self.pen.rectangle((x, y, x + max(width - 1, 0), y + max(height - 1, 0)), fill=color)

    def disc(self, center: Point, radius: float, color: Color) -> None:
        """Fill a circle."""
        self.oval(center, (radius, radius), color)

    def oval(self, center: Point, radii: Point, color: Color) -> None:
        """Fill an ellipse."""
        (x, y), (rx, ry), scale = center, radii, self.scale
        self.pen.ellipse(((x - rx) * scale, (y - ry) * scale, (x + rx) * scale, (y + ry) * scale), fill=color)

    def dome(self, center: Point, radii: Point, color: Color) -> None:
        """Fill the upper half of an ellipse."""
        (x, y), (rx, ry), scale = center, radii, self.scale
        box = ((x - rx) * scale, (y - ry) * scale, (x + rx) * scale, (y + ry) * scale)
        self.pen.chord(box, 180, 360, fill=color)

    def line(self, points: Sequence[Point], width: float, color: Color) -> None:
        """Stroke a line."""
        self.pen.line(self._scaled(points), fill=color, width=max(1, round(width * self.scale)), joint="curve")

    def column(self, stops: Sequence[Color], height: int) -> Image.Image:
        """Make a one-pixel-wide vertical gradient."""
        last = max(height - 1, 1)
        data = bytes(part for row in range(height) for part in along(stops, row / last))
        return Image.frombytes("RGB", (1, height), data)

    def wash(self, top: float, bottom: float, stops: Sequence[Color]) -> None:
        """Fill a full-width band with a vertical gradient."""
        start, end = round(top * self.scale), round(bottom * self.scale)
        if end > start:
            band = self.column(stops, end - start)
            self.image.paste(band.resize((self.image.width, end - start)), (0, start))

    def shade(self, points: Sequence[Point], stops: Sequence[Color]) -> None:
        """Fill a polygon with a vertical gradient over its own height."""
        spots = self._scaled(points)
        left = max(0, int(min(x for x, _ in spots)))
        right = min(self.image.width, int(max(x for x, _ in spots)) + 1)
        top = int(min(y for _, y in spots))
        bottom = int(max(y for _, y in spots)) + 1
        if right <= left or bottom <= top:
            return
        size = (right - left, bottom - top)
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in spots], fill=255)
        self.image.paste(self.column(stops, size[1]).resize(size), (left, top), mask)

    def glow(self, center: Point, radius: float, color: Color, strength: float = 0.6) -> None:
        """Lay a soft round light."""
        side = max(2, round(radius * 2 * self.scale))
        mask = _FALLOFF.resize((side, side)).point([round(v * strength) for v in range(256)])
        corner = (round((center[0] - radius) * self.scale), round((center[1] - radius) * self.scale))
        self.image.paste(color, (*corner, corner[0] + side, corner[1] + side), mask)

    def veil(self, top: float, bottom: float, color: Color, alphas: Sequence[float]) -> None:
        """Lay a full-width mist whose opacity runs through the given values."""
        start, end = round(top * self.scale), round(bottom * self.scale)
        if end > start:
            greys = [(round(a * 255),) * 3 for a in alphas]
            mask = self.column([(a, b, c) for a, b, c in greys], end - start).getchannel(0)
            size = (self.image.width, end - start)
            self.image.paste(color, (0, start, size[0], end), mask.resize(size))

    def sheer(self, shapes: Sequence[Sequence[Point]], color: Color, opacity: float) -> None:
        """Fill several polygons with a see-through colour, without summing where they overlap."""
        spots = [self._scaled(points) for points in shapes]
        if not spots:
            return
        left = max(0, int(min(x for shape in spots for x, _ in shape)))
        top = max(0, int(min(y for shape in spots for _, y in shape)))
        right = min(self.image.width, int(max(x for shape in spots for x, _ in shape)) + 1)
        bottom = min(self.image.height, int(max(y for shape in spots for _, y in shape)) + 1)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        pen = ImageDraw.Draw(mask)
        for shape in spots:
            pen.polygon([(x - left, y - top) for x, y in shape], fill=round(opacity * 255))
        self.image.paste(color, (left, top, right, bottom), mask)

    def mirror(self, line: float, depth: float, strength: float) -> None:
        """Reflect what stands above a line onto the water drawn below it, fading downwards."""
        start, rows = round(line * self.scale), round(depth * self.scale)
        rows = min(rows, start, self.image.height - start)
        if rows <= 0:
            return
        width = self.image.width
        band = self.image.crop((0, start - rows, width, start)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        ramp = [(round(255 * strength * level),) * 3 for level in (1.0, 0.75, 0.35)]
        mask = self.column([(a, b, c) for a, b, c in ramp], rows).getchannel(0).resize((width, rows))
        self.image.paste(band, (0, start), mask)

    def bloom(self) -> None:
        """Let the sun or the moon brighten everything around it."""
        self.glow(self.sun, 950, mix(self.palette.orb, self.palette.sky[-1], 0.5), self.palette.bloom)

    def _framed(self) -> Image.Image:
        """Move the camera: reduce the whole picture, or a somewhat smaller part of it."""
        if self.rng.random() < 0.3:
            return self.image.reduce(_OVERSAMPLE)
        share = self.rng.uniform(0.76, 0.97)
        width, height = self.image.size
        left, top = width * (1 - share) * self.rng.uniform(0.2, 0.8), height * (1 - share) * self.rng.uniform(0.25, 0.8)
        box = (left, top, left + width * share, top + height * share)
        return self.image.resize(self.size, Image.Resampling.HAMMING, box)

    def finish(self, *, flipped: bool) -> Image.Image:
        """Reduce to the final size, mirror if asked and add a trace of paper grain."""
        image = self._framed()
        if flipped:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        side = 192
        tile = Image.frombytes("L", (side, side), bytes(b % 3 for b in self.rng.randbytes(side * side)))
        grain = Image.new("L", self.size)
        for x in range(0, self.size[0], side):
            for y in range(0, self.size[1], side):
                grain.paste(tile, (x, y))
        return ImageChops.add(image, Image.merge("RGB", (grain, grain, grain)), 1, -1)
