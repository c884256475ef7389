"""Scenes of streets and villages: skyline, market, roofs in the rain, flood and stilts."""

from __future__ import annotations

from warta.ingest.demo.draw import buildings, flora, land, people, sky, water
from warta.ingest.demo.draw.palette import mix
from warta.ingest.demo.draw.stage import Box, Point, Stage


def skyline(st: Stage, level: float, *, depth: float, tall: float, gaps: float = 0.2) -> None:
    """Raise a row of towers along a level."""
    rng = st.rng
    x = rng.uniform(-60, 10)
    middle = rng.uniform(0.25, 0.75) * st.wide
    while x < st.wide:
        width = tall * rng.uniform(0.16, 0.34)
        swell = 0.45 + 0.75 * max(0.0, 1 - abs(x - middle) / (st.wide * 0.5))
        buildings.tower(st, (x, level), width, tall * swell * rng.uniform(0.5, 1.1), depth)
        x += width * (rng.uniform(1.02, 1.2) if rng.random() > gaps else rng.uniform(1.4, 2.6))


def kota(st: Stage) -> None:
    """Paint a city skyline in several hazy rows."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(700, 830)
    sky.sky(st, level)
    if rng.random() < 0.6:
        land.ranges(st, level - 60, 2, rise=rng.uniform(160, 300), near=0.8)
    rows = rng.randint(3, 4)
    for index in range(rows):
        share = index / (rows - 1)
        if palette.lit > 0.2:
            land.mist(st, level - 40, 240, 0.3)
        skyline(
            st, level + 10, depth=0.78 - 0.6 * share, tall=rng.uniform(300, 430) - 130 * share, gaps=0.15 + 0.4 * share
        )
        if index == rows - 2 and rng.random() < 0.5:
            _obelisk(st, (rng.uniform(0.25, 0.75) * st.wide, level), rng.uniform(330, 430))
    sky.birds(st)
    ending = rng.choice(("river", "trees", "street"))
    if ending == "river":
        water.still(st, level, strength=0.66)
        return
    line = land.soft(st, level + 24, 22, 4)
    tone = palette.clad("moss", 0.12, 0.4)
    flora.bush_line(st, line, 20, tone)
    land.ground(st, line, (tone, palette.ink))
    flora.grove(st, line, rng.randint(4, 9), 90, tone)
    if ending == "street":
        road = (level + 120, level + 200)
        st.rect((0, road[0], st.wide, road[1] - road[0]), palette.paint("road", 0, 0.35))
        for index in range(15):
            st.rect((index * st.wide / 14, (road[0] + road[1]) / 2, 46, 4), palette.paint("white", 0, 0.2))
        for _ in range(rng.randint(5, 10)):
            spot = (rng.uniform(0, st.wide), road[0] + rng.choice((26, 74)))
            buildings.car(st, spot, 62, palette.paint(rng.choice(people.CLOTHES)))


def _obelisk(st: Stage, foot: Point, tall: float) -> None:
    """Stand a monument with a gilded flame, as in the capital's central square."""
    (x, y), palette = foot, st.palette
    body = palette.paint("white", 0.2)
    st.shape((x, y), tall, [(-0.05, 0), (-0.018, -0.9), (0.018, -0.9), (0.05, 0)], body)
    st.shape((x, y), tall, [(0, 0), (0, -0.9), (0.018, -0.9), (0.05, 0)], mix(body, palette.ink, 0.2))
    st.shape((x, y), tall, [(-0.17, -0.2), (0.17, -0.2), (0.06, -0.13), (-0.06, -0.13)], body)
    st.rect((x - tall * 0.04, y - tall * 0.92, tall * 0.08, tall * 0.02), body)
    st.oval((x, y - tall * 0.945), (tall * 0.024, tall * 0.035), palette.paint("mustard"))
    st.shape((x, y), tall, [(-0.022, -0.955), (0.008, -1.01), (0.022, -0.95)], palette.paint("mustard"))


def pasar(st: Stage) -> None:
    """Paint an open market under striped awnings."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(560, 640)
    sky.sky(st, level)
    land.ranges(st, level - 20, 2, rise=rng.uniform(150, 260), near=0.7)
    _shophouses(st, level + 40)
    st.wash(level + 40, 1000, (palette.paint("sand", 0.35, 0.15), palette.paint("soil", 0.0, 0.3)))
    if rng.random() < 0.6:
        _bunting(st, rng.uniform(220, 380))
    x = rng.uniform(-90, -10)
    while x < st.wide:
        width = rng.uniform(200, 300)
        stall(st, (x, level + 50, width, 230), 0.08)
        x += width * rng.uniform(1.02, 1.25)
    people.walkers(st, level + 300, rng.randint(5, 11), 150, hats=0.25, umbrellas=0.15)
    if rng.random() < 0.55:
        stall(st, (rng.uniform(-0.12, 0.05) * st.wide, level + 90, 420, 430), 0.0)


def _shophouses(st: Stage, level: float) -> None:
    rng, palette = st.rng, st.palette
    x = -30.0
    while x < st.wide:
        width, tall = rng.uniform(110, 190), rng.uniform(130, 230)
        wall = palette.paint(rng.choice(("wall", "rose", "sage", "stone", "sky", "straw")), 0.35)
        st.rect((x, level - tall, width, tall), wall)
        buildings.windows(st, (x + 8, level - tall + 14, width - 16, tall * 0.55), (4, 2), depth=0.3, fill=0.5)
        buildings.roof(
            st, (x - 8, level - tall - 44, width + 16, 48), rng.choice(("gable", "hip")), palette.paint("roof", 0.35)
        )
        x += width + 2


def _bunting(st: Stage, level: float) -> None:
    rng, palette = st.rng, st.palette
    for row in range(rng.randint(1, 3)):
        start, end, sag = (
            level + row * 50 + rng.uniform(-40, 40),
            level + row * 40 + rng.uniform(-60, 60),
            rng.uniform(40, 100),
        )
        wire = [
            (st.wide * t / 26, start + (end - start) * t / 26 + sag * 4 * (t / 26) * (1 - t / 26)) for t in range(27)
        ]
        st.line(wire, 1.5, palette.layer(0.2))
        bulbs = palette.lit > 0.2
        for index, (x, y) in enumerate(wire):
            if bulbs:
                st.glow((x, y + 7), 26, palette.lamp, 0.8)
                st.disc((x, y + 7), 5, palette.lamp)
            else:
                paint = palette.paint(people.CLOTHES[index % len(people.CLOTHES)])
                st.polygon([(x - 13, y), (x + 13, y), (x, y + 30)], paint)


def stall(st: Stage, box: Box, depth: float) -> None:
    """Set up a market stall: striped awning, posts, crates of fruit and its keeper."""
    x, y, width, height = box
    rng, palette = st.rng, st.palette
    first = palette.paint(rng.choice(("red", "teal", "mustard", "navy", "roof")), depth)
    second = palette.paint("white", depth)
    counter = y + height * 0.66
    st.rect((x + width * 0.03, y + height * 0.2, width * 0.94, height * 0.5), palette.clad("brick", 0.1, 0.3))
    if palette.lit > 0.1:
        st.glow((x + width / 2, y + height * 0.45), width * 0.55, palette.lamp, 0.75)
        st.disc((x + width / 2, y + height * 0.34), width * 0.025, palette.lamp)
    for place in (0.02, 0.95):
        st.rect((x + width * place, y, width * 0.025, height), palette.paint("soil", depth, 0.5))
    people.person(
        st, (x + width * rng.uniform(0.25, 0.75), counter + height * 0.18), height * 0.55, hat=rng.random() < 0.4
    )
    for column in range(4):
        left = x + width * (0.04 + 0.235 * column)
        fruit = palette.paint(rng.choice(("red", "mustard", "paddy", "roof", "leaf", "straw")), depth)
        for index in range(10):
            spot = (left + width * (0.025 + 0.042 * (index % 5)), counter - height * 0.02 * (1 + index // 5))
            st.disc(spot, width * 0.026, mix(fruit, palette.paint("white"), 0.12 * (index % 3)))
    st.rect((x, counter, width, height * 0.34), palette.paint("soil", depth, 0.15))
    st.rect((x, counter, width, height * 0.05), palette.paint("straw", depth))
    count = rng.choice((8, 10, 12))
    for index in range(count):
        a, b = index / count, (index + 1) / count
        tone = first if index % 2 else second
        lip = y + height * 0.26
        top = (0.06, 0.88)
        st.polygon(
            [
                (x + width * (top[0] + top[1] * a), y),
                (x + width * (top[0] + top[1] * b), y),
                (x + width * (b * 1.08 - 0.04), lip),
                (x + width * (a * 1.08 - 0.04), lip),
            ],
            tone,
        )
        middle = x + width * ((a + b) / 2 * 1.08 - 0.04)
        st.oval((middle, lip), (width * 0.54 / count, height * 0.045), mix(tone, palette.ink, 0.12))


def hujan_atap(st: Stage) -> None:
    """Paint rain falling over a crowd of tiled roofs."""
    rng = st.rng
    st.palette = palette = st.palette.overcast()
    sky.sky(st, 520, orb=False, clouds=False)
    for _ in range(rng.randint(5, 9)):
        sky.heap_cloud(st, 330, rng.uniform(0.35, 1.0))
    st.veil(0, 300, palette.layer(0.3), (0.55, 0.0))
    for _ in range(rng.randint(2, 4)):
        x, wide = rng.uniform(-100, st.wide), rng.uniform(120, 320)
        st.sheer([[(x, 60), (x + wide, 60), (x + wide * 1.3 - 120, 620), (x - 120, 620)]], palette.layer(0.6), 0.22)
    land.ranges(st, 520, rng.randint(1, 3), rise=rng.uniform(120, 220), near=0.75)
    rows = rng.randint(5, 7)
    for index in range(rows):
        share = index / (rows - 1)
        level = 520 + 520 * share**1.15
        _roof_row(st, level, 90 + 260 * share, 0.62 * (1 - share))
        if index < rows - 1:
            land.mist(st, level, 130, 0.3)
    slant = rng.uniform(-0.3, 0.3)
    for length, width, count, opacity in ((60, 1.3, 380, 0.34), (120, 2.2, 170, 0.42)):
        strokes = []
        for _ in range(count):
            x, y = rng.uniform(-80, st.wide + 80), rng.uniform(-60, 1000)
            tip = (x + slant * length, y + length * rng.uniform(0.6, 1.2))
            strokes.append([(x, y), (x + width, y), (tip[0] + width, tip[1]), tip])
        st.sheer(strokes, mix(palette.sky[-1], palette.paint("white"), 0.5), opacity)


def _roof_row(st: Stage, level: float, width: float, depth: float) -> None:
    rng, palette = st.rng, st.palette
    x = -width * rng.uniform(0.2, 0.9)
    while x < st.wide:
        wide = width * rng.uniform(0.75, 1.2)
        if rng.random() < 0.16:
            flora.palm(
                st, (x, level), width * rng.uniform(0.9, 1.2), palette.layer(depth * 0.9), rng.uniform(-0.15, 0.15)
            )
        buildings.house(
            st,
            (x, level + rng.uniform(-0.12, 0.12) * width),
            wide,
            kind=rng.choice(("gable", "hip", "joglo", "hip")),
            depth=depth,
        )
        x += wide * rng.uniform(0.9, 1.25)


def banjir(st: Stage) -> None:
    """Paint a flooded quarter, its roofs doubled in brown water."""
    rng = st.rng
    st.palette = palette = st.palette.overcast()
    level = rng.uniform(560, 640)
    sky.sky(st, level, orb=False)
    land.ranges(st, level, 2, rise=rng.uniform(90, 190), near=0.75)
    _roof_row(st, level + 10, 110, 0.45)
    tone = palette.layer(0.25)
    for _ in range(rng.randint(3, 7)):
        spot = (rng.uniform(0, st.wide), level + 12)
        flora.tree(
            st, spot, rng.uniform(120, 210), mix(tone, palette.paint("moss"), 0.35), rng.choice(("round", "umbrella"))
        )
    x = rng.uniform(-60, 80)
    while x < st.wide:
        width = rng.uniform(190, 280)
        buildings.house(st, (x, level + rng.uniform(16, 40)), width, depth=0.08)
        x += width * rng.uniform(1.2, 1.9)
    for index in range(4):
        buildings.lamp_post(st, ((index + rng.random()) * st.wide / 4, level + 10), rng.uniform(170, 230), 0.1)
    water.still(st, level, strength=0.62, tint="soil")
    for _ in range(rng.randint(2, 5)):
        water.canoe(st, (rng.uniform(0.1, 0.9) * st.wide, rng.uniform(level + 60, 930)), rng.uniform(130, 230))
    for _ in range(rng.randint(2, 6)):
        y = rng.uniform(level + 40, 900)
        x, tall = rng.uniform(0.05, 0.95) * st.wide, 60 + (y - level) * 0.2
        people.person(st, (x, y), tall, umbrella=rng.random() < 0.6, wade=0.34)
        st.sheer([water.lozenge((x, y - tall * 0.33), tall * 0.45, tall * 0.035)], palette.sky[-1], 0.6)


def kampung(st: Stage) -> None:
    """Paint a village of stilt houses by the water or among palms."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(590, 700)
    sky.sky(st, level)
    land.ranges(st, level, rng.randint(2, 4), rise=rng.uniform(120, 250), near=0.55)
    line = land.soft(st, level, 40, 2)
    tone = palette.clad("moss", 0.4, 0.4)
    flora.bush_line(st, line, 16, tone)
    flora.grove(st, line, rng.randint(8, 14), 150, tone)
    kind = rng.choice((*buildings.ROOFS, "gadang"))
    wet = rng.random() < 0.55
    x = rng.uniform(-60, 40)
    while x < st.wide:
        width = rng.uniform(110, 150)
        buildings.house(st, (x, level + 6), width, kind=kind, stilts=rng.uniform(0.18, 0.34), depth=0.3)
        x += width * rng.uniform(1.3, 1.9)
    if wet:
        water.still(st, level + 4, strength=0.6)
    else:
        st.wash(level + 4, 1000, (palette.clad("sage", 0.25, 0.7), palette.clad("leaf", 0.0, 0.5)))
        land.dirt_way(
            st,
            (rng.uniform(0.3, 0.7) * st.wide, level + 4),
            (rng.uniform(0.2, 0.8) * st.wide, 1010),
            (14, 240),
            palette.paint("sand", 0.1, 0.1),
        )
    for _ in range(rng.randint(1, 3)):
        width = rng.uniform(230, 330)
        spot = (rng.uniform(0.02, 0.8) * st.wide, level + rng.uniform(100, 190))
        buildings.house(st, spot, width, kind=kind, stilts=0.26)
    if wet:
        water.canoe(st, (rng.uniform(0.2, 0.8) * st.wide, rng.uniform(850, 940)), rng.uniform(180, 260))
    else:
        people.walkers(st, 890, rng.randint(3, 8), 95, hats=0.3)
    sky.birds(st)
    flora.palm(st, (rng.uniform(0.0, 0.12) * st.wide, 1010), rng.uniform(600, 820), palette.ink, rng.uniform(0.0, 0.15))


SCENES = {"kota": kota, "pasar": pasar, "hujan-atap": hujan_atap, "banjir": banjir, "kampung": kampung}
