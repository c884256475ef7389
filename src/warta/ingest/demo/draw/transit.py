"""Scenes of passage: railway and airport."""

from __future__ import annotations

import math

from warta.ingest.demo.draw import buildings, flora, land, people, sky
from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import Box, Point, Stage
from warta.ingest.demo.draw.town import skyline


def kereta(st: Stage) -> None:
    """Paint a train crossing a valley on a tall viaduct."""
    rng, palette = st.rng, st.palette
    horizon = rng.uniform(560, 640)
    sky.sky(st, horizon)
    if rng.random() < 0.5:
        peak = (rng.uniform(0.2, 0.8) * st.wide, rng.uniform(180, 300))
        land.volcano(st, peak, horizon + 60, reach=rng.uniform(380, 600), depth=0.68)
    land.ranges(st, horizon + 60, rng.randint(2, 4), rise=rng.uniform(170, 300), near=0.5)
    land.mist(st, horizon + 40, 180)
    sky.birds(st)
    for index in range(2):
        line = land.soft(st, horizon + 100 + 80 * index, 90, rng.uniform(1, 2))
        tone = palette.clad("moss", 0.45 - 0.15 * index, 0.45)
        flora.bush_line(st, line, 14, tone)
        land.ground(st, line, (tone, mix(tone, palette.haze, 0.4)))
        flora.grove(st, line, rng.randint(3, 7), 90, tone)
    deck = rng.uniform(470, 590)
    stone = palette.clad(rng.choice(("stone", "wall", "steel", "roof")), 0.15, 0.6)
    rng.choice((_arcade, _piers))(st, deck, stone)
    train(st, deck - 4, rng.uniform(50, 66))
    for index in range(2):
        line = land.soft(st, 860 + 100 * index, 110, rng.uniform(0.8, 1.8))
        tone = palette.clad(rng.choice(("leaf", "paddy", "moss")), 0.15 - 0.15 * index, 0.5 - 0.2 * index)
        flora.bush_line(st, line, 18 + 14 * index, tone)
        land.ground(st, line, (tone, palette.layer(0.05)))
        flora.grove(st, line, rng.randint(3, 7), 150 + 60 * index, tone)


def _arcade(st: Stage, deck: float, stone: Color) -> None:
    count = st.rng.randint(5, 8)
    span = st.wide / count
    shift = -span * st.rng.random()
    dark = mix(stone, st.palette.ink, 0.25)
    st.rect((-10, deck, st.wide + 20, 20), dark)
    for index in range(count + 2):
        left = shift + index * span
        arch = [
            (left + span * (0.5 + 0.39 * math.cos(t / 24 * math.pi)), deck + 190 - 160 * math.sin(t / 24 * math.pi))
            for t in range(25)
        ]
        st.polygon(
            [
                (left + span * 1.0, deck + 14),
                (left + span, 1000),
                (left + span * 0.89, 1000),
                *arch,
                (left + span * 0.11, 1000),
                (left, 1000),
                (left, deck + 14),
            ],
            stone,
        )
        st.rect((left + span * 0.06, deck + 190, span * 0.05, 810 - deck), dark)
        inner = [(x - span * 0.03, y) for x, y in arch[12:]]
        st.polygon([*arch[12:], *reversed(inner)], dark)


def _piers(st: Stage, deck: float, stone: Color) -> None:
    count = st.rng.randint(4, 7)
    dark = mix(stone, st.palette.ink, 0.25)
    shift = st.rng.random()
    for index in range(count + 1):
        x = (index + shift - 0.5) * st.wide / count
        st.polygon(
            [
                (x - 58, deck + 30),
                (x + 58, deck + 30),
                (x + 20, deck + 84),
                (x + 24, 1000),
                (x - 24, 1000),
                (x - 20, deck + 84),
            ],
            stone,
        )
        st.polygon(
            [
                (x + 58, deck + 30),
                (x + 20, deck + 84),
                (x + 24, 1000),
                (x + 6, 1000),
                (x + 4, deck + 84),
                (x + 30, deck + 30),
            ],
            dark,
        )
    st.rect((-10, deck, st.wide + 20, 18), stone)
    st.rect((-10, deck + 18, st.wide + 20, 22), dark)


def train(st: Stage, rail: float, tall: float) -> None:
    """Run a train with a rounded nose along the rail."""
    rng, palette = st.rng, st.palette
    body = palette.paint(rng.choice(("red", "white", "teal", "mustard", "navy")), 0.04)
    stripe = palette.paint("white" if body != palette.paint("white", 0.04) else "red", 0.04)
    x = rng.uniform(-0.1, 0.2) * st.wide
    cars, length = rng.randint(4, 7), tall * 4.4
    for index in range(cars):
        left = x + index * (length + 5)
        if index == cars - 1:
            curve = [
                (
                    left + length * (0.7 + 0.3 * math.sin(t / 12 * math.pi / 2)),
                    rail - tall + tall * 0.85 * (1 - math.cos(t / 12 * math.pi / 2)),
                )
                for t in range(13)
            ]
            st.polygon(
                [(left, rail - tall), *curve, (left + length, rail - tall * 0.1), (left, rail - tall * 0.1)], body
            )
            st.polygon(
                [
                    (left + length * 0.8, rail - tall * 0.8),
                    (left + length * 0.9, rail - tall * 0.78),
                    (left + length * 0.965, rail - tall * 0.5),
                    (left + length * 0.8, rail - tall * 0.5),
                ],
                palette.clad("navy", 0.0, 0.5),
            )
            if palette.lit > 0.1:
                st.glow((left + length, rail - tall * 0.25), tall * 2.4, palette.lamp, 0.85)
        else:
            st.rect((left, rail - tall, length, tall * 0.9), body)
        st.rect((left, rail - tall * 0.36, length * 0.97, tall * 0.1), stripe)
        st.rect((left + length * 0.04, rail - tall * 1.04, length * 0.6, tall * 0.06), mix(body, palette.ink, 0.35))
        buildings.windows(st, (left + length * 0.04, rail - tall * 0.82, length * 0.74, tall * 0.4), (9, 1), fill=0.76)
        for wheel in (0.14, 0.24, 0.74, 0.84):
            st.disc((left + length * wheel, rail - tall * 0.07), tall * 0.085, palette.ink)


def bandara(st: Stage) -> None:
    """Paint an airport: tower, terminal, and a plane in the air or on the apron."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(690, 760)
    sky.sky(st, level)
    land.ranges(st, level, rng.randint(1, 3), rise=rng.uniform(100, 220), near=0.65)
    if rng.random() < 0.4:
        skyline(st, level, depth=0.75, tall=rng.uniform(80, 150))
    line = land.soft(st, level - 4, 18, 3)
    flora.bush_line(st, line, 12, palette.clad("moss", 0.45, 0.4))
    _terminal(st, (rng.uniform(0.02, 0.2) * st.wide, level, rng.uniform(560, 760), rng.uniform(90, 130)))
    _control_tower(st, (rng.uniform(0.62, 0.86) * st.wide, level + 6), rng.uniform(300, 420))
    st.wash(level, 1000, (palette.paint("road", 0.45), palette.paint("road", 0.05, 0.15)))
    for index in range(9):
        st.polygon(
            [
                (index * st.wide / 8, level + 150),
                (index * st.wide / 8 + 110, level + 150),
                (index * st.wide / 8 + 96, level + 160),
                (index * st.wide / 8 - 18, level + 160),
            ],
            palette.paint("white", 0.1),
        )
    for index in range(24):
        spot = (index * st.wide / 23, level + (60 if index % 2 else 215))
        st.disc(spot, 3.4, palette.lamp if palette.lit else palette.paint("mustard"))
        if palette.lit > 0.1:
            st.glow(spot, 22, palette.lamp, 0.9)
    plane(
        st, (rng.uniform(0.25, 0.7) * st.wide, rng.uniform(130, 330)), rng.uniform(150, 260), rng.uniform(-0.32, -0.12)
    )
    if rng.random() < 0.75:
        plane(st, (rng.uniform(0.3, 0.7) * st.wide, level + rng.uniform(70, 100)), rng.uniform(380, 540), 0.0)
    people.walkers(st, level + 190, rng.randint(0, 4), 60)
    if rng.random() < 0.4:
        flora.grass(st, 1000, 60, palette.ink, 110)


def _terminal(st: Stage, box: Box) -> None:
    x, y, width, tall = box
    palette, rng = st.palette, st.rng
    wall = palette.paint("wall", 0.15)
    st.rect((x, y - tall, width, tall), wall)
    buildings.windows(st, (x + 8, y - tall * 0.8, width - 16, tall * 0.55), (22, 2), depth=0.1, fill=0.78)
    cover = palette.paint(rng.choice(("roof", "teal", "steel")), 0.12)
    count = rng.choice((1, 3, 4))
    for index in range(count):
        span = (width + 60) / count
        left = x - 30 + index * span
        if count == 1:
            buildings.roof(st, (left, y - tall - 120, span, 124), "joglo", cover)
        else:
            st.dome((left + span / 2, y - tall + 6), (span * 0.54, 62), mix(cover, palette.ink, 0.1 * (index % 2)))


def _control_tower(st: Stage, foot: Point, tall: float) -> None:
    (x, y), palette = foot, st.palette
    body = palette.paint("wall", 0.08)
    dark = mix(body, palette.ink, 0.25)
    st.polygon([(x - 24, y), (x - 15, y - tall * 0.8), (x + 15, y - tall * 0.8), (x + 24, y)], body)
    st.polygon([(x + 4, y), (x + 3, y - tall * 0.8), (x + 15, y - tall * 0.8), (x + 24, y)], dark)
    cab = y - tall * 0.8
    st.polygon([(x - 18, cab), (x - 50, cab - 36), (x + 50, cab - 36), (x + 18, cab)], dark)
    glass = palette.lamp if palette.lit else palette.clad("navy", 0.15, 0.5)
    st.polygon([(x - 50, cab - 36), (x - 60, cab - 76), (x + 60, cab - 76), (x + 50, cab - 36)], glass)
    for post in range(-2, 3):
        st.line([(x + post * 20, cab - 36), (x + post * 24, cab - 76)], 3, body)
    st.rect((x - 64, cab - 88, 128, 13), body)
    st.rect((x - 2, cab - 150, 4, 64), dark)
    if palette.lit > 0.2:
        st.glow((x, cab - 150), 34, palette.paint("red"), 1.0)


def plane(st: Stage, where: Point, length: float, tilt: float) -> None:
    """Draw an airliner from the side, nose to the right."""
    palette, (x, y) = st.palette, where
    cosine, sine = math.cos(tilt), math.sin(tilt)

    def turned(points: list[Point]) -> list[Point]:
        return [(x + length * (px * cosine - py * sine), y + length * (px * sine + py * cosine)) for px, py in points]

    body, accent = palette.paint("white", 0.08), palette.paint(st.rng.choice(("red", "teal", "mustard", "navy")), 0.05)
    dark = mix(body, palette.ink, 0.35)
    st.polygon(turned([(-0.02, -0.02), (-0.16, -0.13), (-0.2, -0.13), (-0.12, -0.02)]), dark)
    st.polygon(turned([(-0.34, -0.04), (-0.5, -0.21), (-0.43, -0.21), (-0.24, -0.05)]), accent)
    nose = [(0.38 + 0.12 * math.sin(t / 10 * math.pi), -0.055 + 0.11 * t / 10) for t in range(11)]
    st.polygon(turned([(-0.52, -0.045), (-0.4, -0.055), *nose, (-0.3, 0.055), (-0.44, 0.0)]), body)
    st.polygon(turned([(0.46, 0.03), (0.4, 0.055), (-0.3, 0.055), (-0.38, 0.025)]), mix(body, palette.ink, 0.16))
    st.polygon(turned([(0.43, -0.035), (0.475, -0.02), (0.48, -0.008), (0.42, -0.012)]), dark)
    for pane in range(14):
        px = -0.28 + pane * 0.045
        st.polygon(
            turned([(px, -0.02), (px + 0.018, -0.02), (px + 0.018, 0.0), (px, 0.0)]),
            palette.lamp if palette.lit else dark,
        )
    st.polygon(turned([(0.12, 0.03), (-0.22, 0.17), (-0.27, 0.17), (-0.06, 0.03)]), dark)
    st.polygon(turned([(0.06, 0.075), (0.08, 0.115), (-0.04, 0.115), (-0.05, 0.075)]), accent)
    st.polygon(turned([(-0.4, -0.01), (-0.55, 0.03), (-0.58, 0.03), (-0.48, -0.02)]), dark)
    if tilt == 0.0:
        for wheel in (-0.08, 0.33):
            st.polygon(turned([(wheel, 0.05), (wheel + 0.012, 0.05), (wheel + 0.012, 0.13), (wheel, 0.13)]), dark)
            st.disc(turned([(wheel + 0.006, 0.13)])[0], length * 0.018, palette.ink)


SCENES = {"kereta": kereta, "bandara": bandara}
