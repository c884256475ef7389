"""Scenes of gathering: the stadium and the concert stage."""

from __future__ import annotations

import math

from warta.ingest.demo.draw import buildings, flora, land, people, sky
from warta.ingest.demo.draw.palette import hexed, mix
from warta.ingest.demo.draw.stage import Box, Point, Stage
from warta.ingest.demo.draw.town import skyline


def stadion(st: Stage) -> None:
    """Paint a stadium under its floodlights, from the stands or from the forecourt."""
    (_forecourt if st.rng.random() < 0.42 else _stands)(st)


def _forecourt(st: Stage) -> None:
    """Approach the ribbed bowl on the evening of a match."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(690, 770)
    sky.sky(st, level)
    land.ranges(st, level, rng.randint(1, 3), rise=rng.uniform(120, 230), near=0.7)
    skyline(st, level, depth=0.75, tall=rng.uniform(120, 240))
    middle, reach = st.wide * rng.uniform(0.38, 0.62), rng.uniform(430, 560)
    _masts(st, level - 330, middle)
    _bowl(st, (middle, level), reach)
    st.wash(level, 1000, (palette.clad("sage", 0.25, 0.7), palette.clad("leaf", 0.0, 0.5)))
    path = [(middle - 90, level), (middle + 90, level), (middle + 520, 1010), (middle - 520, 1010)]
    st.shade(path, (palette.paint("sand", 0.3), palette.paint("stone", 0.0, 0.1)))
    for side in (-1, 1):
        for step in range(rng.randint(3, 5)):
            near = 0.25 + step * 0.22
            spot = (middle + side * (110 + 430 * near), level + 20 + 210 * near)
            buildings.flag(st, spot, 130 + 130 * near)
    tone = palette.clad("moss", 0.08, 0.45)
    for _ in range(rng.randint(2, 6)):
        x = rng.choice((rng.uniform(-0.02, 0.2), rng.uniform(0.8, 1.02))) * st.wide
        flora.palm(st, (x, level + rng.uniform(0, 110)), rng.uniform(200, 380), tone, rng.uniform(-0.1, 0.1))
    people.walkers(st, level + 100, rng.randint(14, 30), 56)


def _bowl(st: Stage, foot: Point, reach: float) -> None:
    """Build the outside of a stadium: a ring of ribs under a swung roof."""
    rng, palette, (x, y) = st.rng, st.palette, foot
    wall, cover = palette.clad("wall", 0.1, 0.7), palette.paint(rng.choice(("teal", "roof", "white", "navy")), 0.12)
    tall, sag = reach * rng.uniform(0.36, 0.46), reach * rng.uniform(-0.1, 0.12)
    inner = palette.lamp if palette.lit > 0.2 else mix(wall, palette.ink, 0.45)
    rim = [(x + reach * t / 20, y - tall + sag * (1 - (t / 20) ** 2)) for t in range(-20, 21)]
    st.polygon([*rim, (x + reach * 0.9, y), (x - reach * 0.9, y)], mix(inner, palette.ink, 0.15))
    if palette.lit > 0.2:
        st.glow((x, y - tall * 1.1), reach * 0.8, palette.lamp, 0.4)
    ribs = rng.randint(14, 24)
    for index in range(ribs + 1):
        place = math.sin((index / ribs - 0.5) * math.pi)
        top = y - tall + sag * (1 - place**2)
        half = reach * (0.012 + 0.016 * math.sqrt(max(0.0, 1 - place**2)))
        left, foot_x = x + reach * place, x + reach * place * 0.9
        st.polygon([(left - half, top), (left + half, top), (foot_x + half, y), (foot_x - half, y)], wall)
    for share in (0.36, 0.68):
        ring = [(px - (px - x) * 0.1 * share, py + (y - py) * share) for px, py in rim]
        st.polygon([*ring, *((px, py + tall * 0.06) for px, py in reversed(ring))], mix(wall, palette.ink, 0.12))
    crest = [(px, py - tall * 0.26 * (1 - ((px - x) / reach) ** 2) - tall * 0.1) for px, py in rim]
    st.polygon([*crest, *reversed(rim)], cover)
    st.polygon([*((px, py - tall * 0.05) for px, py in rim), *reversed(rim)], mix(cover, palette.ink, 0.25))


def _stands(st: Stage) -> None:
    """Stand among the crowd above the pitch."""
    rng, palette = st.rng, st.palette
    rim = rng.uniform(380, 460)
    sky.sky(st, rim + 60)
    skyline(st, rim + 60, depth=0.75, tall=rng.uniform(110, 210))
    middle = st.wide * rng.uniform(0.42, 0.58)
    _masts(st, rim, middle)
    stand = palette.layer(0.32)
    reach = st.wide * rng.uniform(0.6, 0.72)
    tones = [mix(palette.paint(name), stand, 0.3) for name in people.CLOTHES]
    for tier in range(3):
        lift = rim + tier * 62
        tone = mix(stand, palette.layer(0.55), 0.5 - 0.22 * tier)
        st.oval((middle, lift + 420), (reach * (1.08 - 0.06 * tier), 430 - 24 * tier), tone)
        for index in range(520):
            turn = math.pi * (0.02 + 0.96 * rng.random())
            deep = rng.uniform(0.0, 42)
            x = middle + math.cos(turn) * (reach * (1.08 - 0.06 * tier) - deep)
            y = lift + 420 - math.sin(turn) * (430 - 24 * tier - deep - 8)
            st.disc((x, y), 2.2 + tier * 0.4, tones[index % len(tones)])
    _pitch(st, (middle, rim + 470), (reach * 0.86, 285))
    if palette.lit > 0.2:
        st.glow((middle, rim + 330), reach * 0.9, palette.lamp, 0.28)
    people.crowd(st, rng.uniform(860, 910), rng.uniform(78, 110), palette.ink, arms=rng.uniform(0.15, 0.5))


def _masts(st: Stage, rim: float, middle: float) -> None:
    palette = st.palette
    tall = st.rng.uniform(190, 290)
    for place in (-0.46, -0.27, 0.27, 0.46):
        x = middle + st.wide * place
        foot = rim + 120 + 220 * abs(place)
        top = rim - tall + 180 * abs(place)
        st.polygon([(x - 7, foot), (x - 3, top), (x + 3, top), (x + 7, foot)], palette.layer(0.25))
        st.rect((x - 40, top - 44, 80, 48), palette.layer(0.2))
        if palette.light != "siang":
            st.sheer([[(x, top), (middle - 130, rim + 420), (middle + 130, rim + 420)]], palette.lamp, 0.1)
            st.glow((x, top - 20), 130, palette.lamp, 0.75)
        for row in range(3):
            for column in range(5):
                st.disc((x - 30 + column * 15, top - 34 + row * 14), 5, palette.lamp)


def _pitch(st: Stage, center: Point, radii: Point) -> None:
    palette, (x, y) = st.palette, center
    green = palette.paint("leaf", 0.08) if not palette.night else mix(palette.paint("leaf"), hexed("7fb868"), 0.6)
    st.oval(center, radii, mix(palette.paint("roof", 0.1), palette.layer(0.3), 0.25))
    st.oval(center, (radii[0] * 0.92, radii[1] * 0.9), green)
    top, bottom, half = y - radii[1] * 0.66, y + radii[1] * 0.8, radii[0]
    light = mix(green, palette.paint("paddy"), 0.35)
    for index in range(0, 10, 2):
        a, b = index / 10 * 2 - 1, (index + 1) / 10 * 2 - 1
        st.polygon(
            [
                (x + a * half * 0.52, top),
                (x + b * half * 0.52, top),
                (x + b * half * 0.72, bottom),
                (x + a * half * 0.72, bottom),
            ],
            light,
        )
    chalk = mix(palette.paint("white", 0.05), palette.orb, 0.5)
    st.line(
        [
            (x - half * 0.52, top),
            (x + half * 0.52, top),
            (x + half * 0.72, bottom),
            (x - half * 0.72, bottom),
            (x - half * 0.52, top),
        ],
        3,
        chalk,
    )
    st.line([(x, top), (x, bottom)], 3, chalk)
    ring = [
        (x + math.cos(t / 40 * math.tau) * half * 0.13, y - 26 + math.sin(t / 40 * math.tau) * 46) for t in range(41)
    ]
    st.line(ring, 3, chalk)
    for index in range(15):
        spot = (x + st.rng.uniform(-0.5, 0.5) * half, st.rng.uniform(top + 20, bottom - 130))
        st.rect((spot[0] - 3, spot[1] - 15, 6, 10), palette.paint("red" if index % 2 else "white"))
        st.rect((spot[0] - 2, spot[1] - 6, 4, 7), palette.ink)


def panggung(st: Stage) -> None:
    """Paint a lit stage before a crowd."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(600, 680)
    sky.sky(st, level)
    land.ranges(st, level, 2, rise=rng.uniform(120, 240), near=0.6)
    width, tall = rng.uniform(640, 980), rng.uniform(300, 420)
    x = (st.wide - width) * rng.uniform(0.3, 0.7)
    st.rect((0, level - 8, st.wide, 1010 - level), palette.layer(0.3))
    _stage_house(st, (x, level - tall, width, tall))
    beams = [palette.paint(rng.choice(("mustard", "rose", "teal", "red")), 0, 0) for _ in range(5)]
    for index, beam in enumerate(beams):
        lamp = (x + width * (index + 0.5) / 5, level - tall + 22)
        aim = lamp[0] + rng.uniform(-260, 260)
        color = mix(beam, palette.lamp, 0.55)
        st.sheer([[(lamp[0] - 6, lamp[1]), (lamp[0] + 6, lamp[1]), (aim + 90, level), (aim - 90, level)]], color, 0.3)
        if palette.light in ("senja", "malam"):
            rise = lamp[0] + rng.uniform(-420, 420)
            st.sheer(
                [[(lamp[0] - 4, lamp[1] - 40), (lamp[0] + 4, lamp[1] - 40), (rise + 70, -10), (rise - 70, -10)]],
                color,
                0.16,
            )
        st.glow(lamp, 60, color, 0.9)
        st.disc(lamp, 9, palette.lamp)
    for _ in range(rng.randint(3, 7)):
        people.person(st, (x + width * rng.uniform(0.15, 0.85), level - 6), rng.uniform(96, 116))
    st.glow((x + width / 2, level), width * 0.75, palette.lamp, 0.35)
    for row in range(4):
        share = row / 3
        tone = mix(palette.layer(0.45 * (1 - share)), palette.ink, 0.3 + 0.5 * share)
        people.crowd(st, level + 46 + 250 * share**1.2, 34 + 76 * share, tone, arms=0.12 + 0.25 * share)


def _stage_house(st: Stage, box: Box) -> None:
    """Build the stage: backdrop, truss, banners and floor."""
    x, y, width, tall = box
    rng, palette = st.rng, st.palette
    first, second = rng.sample(("brick", "navy", "teal", "red", "roof"), 2)
    st.shade(
        [(x, y), (x + width, y), (x + width, y + tall), (x, y + tall)],
        (palette.clad(first, 0.0, 0.4), palette.paint(first, 0.15)),
    )
    _backcloth(st, box, second)
    dark = palette.clad("ink", 0.05, 0.4)
    if rng.random() < 0.5:
        buildings.roof(
            st,
            (x - width * 0.08, y - tall * 0.34, width * 1.16, tall * 0.36),
            rng.choice(("joglo", "hip", "gadang")),
            dark,
        )
    for side in (x - 30, x + width + 6):
        st.rect((side, y - 20, 24, tall + 20), dark)
    st.rect((x - 30, y - 20, width + 60, 26), dark)
    for index in range(10):
        st.line(
            [(x - 26 + (width + 40) * index / 10, y + 30), (x - 26 + (width + 40) * (index + 0.5) / 10, y)], 3, dark
        )
    for side in (-1, 1):
        edge = x - 30 if side < 0 else x + width + 30
        st.polygon(
            [
                (edge, y + tall),
                (edge, y + tall * 0.25),
                (edge + side * 66, y + tall * 0.3),
                (edge + side * 66, y + tall),
            ],
            dark,
        )
    st.rect((x - 60, y + tall - 6, width + 120, 46), mix(dark, palette.paint("soil"), 0.3))


def _backcloth(st: Stage, box: Box, pigment: str) -> None:
    """Hang the stage's motif: rings, the tree of life of the shadow play, drapes or a screen."""
    x, y, width, tall = box
    rng, palette = st.rng, st.palette
    kind = rng.choice(("rings", "gunungan", "drapes", "screen"))
    tones = [mix(palette.paint(pigment), palette.lamp, 0.18 * step) for step in range(4)]
    center = (x + width / 2, y + tall * rng.uniform(0.6, 0.85))
    if kind == "rings":
        for step, tone in enumerate(tones):
            st.dome(center, (width * (0.34 - 0.075 * step), tall * (0.56 - 0.125 * step)), tone)
    elif kind == "gunungan":
        half = [
            (0.0, -0.5),
            (0.06, -0.38),
            (0.17, -0.2),
            (0.25, 0.0),
            (0.27, 0.16),
            (0.22, 0.26),
            (0.17, 0.28),
            (0.15, 0.42),
        ]
        leaf = [*half, *((-px, py) for px, py in reversed(half))]
        for step, tone in enumerate(tones):
            st.shape((x + width / 2, y + tall * 0.56), tall * (0.98 - 0.2 * step), leaf, tone)
    elif kind == "drapes":
        for index in range(16):
            st.rect((x + width * index / 16, y, width / 16 + 1, tall), tones[(index * 5) % 3])
        st.dome((x + width / 2, y + tall), (width * 0.2, tall * 0.7), mix(tones[0], palette.ink, 0.45))
    else:
        st.shade(
            [
                (x + width * 0.2, y + tall * 0.14),
                (x + width * 0.8, y + tall * 0.14),
                (x + width * 0.8, y + tall * 0.66),
                (x + width * 0.2, y + tall * 0.66),
            ],
            (palette.sky[0], palette.sky[2], palette.sky[3]),
        )
        st.disc((x + width * rng.uniform(0.35, 0.65), y + tall * 0.42), tall * 0.12, palette.orb)


SCENES = {"stadion": stadion, "panggung": panggung}
