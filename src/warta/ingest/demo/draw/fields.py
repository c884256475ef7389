"""Scenes of the fields: harvest and plantation."""

from __future__ import annotations

from warta.ingest.demo.draw import buildings, flora, land, people, sky
from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import Point, Stage


def country(st: Stage, horizon: float) -> None:
    """Paint sky, far mountains, a line of trees and the mist before them."""
    rng, palette = st.rng, st.palette
    sky.sky(st, horizon)
    if rng.random() < 0.45:
        peak = (rng.uniform(0.2, 0.8) * st.wide, horizon - rng.uniform(150, 270))
        land.volcano(st, peak, horizon + 20, reach=rng.uniform(330, 560), depth=0.72)
    land.ranges(st, horizon, rng.randint(1, 3), rise=rng.uniform(80, 190), near=0.6)
    line = land.soft(st, horizon - 2, 24, 3)
    tone = palette.clad("moss", 0.45, 0.4)
    flora.bush_line(st, line, 12, tone)
    flora.grove(st, line, rng.randint(5, 12), 90, tone)
    sky.birds(st)


def panen(st: Stage) -> None:
    """Paint a ripe field and the people who cut it."""
    rng, palette = st.rng, st.palette
    horizon = rng.uniform(430, 540)
    country(st, horizon)
    gold = palette.paint("straw", 0.1)
    st.wash(horizon, 1000, (palette.paint("straw", 0.45), gold, palette.paint("straw", 0, 0.22)))
    curves = land.contours(st, horizon + 8, 1010, rng.randint(8, 12), bend=rng.uniform(8, 30))
    for index in range(0, len(curves) - 1, 2):
        near = index / len(curves)
        tone = mix(palette.paint(rng.choice(("straw", "paddy", "straw", "soil")), 0.3 * (1 - near)), gold, 0.35)
        st.polygon([*curves[index], *reversed(curves[index + 1])], tone)
        _stubble(st, curves[index + 1], 7 + 46 * near, mix(tone, palette.paint("soil"), 0.3))
    if rng.random() < 0.6:
        buildings.house(
            st, (rng.uniform(0.08, 0.8) * st.wide, horizon + 30), rng.uniform(90, 130), stilts=0.15, depth=0.3
        )
    for _ in range(rng.randint(2, 6)):
        y = rng.uniform(horizon + 60, 800)
        _stack(st, (rng.uniform(0.05, 0.95) * st.wide, y), 16 + 80 * (y - horizon) / 400)
    spots = sorted((rng.uniform(horizon + 50, 900), rng.uniform(0.05, 0.95)) for _ in range(rng.randint(5, 12)))
    for y, place in spots:
        tall = 26 + 150 * (y - horizon) / 450
        if rng.random() < 0.55:
            people.stooped(st, (place * st.wide, y), tall)
        else:
            people.person(st, (place * st.wide, y), tall, hat=True)
    flora.grass(st, 1000, rng.uniform(60, 130), mix(gold, palette.ink, 0.45), 170)


def _stubble(st: Stage, curve: list[Point], size: float, color: Color) -> None:
    for _ in range(90):
        x = st.rng.uniform(0, st.wide)
        y = land.height_at(curve, x)
        tall = size * st.rng.uniform(0.5, 1)
        st.polygon(
            [(x - size * 0.05, y), (x + st.rng.uniform(-0.2, 0.2) * size, y - tall), (x + size * 0.05, y)], color
        )


def _stack(st: Stage, foot: Point, size: float) -> None:
    """Heap the sheaves in a rounded stack."""
    (x, y), straw = foot, st.palette.paint("straw")
    dark = mix(straw, st.palette.paint("soil"), 0.45)
    st.dome((x, y), (size * 0.8, size), straw)
    st.dome((x + size * 0.22, y), (size * 0.58, size * 0.86), mix(straw, dark, 0.5))
    st.shape((x, y), size, [(-0.16, -0.9), (0, -1.2), (0.16, -0.9)], dark)


def perkebunan(st: Stage) -> None:
    """Paint plantation rows that meet at the horizon."""
    rng, palette = st.rng, st.palette
    horizon = rng.uniform(400, 500)
    country(st, horizon)
    soil = palette.paint(rng.choice(("soil", "roof", "sage")), 0.15, 0.15)
    st.wash(horizon, 1000, (mix(soil, palette.haze, 0.5), soil, mix(soil, palette.ink, 0.25)))
    focus = st.wide * rng.uniform(0.2, 0.8)
    if rng.random() < 0.5:
        _tea_rows(st, horizon, focus)
        people.walkers(st, horizon + 240, rng.randint(3, 8), 74, hats=1.0)
    else:
        _palm_rows(st, horizon, focus)
    if rng.random() < 0.4:
        flora.grass(st, 1000, 90, palette.ink, 100)


def _tea_rows(st: Stage, horizon: float, focus: float) -> None:
    """Run rounded hedges from the foreground to the vanishing point."""
    rng, palette = st.rng, st.palette
    count = rng.randint(11, 17)
    spread = st.wide * 2.6
    for index in range(count):
        a = focus + ((index + 0.08) / count - 0.5) * spread
        b = focus + ((index + 0.82) / count - 0.5) * spread
        near, dim = palette.clad("leaf", 0.0, 0.75), palette.clad("moss", 0.0, 0.6)
        far = palette.clad("leaf", 0.5, 0.6)
        left, right = (focus + (a - focus) * 0.04, horizon + 2), (focus + (b - focus) * 0.04, horizon + 2)
        st.shade([left, right, (b, 1010), (a, 1010)], (far, mix(far, near, 0.6), near))
        lip = a + (b - a) * (0.3 if a < focus else 0.7)
        edge = a if a < focus else b
        st.shade(
            [(focus + (lip - focus) * 0.04, horizon + 2), (lip, 1010), (edge, 1010), left if a < focus else right],
            (far, dim),
        )
        for step in range(16):
            share = 0.05 + 0.95 * (step / 16) ** 1.6
            y = horizon + (1010 - horizon) * share
            scale = 0.04 + 0.96 * share
            x = focus + ((a + b) / 2 - focus) * scale
            st.oval(
                (x, y),
                ((b - a) * scale * 0.42, (b - a) * scale * 0.1),
                mix(near, palette.paint("paddy", 0.3 * (1 - share)), 0.35),
            )


def _palm_rows(st: Stage, horizon: float, focus: float) -> None:
    rng, palette = st.rng, st.palette
    lanes = rng.choice((5, 6, 7))
    for step in range(9):
        share = (step + 1) / 9
        scale = 0.06 + 0.94 * share**2.2
        y = horizon + (940 - horizon) * scale
        tone = palette.clad("moss", 0.6 * (1 - share), 0.35)
        for lane in range(lanes):
            x = focus + (lane - (lanes - 1) / 2) * 470 * scale
            if -260 < x < st.wide + 260:
                flora.palm(
                    st,
                    (x + rng.uniform(-6, 6) * scale, y),
                    (330 * scale + 18) * rng.uniform(0.9, 1.1),
                    tone,
                    rng.uniform(-0.05, 0.05),
                )
        if step in (5, 6) and rng.random() < 0.7:
            people.person(st, (focus + rng.uniform(-160, 160) * scale, y + 10), 120 * scale, hat=True)


SCENES = {"panen": panen, "perkebunan": perkebunan}
