"""Scenes at the water's edge: beach, boats, harbour and bridge."""

from __future__ import annotations

import math

from warta.ingest.demo.draw import flora, land, people, sky, water
from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import Box, Point, Stage
from warta.ingest.demo.draw.town import skyline


def islands(st: Stage, level: float, count: int) -> None:
    """Set low wooded islands on the horizon."""
    rng, palette = st.rng, st.palette
    for index in range(count):
        x, reach, tall = rng.uniform(0, st.wide), rng.uniform(90, 330), rng.uniform(22, 90)
        depth = 0.85 - 0.4 * index / max(count, 1)
        bumps = [rng.uniform(0.5, 1) for _ in range(13)]
        line = [
            (x + reach * (n / 6 - 1), level + 1 - tall * math.sin(math.pi * n / 12) ** 0.8 * b)
            for n, b in enumerate(bumps)
        ]
        st.shade(line, (palette.layer(depth), mix(palette.layer(depth), palette.haze, 0.35)))


def pantai(st: Stage) -> None:
    """Paint a curved beach under palms."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(430, 560)
    sky.sky(st, level)
    islands(st, level, rng.randint(1, 5))
    water.sea(st, level)
    water.glitter(st, level, 800)
    for _ in range(rng.randint(1, 4)):
        y = level + rng.uniform(8, 120)
        water.jukung(st, (rng.uniform(0.3, 0.95) * st.wide, y), 46 + (y - level) * 0.7, 0.3)
    sky.birds(st)
    dip, swell = rng.uniform(1.7, 2.7), rng.random() * math.tau
    curve = []
    for step in range(61):
        share = step / 60
        sweep = 0.88 - 0.8 * (1 - share) ** dip + 0.02 * math.sin(swell + share * 9)
        curve.append((st.wide * 1.02 * share - 12, level + 24 + (1000 - level) * sweep))
    sand = mix(palette.paint("sand"), palette.orb, 0.0 if palette.night else 0.25)
    for lift, tone, thick in (
        (34, palette.paint("water", 0.35), 16),
        (18, palette.paint("white", 0.15), 7),
        (2, palette.paint("white"), 6),
    ):
        moved = [(x, y - lift * (0.15 + x / st.wide)) for x, y in curve]
        water.foam(st, moved, thick, tone)
    st.shade(
        [*curve, (st.wide + 20, 1010), (-20, 1010)],
        (mix(sand, palette.haze, 0.25), sand, mix(sand, palette.paint("soil"), 0.3)),
    )
    _beach_life(st, curve)


def _beach_life(st: Stage, curve: list[Point]) -> None:
    rng, palette = st.rng, st.palette
    for _ in range(rng.randint(2, 8)):
        x = rng.uniform(0.08, 0.75) * st.wide
        y = land.height_at(curve, x) + rng.uniform(24, 110)
        if rng.random() < 0.4:
            people.person(st, (x, y), 26 + y * 0.03, umbrella=True)
            st.oval((x + 20, y + 6), (34, 4), palette.paint("straw", 0, 0.3))
        else:
            people.person(st, (x, y), 30 + y * 0.03)
    if rng.random() < 0.6:
        x = rng.uniform(0.3, 0.6) * st.wide
        water.jukung(st, (x, min(930, land.height_at(curve, x) + rng.uniform(70, 130))), rng.uniform(130, 200))
    far = mix(palette.layer(0.35), palette.paint("moss"), 0.3)
    for _ in range(rng.randint(3, 8)):
        x = rng.uniform(-0.02, 0.16) * st.wide
        flora.palm(st, (x, land.height_at(curve, max(x, 0)) + 20), rng.uniform(110, 220), far, rng.uniform(-0.1, 0.35))
    for _ in range(rng.randint(1, 4)):
        x = rng.uniform(-0.03, 0.2) * st.wide
        flora.palm(st, (x, rng.uniform(930, 1020)), rng.uniform(480, 800), palette.ink, rng.uniform(0.05, 0.4))
    flora.grass(st, 1000, rng.uniform(24, 60), palette.ink, 90)


def kapal(st: Stage) -> None:
    """Paint sailing boats spread over a wide sea."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(470, 660)
    sky.sky(st, level)
    islands(st, level, rng.randint(1, 6))
    if rng.random() < 0.4:
        peak = (rng.uniform(0.15, 0.85) * st.wide, level - rng.uniform(130, 240))
        land.volcano(st, peak, level + 2, reach=rng.uniform(260, 420), depth=0.75)
    water.sea(st, level)
    water.glitter(st, level)
    sky.birds(st)
    hero = rng.choice((water.pinisi, water.jukung, water.pinisi, water.freighter))
    for _ in range(rng.randint(3, 8)):
        y = level + rng.uniform(4, 90)
        water.jukung(st, (rng.uniform(0.03, 0.97) * st.wide, y), 30 + (y - level) * 0.8, 0.45)
    place = rng.uniform(0.3, 0.66) * st.wide
    size = rng.uniform(300, 430) * (1.5 if hero is water.freighter else 0.85 if hero is water.jukung else 1)
    st.sheer(
        [water.lozenge((place, level + 190 + 12 * n), size * (0.6 - 0.07 * n), 5) for n in range(5)], palette.ink, 0.2
    )
    hero(st, (place, level + 180), size)
    for _ in range(rng.randint(1, 3)):
        water.canoe(st, (rng.uniform(0.1, 0.9) * st.wide, rng.uniform(level + 230, 950)), rng.uniform(130, 210))


def pelabuhan(st: Stage) -> None:
    """Paint a container harbour with its cranes."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(640, 760)
    sky.sky(st, level)
    land.ranges(st, level, rng.randint(1, 3), rise=rng.uniform(70, 170), near=0.7)
    if rng.random() < 0.6:
        skyline(st, level, depth=0.72, tall=rng.uniform(60, 150))
    st.rect((0, level - 22, st.wide, 24), palette.clad("stone", 0.4, 0.4))
    start, gap = rng.uniform(-40, 160), rng.uniform(240, 380)
    _boxes(st, level - 22, 0.42)
    for index in range(rng.randint(3, 5)):
        crane(st, (start + index * gap, level - 4), rng.uniform(300, 430), 0.38 - 0.04 * index)
    _boxes(st, level - 4, 0.2)
    water.still(st, level, strength=0.5)
    water.glitter(st, level)
    water.freighter(st, (rng.uniform(0.25, 0.7) * st.wide, level + rng.uniform(40, 80)), rng.uniform(560, 800), 0.08)
    for _ in range(rng.randint(1, 4)):
        water.hull(
            st,
            (rng.uniform(0.05, 0.95) * st.wide, rng.uniform(level + 110, 960)),
            rng.uniform(70, 130),
            18,
            palette.ink,
        )
    sky.birds(st)
    if rng.random() < 0.5:
        _bollards(st)


def _bollards(st: Stage) -> None:
    st.rect((0, 955, st.wide, 50), st.palette.ink)
    for index in range(6):
        x = (index + 0.5) * st.wide / 6
        st.rect((x - 14, 925, 28, 32), st.palette.ink)
        st.rect((x - 22, 920, 44, 10), st.palette.ink)
    people.walkers(st, 960, st.rng.randint(2, 5), 90)


def _boxes(st: Stage, level: float, depth: float) -> None:
    rng = st.rng
    x = rng.uniform(-40, 60)
    while x < st.wide:
        for row in range(rng.randint(0, 4)):
            paint = st.palette.paint(rng.choice(water.CARGO), depth, 0.1)
            st.rect((x, level - 17 * (row + 1), 46, 16), paint)
        x += 48 if rng.random() < 0.8 else 130


def crane(st: Stage, foot: Point, tall: float, depth: float) -> None:
    """Raise a ship-to-shore crane with its boom over the water."""
    (x, y), rng = foot, st.rng
    paint = st.palette.clad(rng.choice(("red", "navy", "mustard", "teal")), depth, 0.55)
    thin, thick = tall * 0.016, tall * 0.03
    span = tall * 0.34
    for side in (0.0, span):
        st.rect((x + side - thick / 2, y - tall * 0.66, thick, tall * 0.66), paint)
    st.rect((x, y - tall * 0.3, span, thick), paint)
    st.line([(x, y - tall * 0.3), (x + span, y - tall * 0.64)], thin, paint)
    deck = y - tall * 0.66
    raised = rng.random() < 0.3
    tip = (x + tall * 0.62, deck - tall * 0.72) if raised else (x + tall * 1.02, deck)
    st.rect((x - tall * 0.3, deck - thick, tall * 0.66, thick * 1.2), paint)
    st.line([(x + span, deck), tip], thick, paint)
    apex = (x + span * 0.9, y - tall)
    for end in ((x + span * 0.4, deck), (x + span, deck), (x - tall * 0.26, deck), tip):
        st.line([apex, end], thin, paint)
    st.rect((x - tall * 0.1, deck - tall * 0.1, tall * 0.16, tall * 0.09), paint)
    if not raised:
        drop = x + tall * rng.uniform(0.5, 0.9)
        st.rect((drop, deck, thin * 0.7, tall * 0.3), paint)
        st.rect(
            (drop - tall * 0.06, deck + tall * 0.3, tall * 0.13, tall * 0.05),
            st.palette.paint(rng.choice(water.CARGO), depth),
        )
    if st.palette.lit > 0.2:
        for spot in (apex, (x + span, deck)):
            st.glow(spot, tall * 0.1, st.palette.lamp, 0.9)


def jembatan(st: Stage) -> None:
    """Paint a bridge over a river or a strait."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(660, 760)
    sky.sky(st, level)
    land.ranges(st, level, rng.randint(2, 4), rise=rng.uniform(100, 230), near=0.6)
    if rng.random() < 0.5:
        skyline(st, level, depth=0.68, tall=rng.uniform(70, 170))
    shore = land.soft(st, level + 3, 20, 3)
    flora.bush_line(st, shore, 10, palette.clad("moss", 0.45, 0.35))
    deck = level - rng.uniform(95, 170)
    paint = palette.clad(rng.choice(("red", "steel", "wall", "navy", "teal")), 0.12, 0.62)
    if palette.night:
        paint = mix(paint, palette.sky[-1], 0.65)
    box = (-40.0, deck, st.wide + 80, level + 18 - deck)
    rng.choice((_stayed, _suspended, _arched))(st, box, paint)
    st.rect((-10, deck, st.wide + 20, 13), paint)
    st.rect((-10, deck + 10, st.wide + 20, 6), mix(paint, palette.ink, 0.4))
    _traffic(st, deck)
    water.still(st, level, strength=0.62)
    water.glitter(st, level)
    for _ in range(rng.randint(1, 4)):
        water.canoe(st, (rng.uniform(0.1, 0.9) * st.wide, rng.uniform(level + 70, 930)), rng.uniform(80, 170))
    sky.birds(st)
    if rng.random() < 0.5:
        flora.grass(st, 1000, 110, palette.ink, 90)


def _traffic(st: Stage, deck: float) -> None:
    if st.palette.lit > 0.2:
        for index in range(28):
            spot = (index * st.wide / 27, deck - 16)
            st.glow(spot, 30, st.palette.lamp, 0.75)
            st.disc(spot, 3, st.palette.lamp)
    for _ in range(st.rng.randint(6, 14)):
        x = st.rng.uniform(0, st.wide)
        st.rect((x, deck - 7, st.rng.uniform(11, 26), 7), st.palette.paint(st.rng.choice(people.CLOTHES), 0.1))
        if st.palette.lit > 0.2:
            st.glow((x, deck - 4), 16, st.palette.lamp, 0.8)


def _stayed(st: Stage, box: Box, paint: Color) -> None:
    x, deck, width, drop = box
    tall, count = st.rng.uniform(260, 370), st.rng.choice((1, 2, 2))
    for index in range(count):
        mast = x + width * (index + 1) / (count + 1) + st.rng.uniform(-40, 40)
        top = deck - tall
        st.polygon([(mast - 9, deck + drop), (mast - 5, top), (mast + 5, top), (mast + 9, deck + drop)], paint)
        reach = width / (count + 1) * 0.62
        for step in range(1, 12):
            for side in (-1, 1):
                st.line([(mast, top + step * tall * 0.035), (mast + side * reach * step / 11, deck + 4)], 1.7, paint)


def _suspended(st: Stage, box: Box, paint: Color) -> None:
    x, deck, width, drop = box
    tall, inset = st.rng.uniform(220, 320), st.rng.uniform(0.22, 0.28)
    masts = [x + width * inset, x + width * (1 - inset)]
    for mast in masts:
        for side in (-12, 8):
            st.rect((mast + side, deck - tall, 7, tall + drop), paint)
        for rung in (0.02, 0.35, 0.7):
            st.rect((mast - 12, deck - tall * (1 - rung), 26, 8), paint)
    for start, end in ((x - width * 0.1, masts[0]), (masts[0], masts[1]), (masts[1], x + width * 1.1)):
        inner = end - start > width * 0.4
        cable = []
        for step in range(25):
            share = step / 24
            sag = 4 * share * (1 - share) if inner else ((1 - share) if end == masts[0] else share) ** 1.4
            cable.append((start + (end - start) * share, deck - tall + sag * tall * 0.93))
        st.line(cable, 4, paint)
        for px, py in cable[1:-1]:
            st.rect((px, py, 1.4, max(deck - py, 0)), paint)


def _arched(st: Stage, box: Box, paint: Color) -> None:
    x, deck, width, drop = box
    count = st.rng.choice((1, 2, 3))
    for index in range(count):
        start, span = x + width * (0.08 + 0.84 * index / count), width * 0.84 / count
        rise = span * st.rng.uniform(0.22, 0.27)
        outer = [(start + span * t / 30, deck + 6 - rise * math.sin(math.pi * t / 30)) for t in range(31)]
        inner = [(px, min(py + 13 + 6 * abs(n / 15 - 1), deck + 12)) for n, (px, py) in enumerate(outer)]
        st.polygon([*outer, *reversed(inner)], paint)
        for px, py in outer[2:-2:2]:
            st.rect((px - 1, py, 2.4, deck - py), paint)
        for pier in (start, start + span):
            st.rect((pier - 13, deck, 26, drop), mix(paint, st.palette.layer(0.4), 0.5))


SCENES = {"pantai": pantai, "kapal": kapal, "pelabuhan": pelabuhan, "jembatan": jembatan}
