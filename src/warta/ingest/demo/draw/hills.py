"""Upland scenes: terraces, volcano, lake and savanna."""

from __future__ import annotations

from warta.ingest.demo.draw import buildings, flora, land, people, sky, water
from warta.ingest.demo.draw.palette import mix
from warta.ingest.demo.draw.stage import Point, Stage


def sawah(st: Stage) -> None:
    """Paint rice terraces below a far volcano."""
    rng, palette = st.rng, st.palette
    horizon = rng.uniform(330, 500)
    sky.sky(st, horizon + 60)
    if rng.random() < 0.6:
        peak = (rng.uniform(0.2, 0.8) * st.wide, horizon - rng.uniform(120, 250))
        land.volcano(st, peak, horizon + 40, reach=rng.uniform(300, 520), depth=0.75)
    land.ranges(st, horizon + 40, rng.randint(1, 3), rise=rng.uniform(70, 150), near=0.6)
    land.mist(st, horizon + 30, 120)
    sky.birds(st)
    rows = rng.randint(9, 15)
    curves = land.contours(st, horizon + 30, 1010, rows, bend=rng.uniform(35, 85))
    wet = rng.uniform(0.15, 0.55)
    for index in range(rows):
        near = index / rows
        depth = 0.6 * (1 - near) ** 1.4
        _terrace(st, (curves[index], [*curves[index + 1]]), depth, wet=wet)
        if index in (1, 2, 4) and rng.random() < 0.75:
            flora.grove(st, curves[index], rng.randint(3, 7), 46 + 80 * near, palette.layer(depth * 0.9))
        if index == rows // 3:
            x = rng.uniform(0.1, 0.8) * st.wide
            buildings.house(st, (x, land.height_at(curves[index], x) + 6), 48 + 60 * near, depth=depth * 0.6)
    for _ in range(rng.randint(2, 6)):
        curve, x = rng.choice(curves[rows // 2 : rows]), rng.uniform(0.1, 0.9) * st.wide
        y = land.height_at(curve, x)
        (people.stooped if rng.random() < 0.5 else _farmer)(st, (x, y + 8), 34 + 40 * (y - horizon) / (1000 - horizon))
    if rng.random() < 0.55:
        flora.palm(
            st, (rng.uniform(0.02, 0.14) * st.wide, 1010), rng.uniform(560, 800), palette.ink, rng.uniform(0.02, 0.2)
        )


def _farmer(st: Stage, feet: Point, tall: float) -> None:
    people.person(st, feet, tall, hat=True)


def _terrace(st: Stage, lines: tuple[list[Point], list[Point]], depth: float, *, wet: float) -> None:
    """Fill one terrace with flooded and planted cells under a bund."""
    rng, palette = st.rng, st.palette
    start = 0
    while start < 60:
        stop = min(60, start + rng.randint(9, 34))
        piece = land.band(lines, start, stop)
        if rng.random() < wet:
            st.shade(piece, (mix(palette.sky[-1], palette.paint("water"), 0.12), palette.sky_at(0.45)))
        else:
            green = mix(palette.clad("paddy", depth, 0.85), palette.clad("leaf", depth, 0.8), rng.random())
            st.shade(piece, (green, mix(green, palette.layer(depth * 0.6), 0.42)))
        start = stop
    thick = 2 + 9 * (1 - depth)
    bund = mix(palette.layer(depth * 0.8), palette.paint("moss", depth), 0.5)
    st.polygon([*lines[1], *((x, y - thick) for x, y in reversed(lines[1]))], bund)
    st.polygon(
        [*((x, y - thick) for x, y in lines[1]), *((x, y - thick * 1.3) for x, y in reversed(lines[1]))],
        palette.paint("paddy", depth),
    )


def gunung(st: Stage) -> None:
    """Paint a great volcano above forest, fields or mist."""
    rng, palette = st.rng, st.palette
    base = rng.uniform(640, 760)
    sky.sky(st, base)
    land.ranges(st, base - 20, rng.randint(1, 3), rise=rng.uniform(120, 240), near=0.75)
    peak = (rng.uniform(0.28, 0.72) * st.wide, rng.uniform(150, 330))
    if rng.random() < 0.45:
        other = (peak[0] + rng.choice((-1, 1)) * rng.uniform(330, 520), peak[1] + rng.uniform(120, 220))
        land.volcano(st, other, base + 20, reach=rng.uniform(330, 460), depth=0.72)
    if rng.random() < 0.65:
        plume = mix(palette.sky_at(0.4), palette.orb, 0.35 if not palette.night else 0.16)
        land.smoke(st, (peak[0], peak[1]), rng.uniform(60, 120), plume, rng.choice((-1, 1)) * rng.uniform(0.3, 1))
        if palette.lit > 0.3:
            st.glow((peak[0], peak[1]), 120, palette.paint("red"), 0.6)
    land.volcano(st, peak, base + 30, reach=rng.uniform(520, 760), depth=rng.uniform(0.4, 0.55))
    land.mist(st, base - 10, 190, 0.7)
    sky.birds(st)
    rng.choice((_slopes, _slopes, _mirror, _cloud_sea))(st, base)


def _slopes(st: Stage, base: float) -> None:
    """Put wooded slopes with a house or two before a volcano."""
    rng, palette = st.rng, st.palette
    pigment = rng.choice(("moss", "moss", "leaf", "paddy"))
    for index in range(4):
        share = index / 3
        line = land.soft(st, base + 30 + 300 * share * rng.uniform(0.85, 1), 60 + 70 * share, rng.uniform(0.8, 2.4))
        tone = palette.clad(pigment, 0.5 * (1 - share), 0.5 - 0.15 * share)
        flora.bush_line(st, line, 9 + 20 * share, tone)
        land.ground(st, line, (tone, mix(tone, palette.haze, 0.35 * (1 - share))))
        if index in (1, 2):
            flora.grove(st, line, rng.randint(2, 8), 80 + 70 * share, tone)
        if rng.random() < 0.4 and index < 3:
            x = rng.uniform(0.1, 0.85) * st.wide
            buildings.house(st, (x, land.height_at(line, x) + 16), 50 + 40 * share, depth=0.3 * (1 - share))


def _mirror(st: Stage, base: float) -> None:
    """Put a crater lake before a volcano."""
    line = land.soft(st, base + 6, 30, 2)
    flora.bush_line(st, line, 12, st.palette.clad("moss", 0.4, 0.4))
    flora.grove(st, line, st.rng.randint(3, 7), 80, st.palette.clad("moss", 0.35, 0.4))
    water.still(st, base + 8, strength=0.75)
    for _ in range(st.rng.randint(0, 2)):
        water.canoe(st, (st.rng.uniform(0.2, 0.8) * st.wide, st.rng.uniform(base + 70, 930)), 130)
    _near_bank(st)


def _cloud_sea(st: Stage, base: float) -> None:
    """Put the ridges of a high plateau, drowned in morning cloud, before a volcano."""
    rng, palette = st.rng, st.palette
    for index in range(5):
        share = index / 4
        line = land.crag(st, base + 40 + 260 * share, 110 + 50 * share, 0.4)
        tone = palette.layer(0.55 - 0.5 * share)
        land.ground(st, line, (tone, mix(tone, palette.haze, 0.8)), base + 330 + 260 * share)
        land.mist(st, base + 70 + 260 * share, 170, 0.75 - 0.3 * share)
    for _ in range(rng.randint(1, 3)):
        people.person(st, (rng.uniform(0.2, 0.8) * st.wide, 946), 74)
    flora.grass(st, 960, 60, palette.ink, 120)


def danau(st: Stage) -> None:
    """Paint a lake that holds the mountains upside down."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(540, 660)
    sky.sky(st, level)
    if rng.random() < 0.5:
        peak = (rng.uniform(0.25, 0.75) * st.wide, rng.uniform(190, 330))
        land.volcano(st, peak, level + 20, reach=rng.uniform(420, 620), depth=0.6)
    land.ranges(st, level, rng.randint(2, 5), rise=rng.uniform(160, 290), near=0.35)
    shore = land.soft(st, level + 4, 26, 3)
    tone = palette.clad("moss", 0.3, 0.4)
    flora.bush_line(st, shore, 9, tone)
    flora.grove(st, shore, rng.randint(3, 9), 66, tone)
    for _ in range(rng.randint(0, 4)):
        buildings.house(st, (rng.uniform(0.1, 0.85) * st.wide, level), rng.uniform(40, 60), depth=0.25)
    water.still(st, level, strength=0.8)
    water.glitter(st, level, width=34)
    for _ in range(rng.randint(1, 4)):
        y = rng.uniform(level + 60, 880)
        water.canoe(st, (rng.uniform(0.15, 0.85) * st.wide, y), 60 + (y - level) * 0.5)
    sky.birds(st)
    _near_bank(st)


def _near_bank(st: Stage) -> None:
    rng, palette = st.rng, st.palette
    choice = rng.random()
    if choice < 0.4:
        flora.grass(st, 1000, 120, palette.ink, 110)
    elif choice < 0.8:
        x = rng.uniform(0.02, 0.12) * st.wide
        flora.palm(st, (x, 1010), rng.uniform(520, 760), palette.ink, rng.uniform(0.05, 0.2))
        flora.palm(st, (x - 50, 1010), rng.uniform(380, 520), palette.ink, rng.uniform(-0.1, 0.1))
        flora.grass(st, 1000, 50, palette.ink, 60)


def bukit(st: Stage) -> None:
    """Paint the dry savanna hills of the eastern islands."""
    rng, palette = st.rng, st.palette
    horizon = rng.uniform(360, 500)
    sky.sky(st, horizon + 60)
    if rng.random() < 0.5:
        water.sea(st, horizon, horizon + 200)
        land.ranges(st, horizon + 6, 1, rise=60)
    else:
        land.ranges(st, horizon + 50, rng.randint(1, 3), rise=rng.uniform(90, 180), near=0.7)
    sky.birds(st)
    count = rng.randint(4, 7)
    bay = rng.randint(1, 2) if rng.random() < 0.4 else count
    for index in range(count):
        share = index / (count - 1)
        depth = 0.6 * (1 - share)
        line = land.soft(
            st, horizon + 90 + 420 * share, (130 - 30 * share) * rng.uniform(0.8, 1.5), rng.uniform(0.8, 2.2)
        )
        if index == bay:
            _bay(st, horizon + 30 + 420 * share)
        gold = palette.clad(rng.choice(("straw", "sand", "straw", "sage")), depth, 0.88 - 0.3 * share)
        land.ground(st, line, (gold, mix(gold, palette.layer(depth * 0.7), 0.7)))
        for _ in range(rng.randint(0, 4)):
            x = rng.uniform(0, st.wide)
            spot = (x, land.height_at(line, x) + rng.uniform(6, 40))
            flora.tree(st, spot, 36 + 95 * share * rng.uniform(0.6, 1.2), palette.clad("moss", depth, 0.4), "umbrella")
        if index >= count - 3:
            _herd(st, line, rng.randint(0, 5), 16 + 18 * share)
    flora.grass(st, 1000, rng.uniform(50, 110), palette.clad("soil", 0.0, 0.25), 130)


def _bay(st: Stage, level: float) -> None:
    """Open a bay with a few sails between two ranges of hills."""
    water.sea(st, level, level + 200)
    for _ in range(st.rng.randint(2, 5)):
        water.jukung(
            st, (st.rng.uniform(0.1, 0.9) * st.wide, level + st.rng.uniform(14, 60)), st.rng.uniform(34, 60), 0.2
        )


def _herd(st: Stage, line: list[Point], count: int, size: float) -> None:
    x = st.rng.uniform(0.1, 0.8) * st.wide
    tone = mix(st.palette.ink, st.palette.paint("brick"), 0.25)
    for _ in range(count):
        x += size * st.rng.uniform(1.8, 4)
        y, side = land.height_at(line, x) + 12, st.rng.choice((-1, 1))
        st.oval((x, y - size * 0.7), (size * 0.62, size * 0.28), tone)
        for leg in (-0.45, -0.25, 0.28, 0.46):
            st.rect((x + leg * size - size * 0.04, y - size * 0.6, size * 0.09, size * 0.6), tone)
        st.shape(
            (x, y), size, [(side * 0.4, -0.85), (side * 0.9, -1.2), (side * 1.1, -0.95), (side * 0.55, -0.55)], tone
        )


SCENES = {"sawah": sawah, "gunung": gunung, "danau": danau, "bukit": bukit}
