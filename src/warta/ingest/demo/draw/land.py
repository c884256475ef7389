"""Land forms: ridges, volcanoes, hazy layers and curved fields."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import BOTTOM, Point, Stage

EDGE = 30.0


def soft(st: Stage, base: float, rise: float, waves: float = 2.0) -> list[Point]:
    """Make a rolling skyline from a few sine waves."""
    parts = [(st.rng.uniform(0.6, 1.3) * waves * 2**n, st.rng.random() * math.tau, 0.5**n) for n in range(3)]
    count = 90
    points = []
    for index in range(count + 1):
        place = index / count
        lift = sum(weight * math.sin(pitch * place * math.pi + phase) for pitch, phase, weight in parts)
        points.append((-EDGE + place * (st.wide + 2 * EDGE), base - rise * (lift / 1.75 + 1) / 2))
    return points


def crag(st: Stage, base: float, rise: float, rough: float = 0.55) -> list[Point]:
    """Make a mountain skyline by midpoint displacement."""
    heights = [st.rng.uniform(0, 0.5), st.rng.uniform(0.55, 1), st.rng.uniform(0.1, 0.6), st.rng.uniform(0.3, 1), 0.2]
    swing = 0.3
    while len(heights) < 120:
        finer = []
        for left, right in itertools.pairwise(heights):
            finer += [left, (left + right) / 2 + st.rng.uniform(-swing, swing) * rough]
        heights = [*finer, heights[-1]]
        swing *= 0.52
    step = (st.wide + 2 * EDGE) / (len(heights) - 1)
    return [(-EDGE + index * step, base - rise * height) for index, height in enumerate(heights)]


def height_at(line: Sequence[Point], x: float) -> float:
    """Read the height of a skyline at x."""
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return line[-1][1]


def ground(st: Stage, line: Sequence[Point], stops: Sequence[Color], bottom: float = BOTTOM) -> None:
    """Fill everything between a skyline and a level."""
    st.shade([*line, (line[-1][0], bottom), (line[0][0], bottom)], stops)


def ranges(st: Stage, horizon: float, count: int, *, rise: float = 190, near: float = 0.45) -> None:
    """Stack hazy mountain layers behind the horizon, the farthest first."""
    palette = st.palette
    for index in range(count):
        share = index / max(count - 1, 1)
        depth = 0.95 - (0.95 - near) * share
        make = crag if st.rng.random() < 0.6 - 0.3 * share else soft
        base = horizon - (1 - share) * rise * 0.18
        line = make(st, base, rise * (1 - 0.5 * share) * st.rng.uniform(0.75, 1.1))
        foot = mix(palette.layer(depth), palette.haze, 0.62)
        ground(st, line, (palette.layer(depth), foot), horizon + 40)


def volcano(st: Stage, peak: Point, base: float, *, reach: float, depth: float) -> None:
    """Raise a cone with a lit flank, ravines and a misty foot."""
    rng, (px, py), palette = st.rng, peak, st.palette
    rim = reach * rng.uniform(0.03, 0.07)
    height = base - py
    reach = max(reach, height * 1.25)
    left, right = [], []
    for step in range(25):
        fall = step / 24
        run = rim + (reach - rim) * _spread(fall)
        wobble = rng.uniform(-1, 1) * 3.5
        left.append((px - run + wobble, py + height * fall))
        right.append((px + run * 1.06 + wobble, py + height * fall * 0.999))
    tip = [(px - rim * 0.4, py + rim * 0.22), (px + rim * 0.3, py + rim * 0.1)]
    body = palette.layer(depth)
    foot = mix(body, palette.haze, 0.75)
    st.shade([*reversed(left), *tip, *right], (body, mix(body, foot, 0.35), foot))
    side = -1 if st.sun[0] < px else 1
    bright = mix(body, palette.orb, 0.16 if palette.night else 0.26)
    _flank(st, (px, py), (rim, reach, height), side=side, color=(bright, mix(bright, foot, 0.7)))


def _spread(fall: float) -> float:
    return 0.34 * fall + 0.66 * math.pow(fall, 2.2)


def _flank(st: Stage, peak: Point, span: tuple[float, float, float], *, side: float, color: Sequence[Color]) -> None:
    """Light one side of a cone down to a jagged hem of ravines."""
    rng, (rim, reach, height) = st.rng, span

    def spot(place: float, fall: float) -> Point:
        run = rim + (reach - rim) * _spread(fall)
        return peak[0] + side * run * place, peak[1] + height * fall

    shape = [spot(0.1, 0.015), *(spot(0.98, step / 12 * 0.8) for step in range(13))]
    teeth = rng.randint(5, 8)
    for tooth in range(teeth):
        place = 0.95 - 0.9 * (tooth + 0.5) / teeth
        tip = rng.uniform(0.42, 0.82) * (1 - 0.3 * tooth / teeth)
        notch = tip * rng.uniform(0.35, 0.6)
        shape += [spot(place, tip), spot(place - 0.3 / teeth, (tip + notch) / 2), spot(place - 0.42 / teeth, notch)]
    st.shade(shape, color)


def smoke(st: Stage, where: Point, size: float, color: Color, drift: float = 1.0) -> None:
    """Let a plume of overlapping discs drift away and thin out."""
    x, y = where
    for index in range(12):
        share = index / 11
        radius = size * (0.14 + 0.55 * share)
        shift = drift * size * (0.3 * share + 1.9 * share**1.7) + st.rng.uniform(-0.1, 0.1) * size
        center = (x + shift, y - size * (1.5 * share**0.8))
        st.glow(center, radius * 1.9, color, 0.62 * (1 - share * 0.6))


def mist(st: Stage, level: float, thick: float = 110, strength: float = 0.55) -> None:
    """Lay a bank of mist across a level."""
    st.veil(level - thick / 2, level + thick / 2, st.palette.haze, (0, strength, 0))


def band(lines: tuple[Sequence[Point], Sequence[Point]], start: int, stop: int) -> list[Point]:
    """Cut the piece between two curves from one sample to another."""
    upper, lower = lines
    return [*upper[start : stop + 1], *reversed(lower[start : stop + 1])]


def contours(st: Stage, top: float, bottom: float, count: int, *, bend: float) -> list[list[Point]]:
    """Make a family of curves that open towards the viewer, as terraces and furrows do."""
    rng = st.rng
    phases = [(rng.uniform(0.7, 1.6), rng.random() * math.tau), (rng.uniform(2.0, 3.6), rng.random() * math.tau)]
    slope = rng.uniform(-0.5, 0.5)
    family = []
    for index in range(count + 1):
        share = (index / count) ** 1.55
        level = top + (bottom - top) * share
        swing = bend * (0.25 + 0.75 * share)
        curve = []
        for sample in range(61):
            place = sample / 60
            wave = sum(
                math.sin(pitch * place * math.tau + phase + share * 1.5) / (order + 1)
                for order, (pitch, phase) in enumerate(phases)
            )
            lift = swing * (wave + slope * (place - 0.5) * 2)
            curve.append((-EDGE + place * (st.wide + 2 * EDGE), level + lift))
        family.append(curve)
    return family


def dirt_way(st: Stage, start: Point, end: Point, widths: Point, color: Color) -> None:
    """Draw a path that swings and widens as it comes nearer."""
    left, right = winding(st, start, end, widths)
    st.polygon([*left, *reversed(right)], color)


def winding(st: Stage, start: Point, end: Point, widths: Point) -> tuple[list[Point], list[Point]]:
    """Return both edges of a way that winds from far to near."""
    rng = st.rng
    turns, phase, swing = rng.uniform(1.1, 1.9), rng.random() * math.tau, rng.uniform(0.12, 0.22) * st.wide
    left, right = [], []
    for step in range(61):
        share = step / 60
        near = share**1.7
        x = start[0] + (end[0] - start[0]) * share
        # The swing vanishes at both ends and grows with nearness.
        x += swing * math.sin(phase + turns * math.tau * share**0.75) * math.sin(math.pi * share**0.8) * (0.35 + share)
        y = start[1] + (end[1] - start[1]) * near
        width = widths[0] + (widths[1] - widths[0]) * near**1.1
        left.append((x - width / 2, y))
        right.append((x + width / 2, y))
    return left, right
