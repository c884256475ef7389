"""Scenes of industry: factory, sun and wind power."""

from __future__ import annotations

import math

from warta.ingest.demo.draw import buildings, flora, land, people
from warta.ingest.demo.draw.fields import country
from warta.ingest.demo.draw.palette import mix
from warta.ingest.demo.draw.stage import Box, Point, Stage


def pabrik(st: Stage) -> None:
    """Paint a factory: saw-tooth roofs, chimneys and drifting smoke."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(720, 800)
    country(st, level)
    plume = mix(palette.sky_at(0.6), palette.orb, 0.3 if not palette.night else 0.12)
    drift = rng.choice((-1, 1)) * rng.uniform(0.4, 1)
    count = rng.randint(2, 5)
    start = rng.uniform(0.12, 0.5) * st.wide
    for index in range(count):
        x, tall = start + index * rng.uniform(80, 140), rng.uniform(330, 520)
        land.smoke(st, (x, level - tall), rng.uniform(60, 100), plume, drift)
        _chimney(st, (x, level), tall, 0.25 - 0.03 * index)
    for _ in range(rng.randint(1, 4)):
        _silo(st, (rng.uniform(0.05, 0.9) * st.wide, level), rng.uniform(60, 110), rng.uniform(0.15, 0.3))
    x = rng.uniform(0.04, 0.25) * st.wide
    for depth in (0.22, 0.06):
        width, tall = rng.uniform(540, 800), rng.uniform(120, 190)
        _sawtooth(st, (x, level - tall, width, tall), depth)
        x += rng.uniform(180, 340)
    st.wash(level, 1000, (palette.paint("stone", 0.2, 0.2), palette.layer(0.08)))
    st.rect((0, level + 84, st.wide, 5), palette.paint("steel", 0.1))
    st.rect((0, level + 100, st.wide, 5), palette.paint("steel", 0.0, 0.3))
    for index in range(3):
        buildings.lamp_post(st, ((index + rng.random()) * st.wide / 3, level + 60), 170, 0.05)
    for _ in range(rng.randint(1, 4)):
        buildings.car(st, (rng.uniform(0.1, 0.9) * st.wide, level + 60), 90, palette.paint(rng.choice(people.CLOTHES)))
    people.walkers(st, level + 140, rng.randint(3, 9), 66)


def _chimney(st: Stage, foot: Point, tall: float, depth: float) -> None:
    (x, y), wide = foot, tall * 0.045
    body = st.palette.clad("wall", depth, 0.5)
    st.polygon([(x - wide, y), (x - wide * 0.62, y - tall), (x + wide * 0.62, y - tall), (x + wide, y)], body)
    st.polygon(
        [(x, y), (x + wide * 0.1, y - tall), (x + wide * 0.62, y - tall), (x + wide, y)],
        mix(body, st.palette.ink, 0.25),
    )
    for band in (0.02, 0.14):
        st.rect((x - wide * 0.66, y - tall * (1 - band), wide * 1.32, tall * 0.05), st.palette.paint("red", depth, 0.1))
    if st.palette.lit > 0.2:
        st.glow((x, y - tall), 26, st.palette.paint("red"), 1.0)


def _silo(st: Stage, foot: Point, wide: float, depth: float) -> None:
    (x, y), body = foot, st.palette.clad("steel", depth, 0.6)
    tall = wide * st.rng.uniform(1.8, 2.8)
    st.dome((x + wide / 2, y - tall), (wide / 2, wide * 0.3), body)
    st.rect((x, y - tall, wide, tall), body)
    st.rect((x + wide * 0.6, y - tall, wide * 0.4, tall), mix(body, st.palette.ink, 0.2))
    for ring in (0.25, 0.5, 0.75):
        st.rect((x, y - tall * ring, wide, 3), mix(body, st.palette.ink, 0.3))


def _sawtooth(st: Stage, box: Box, depth: float) -> None:
    x, y, width, tall = box
    palette = st.palette
    body = palette.clad(st.rng.choice(("roof", "stone", "teal", "brick")), depth, 0.55)
    teeth = st.rng.randint(4, 7)
    step = width / teeth
    for index in range(teeth):
        left = x + index * step
        st.polygon([(left, y + 2), (left, y - step * 0.42), (left + step, y + 2)], mix(body, palette.ink, 0.18))
        glass = palette.lamp if palette.lit else palette.paint("sky", depth)
        st.polygon(
            [(left + 3, y), (left + 3, y - step * 0.34), (left + step * 0.13, y - step * 0.3), (left + step * 0.13, y)],
            glass,
        )
    st.rect((x, y, width, tall), body)
    buildings.windows(st, (x + 14, y + tall * 0.2, width - 28, tall * 0.3), (teeth * 3, 1), depth=depth, fill=0.72)
    st.rect((x + width * 0.4, y + tall * 0.5, width * 0.14, tall * 0.5), mix(body, palette.ink, 0.5))


def panel_surya(st: Stage) -> None:
    """Paint solar panels on a plain with wind turbines behind them."""
    rng, palette = st.rng, st.palette
    horizon = rng.uniform(470, 570)
    country(st, horizon)
    count = rng.randint(3, 7)
    for index in range(count):
        tall = rng.uniform(170, 300) * (0.7 + 0.6 * index / count)
        turbine(
            st,
            ((index + rng.uniform(0.1, 0.9)) * st.wide / count, horizon + 10 + 8 * index),
            tall,
            0.35 - 0.25 * index / count,
        )
    st.wash(
        horizon, 1000, (palette.clad("sage", 0.5, 0.7), palette.clad("leaf", 0.1, 0.6), palette.clad("moss", 0.0, 0.4))
    )
    slant, size = rng.uniform(-0.7, 0.7), rng.uniform(18, 30)
    y = horizon + 34
    if rng.random() < 0.4:
        y = _windy_hills(st, horizon)
        size = rng.uniform(60, 90)
    while y < 930:
        _panel_row(st, y, size, slant)
        size *= rng.uniform(1.45, 1.6)
        y += size * 1.02
    flora.grass(st, 1000, 60, palette.ink, 110)


def _windy_hills(st: Stage, horizon: float) -> float:
    """Raise great turbines on rolling hills and return where the panels may begin."""
    rng, palette = st.rng, st.palette
    for index in range(3):
        line = land.soft(st, horizon + 40 + 120 * index, 100, rng.uniform(0.9, 2))
        tone = palette.clad(rng.choice(("leaf", "paddy", "sage", "straw")), 0.45 - 0.18 * index, 0.72)
        for _ in range(rng.randint(1, 3)):
            x = rng.uniform(0.05, 0.95) * st.wide
            turbine(st, (x, land.height_at(line, x) + 8), rng.uniform(230, 300) + 110 * index, 0.25 - 0.1 * index)
        land.ground(st, line, (tone, mix(tone, palette.layer(0.2), 0.5)))
    return horizon + 350


def _panel_row(st: Stage, y: float, size: float, slant: float) -> None:
    palette = st.palette
    face = palette.paint("panel", max(0.0, 0.3 * (1 - size / 140)))
    shine = mix(face, palette.sky_at(0.9), 0.75)
    x = -size * st.rng.uniform(0.8, 3)
    while x < st.wide + size:
        wide = size * 2.3
        lean = size * slant
        st.rect((x + wide * 0.5, y, size * 0.07, size * 0.45), palette.layer(0.1))
        corners = [
            (x + lean, y - size * 0.62),
            (x + wide + lean, y - size * 0.62),
            (x + wide, y + size * 0.1),
            (x, y + size * 0.1),
        ]
        st.shade(corners, (shine, mix(shine, face, 0.5), face))
        for cell in range(1, 5):
            a = x + wide * cell / 5
            st.line(
                [(a + lean, y - size * 0.62), (a, y + size * 0.1)], size * 0.02, mix(face, palette.sky_at(0.8), 0.45)
            )
        mid = y - size * 0.26
        st.line([(x + lean / 2, mid), (x + wide + lean / 2, mid)], size * 0.02, mix(face, palette.sky_at(0.8), 0.45))
        x += wide * 1.12


def turbine(st: Stage, foot: Point, tall: float, depth: float) -> None:
    """Stand a wind turbine with its three blades at a chance angle."""
    (x, y), paint = foot, st.palette.paint("white", depth)
    top = y - tall
    st.polygon([(x - tall * 0.018, y), (x - tall * 0.008, top), (x + tall * 0.008, top), (x + tall * 0.018, y)], paint)
    start = st.rng.random() * math.tau
    for blade in range(3):
        angle = start + blade * math.tau / 3
        dx, dy, reach = math.cos(angle), math.sin(angle), tall * 0.56
        st.polygon(
            [
                (x, top),
                (x + dx * reach * 0.2 - dy * tall * 0.028, top + dy * reach * 0.2 + dx * tall * 0.028),
                (x + dx * reach, top + dy * reach),
                (x + dx * reach * 0.2, top + dy * reach * 0.2),
            ],
            paint,
        )
    st.disc((x, top), tall * 0.02, mix(paint, st.palette.ink, 0.3))


SCENES = {"pabrik": pabrik, "panel-surya": panel_surya}
