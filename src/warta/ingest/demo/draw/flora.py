"""Palms, trees, bushes and grasses as flat silhouettes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from warta.ingest.demo.draw.land import height_at
from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import Point, Stage


def palm(st: Stage, foot: Point, tall: float, color: Color, lean: float = 0.0) -> None:
    """Draw a coconut palm with a curved trunk and serrated fronds."""
    rng, (x, y) = st.rng, foot
    head = (x + lean * tall, y - tall)
    left, right = [], []
    for step in range(13):
        share = step / 12
        cx, cy = x + lean * tall * share**1.8, y - tall * share
        half = tall * (0.022 - 0.01 * share) + (tall * 0.014 * (1 - share) ** 5)
        left.append((cx - half, cy))
        right.append((cx + half, cy))
    st.polygon([*left, *reversed(right)], color)
    count = rng.randint(9, 12)
    for index in range(count):
        angle = -math.pi * (1.18 - 1.36 * (index + rng.uniform(-0.25, 0.25)) / (count - 1))
        _frond(st, head, tall * rng.uniform(0.36, 0.46), angle, color)
    for _ in range(4):
        nut = (head[0] + rng.uniform(-0.035, 0.035) * tall, head[1] + rng.uniform(0.0, 0.035) * tall)
        st.disc(nut, tall * 0.018, mix(color, st.palette.ink, 0.3))


def _frond(st: Stage, head: Point, reach: float, angle: float, color: Color) -> None:
    along_x, along_y = math.cos(angle), math.sin(angle)
    spine, hem = [], []
    for step in range(15):
        share = step / 14
        x = head[0] + along_x * reach * share * (1 - 0.12 * share)
        y = head[1] + along_y * reach * share + reach * 0.62 * share**2.1
        spine.append((x, y))
        droop = reach * 0.24 * math.sin(math.pi * min(1, share * 0.9 + 0.1)) * (1.0 if step % 2 else 0.42)
        hem.append((x - along_x * droop * 0.25, y + droop))
    st.polygon([*spine, *reversed(hem)], color)


def tree(st: Stage, foot: Point, tall: float, color: Color, kind: str = "round") -> None:
    """Draw a broad-leaved tree: round, umbrella or slim."""
    rng, (x, y) = st.rng, foot
    dark = mix(color, st.palette.ink, 0.35)
    light = mix(color, st.palette.orb, 0.1)
    width = {"round": 0.36, "umbrella": 0.72, "slim": 0.17}[kind] * tall
    crown = {"round": 0.62, "umbrella": 0.82, "slim": 0.55}[kind] * tall
    st.polygon(
        [(x - tall * 0.035, y), (x - tall * 0.014, y - crown), (x + tall * 0.014, y - crown), (x + tall * 0.035, y)],
        dark,
    )
    if kind == "umbrella":
        for side in (-1, 1):
            st.line([(x, y - tall * 0.4), (x + side * width * 0.5, y - crown)], tall * 0.02, dark)
        for index in range(7):
            place = (index - 3) / 3
            st.dome(
                (x + place * width * 0.72, y - crown + abs(place) * tall * 0.07),
                (width * 0.34, tall * (0.2 - 0.06 * abs(place)) * rng.uniform(0.85, 1.1)),
                color,
            )
        return
    if kind == "slim":
        for reach, tone in ((1.0, color), (0.55, light)):
            half = [
                (math.sin(math.pi * (t / 14) ** 0.75) * width * 0.62 * reach, y - tall * (0.14 + 0.86 * t / 14))
                for t in range(15)
            ]
            st.polygon(
                [
                    *((x - side, py) for side, py in half),
                    *((x + side * (2 * reach - 1), py) for side, py in reversed(half)),
                ],
                tone,
            )
        return
    for index in range(9):
        turn = index * 2.4
        radius = math.sqrt(index / 9)
        center = (
            x + math.cos(turn) * width * 0.62 * radius,
            y - crown - math.sin(turn) * (tall - crown) * 0.62 * radius,
        )
        size = rng.uniform(0.42, 0.56)
        st.oval(center, (width * size, (tall - crown) * size * 1.15), color if index % 4 else light)


def bush_line(st: Stage, line: Sequence[Point], size: float, color: Color, spacing: float = 0.9) -> None:
    """Run a hedge of rounded tree tops along a skyline."""
    x = -size
    while x < st.wide + size:
        radius = size * st.rng.uniform(0.5, 1.1)
        y = height_at(line, x)
        st.oval((x, y), (radius * 1.1, radius), color)
        x += radius * spacing * 1.5
    st.polygon([*line, (line[-1][0], line[-1][1] + size * 1.6), (line[0][0], line[0][1] + size * 1.6)], color)


def grove(st: Stage, line: Sequence[Point], count: int, tall: float, color: Color) -> None:
    """Plant palms and trees along a skyline in loose groups."""
    rng = st.rng
    middle = rng.uniform(0, st.wide)
    for _ in range(count):
        if rng.random() < 0.25:
            middle = rng.uniform(0, st.wide)
        x = rng.gauss(middle, st.wide * 0.06)
        foot = (x, height_at(line, min(max(x, 0), st.wide)) + 4)
        if rng.random() < 0.62:
            palm(st, foot, tall * rng.uniform(0.7, 1.25), color, rng.uniform(-0.22, 0.22))
        else:
            tree(st, foot, tall * rng.uniform(0.5, 0.9), color, rng.choice(("round", "umbrella", "slim")))


def grass(st: Stage, level: float, size: float, color: Color, count: int = 90) -> None:
    """Raise a fringe of blades along the bottom of the picture."""
    rng = st.rng
    for _ in range(count):
        x, tall = rng.uniform(-10, st.wide + 10), size * rng.uniform(0.4, 1.15)
        lean = rng.uniform(-0.45, 0.45) * tall
        y = level + rng.uniform(0, size * 0.3)
        half = size * 0.045
        st.polygon(
            [
                (x - half, y),
                (x + lean * 0.4 - half * 0.6, y - tall * 0.6),
                (x + lean, y - tall),
                (x + lean * 0.4 + half * 0.6, y - tall * 0.58),
                (x + half, y),
            ],
            color,
        )
    st.rect((0, level - 1, st.wide, 1001 - level), color)


def leaf_fan(st: Stage, foot: Point, size: float, color: Color) -> None:
    """Spread broad banana leaves from one foot."""
    rng = st.rng
    count = rng.randint(5, 7)
    for index in range(count):
        angle = -math.pi * (0.1 + 0.8 * (index + rng.uniform(-0.2, 0.2)) / (count - 1))
        reach = size * rng.uniform(0.75, 1.1)
        dx, dy = math.cos(angle), math.sin(angle)
        upper, lower = [], []
        for step in range(11):
            share = step / 10
            x = foot[0] + dx * reach * share
            y = foot[1] + dy * reach * share + reach * 0.3 * share**2.4 * (0.4 + abs(dx))
            half = reach * 0.1 * math.sin(math.pi * share**0.8)
            upper.append((x + dy * half, y - dx * half))
            lower.append((x - dy * half, y + dx * half))
        tone = mix(color, st.palette.orb, 0.05 * (index % 3))
        st.polygon([*upper, *reversed(lower)], tone)
