"""The scene above the air: the limb of the earth, a satellite or a rocket."""

from __future__ import annotations

import math

from warta.ingest.demo.draw import sky
from warta.ingest.demo.draw.palette import hexed, mix
from warta.ingest.demo.draw.stage import Point, Stage


def orbit(st: Stage) -> None:
    """Paint the limb of the earth with a satellite or the trail of a rocket."""
    rng, palette = st.rng, st.palette
    deep = mix(mix(palette.sky[0], palette.ink, 0.7), hexed("0a1430"), 0.5)
    st.wash(
        0, 1000, (mix(deep, palette.ink, 0.6), deep, mix(deep, palette.sky[0], 0.6), mix(palette.sky[1], deep, 0.55))
    )
    sky.stars(st, 1000, rng.randint(160, 280))
    radius = rng.uniform(1300, 2200)
    top = rng.uniform(560, 720)
    center = (st.wide * rng.uniform(0.3, 0.7), top + radius)
    st.sun = (center[0] + rng.uniform(-420, 420), top + rng.uniform(-20, 10))
    st.glow(st.sun, 520, palette.sky[-1], 0.8)
    for lift, opacity in ((46, 0.12), (30, 0.2), (17, 0.34), (8, 0.55)):
        ring = [
            (
                center[0] + (radius + lift) * math.cos(t / 180 * math.pi),
                center[1] - (radius + lift) * math.sin(t / 180 * math.pi),
            )
            for t in range(181)
        ]
        st.sheer([ring], palette.sky[-1], opacity)
    st.disc(st.sun, rng.uniform(16, 34), palette.orb)
    _globe(st, center, radius)
    if rng.random() < 0.55:
        satellite(st, (st.wide * rng.uniform(0.25, 0.75), rng.uniform(190, 430)), rng.uniform(120, 220))
    else:
        _rocket(st, center, radius)
    if rng.random() < 0.5:
        moon = (rng.uniform(0.1, 0.9) * st.wide, rng.uniform(90, 260))
        size = rng.uniform(22, 50)
        st.disc(moon, size, palette.orb)
        st.disc((moon[0] + size * 0.36, moon[1] - size * 0.1), size * 0.9, deep)


def _globe(st: Stage, center: Point, radius: float) -> None:
    """Fill the globe with sea, islands, cloud and the lamps of cities."""
    rng, palette = st.rng, st.palette
    rim = [
        (center[0] + radius * math.cos(t / 180 * math.pi), center[1] - radius * math.sin(t / 180 * math.pi))
        for t in range(181)
    ]
    blue = mix(palette.paint("water"), palette.layer(0.25), 0.35)
    top = center[1] - radius
    st.shade(
        [p for p in rim if p[1] < 1400],
        (mix(blue, palette.sky[-1], 0.35), blue, mix(blue, palette.ink, 0.5), palette.ink),
    )
    for _ in range(rng.randint(9, 15)):
        turn, sink = rng.uniform(-0.42, 0.42), rng.uniform(0.02, 0.26)
        x, y = center[0] + math.sin(turn) * radius * (1 - sink * 0.4), top + radius * (1 - math.cos(turn)) + 1000 * sink
        reach = rng.uniform(40, 190) * (0.4 + sink * 2)
        blob = [
            (
                x + reach * math.cos(t / 18 * math.tau) * rng.uniform(0.7, 1.1),
                y
                + reach * (0.1 + sink * 0.7) * math.sin(t / 18 * math.tau) * rng.uniform(0.6, 1.1)
                + turn * math.cos(t / 18 * math.tau) * reach,
            )
            for t in range(18)
        ]
        st.polygon(blob, mix(palette.clad("leaf", 0.2, 0.6), blue, 0.35))
        if palette.lit > 0.1:
            for _ in range(14):
                spot = (x + rng.gauss(0, 0.35) * reach, y + rng.gauss(0, 0.3) * reach * (0.1 + sink * 0.7))
                st.disc(spot, rng.uniform(1.2, 2.6), palette.lamp)
    shapes = []
    for _ in range(rng.randint(10, 22)):
        turn, sink = rng.uniform(-0.45, 0.45), rng.uniform(0.015, 0.4)
        x, y = center[0] + math.sin(turn) * radius, top + radius * (1 - math.cos(turn)) + 1000 * sink
        reach, thick = rng.uniform(50, 220), 3 + 26 * sink
        shapes.append(
            [
                (
                    x + reach * math.cos(t / 20 * math.tau),
                    y + thick * math.sin(t / 20 * math.tau) + turn * reach * math.cos(t / 20 * math.tau),
                )
                for t in range(20)
            ]
        )
    st.sheer(shapes, palette.paint("white"), 0.3)


def satellite(st: Stage, where: Point, size: float) -> None:
    """Draw a satellite with two tilted wings of cells."""
    (x, y), palette = where, st.palette
    tilt = st.rng.uniform(-0.5, 0.5)
    cosine, sine = math.cos(tilt), math.sin(tilt)

    def turned(points: list[Point]) -> list[Point]:
        return [(x + size * (px * cosine - py * sine), y + size * (px * sine + py * cosine)) for px, py in points]

    gold, panel = mix(palette.paint("mustard"), palette.orb, 0.3), mix(palette.paint("panel"), palette.sky[-1], 0.25)
    pale = mix(palette.paint("white"), palette.orb, 0.5)
    for side in (-1, 1):
        st.polygon(turned([(0, -0.015), (side * 0.35, -0.015), (side * 0.35, 0.015), (0, 0.015)]), pale)
        for cell in range(4):
            a = side * (0.3 + 0.25 * cell)
            b = a + side * 0.235
            st.polygon(turned([(a, -0.2), (b, -0.2), (b, -0.01), (a, -0.01)]), mix(panel, pale, 0.25))
            st.polygon(turned([(a, 0.01), (b, 0.01), (b, 0.2), (a, 0.2)]), panel)
    st.polygon(turned([(-0.16, -0.2), (0.16, -0.2), (0.16, 0.22), (-0.16, 0.22)]), gold)
    st.polygon(turned([(0.04, -0.2), (0.16, -0.2), (0.16, 0.22), (0.04, 0.22)]), mix(gold, palette.ink, 0.3))
    st.polygon(turned([(-0.012, 0.2), (0.012, 0.2), (0.012, 0.36), (-0.012, 0.36)]), pale)
    st.polygon(
        turned([(0.2 * math.cos(t / 14 * math.pi), 0.3 + 0.13 * math.sin(t / 14 * math.pi)) for t in range(15)]), pale
    )


def _rocket(st: Stage, center: Point, radius: float) -> None:
    rng, palette = st.rng, st.palette
    start = (center[0] + rng.uniform(-330, 330), center[1] - radius + 60)
    lean, tall = rng.choice((-1, 1)) * rng.uniform(180, 420), rng.uniform(400, 520)
    spine = [(start[0] + lean * (t / 30) ** 2, start[1] - tall * (t / 30) ** 0.8) for t in range(31)]
    for width, opacity in ((34, 0.2), (20, 0.3), (9, 0.75)):
        left = [(x - width * (1 - n / 31) - 1.5, y) for n, (x, y) in enumerate(spine)]
        right = [(x + width * (1 - n / 31) + 1.5, y) for n, (x, y) in enumerate(spine)]
        st.sheer([[*left, *reversed(right)]], mix(palette.orb, palette.sky[-1], 0.4), opacity)
    tip = spine[-1]
    st.glow(tip, 110, palette.orb, 0.95)
    dx, dy = tip[0] - spine[-3][0], tip[1] - spine[-3][1]
    norm = math.hypot(dx, dy)
    dx, dy = dx / norm, dy / norm
    st.polygon(
        [
            (tip[0] - dy * 6, tip[1] + dx * 6),
            (tip[0] + dx * 34 - dy * 6, tip[1] + dy * 34 + dx * 6),
            (tip[0] + dx * 54, tip[1] + dy * 54),
            (tip[0] + dx * 34 + dy * 6, tip[1] + dy * 34 - dx * 6),
            (tip[0] + dy * 6, tip[1] - dx * 6),
        ],
        palette.paint("white"),
    )


SCENES = {"orbit": orbit}
