"""Scenes of public life: court, school and hospital."""

from __future__ import annotations

from warta.ingest.demo.draw import buildings, flora, land, people, sky
from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import Box, Point, Stage
from warta.ingest.demo.draw.town import skyline


def _grounds(st: Stage, level: float) -> None:
    """Lay lawn and a forecourt in front of a building."""
    palette = st.palette
    st.wash(level, 1000, (palette.clad("sage", 0.3, 0.75), palette.clad("leaf", 0.05, 0.5)))
    middle, spread = st.wide * st.rng.uniform(0.42, 0.58), st.rng.uniform(0.7, 1.3)
    st.shade(
        [(middle - 80, level), (middle + 80, level), (middle + 560 * spread, 1010), (middle - 560 * spread, 1010)],
        (palette.paint("sand", 0.3), palette.paint("stone", 0.0, 0.12)),
    )


def _backdrop(st: Stage, level: float) -> None:
    """Paint sky, hills or towers, and a line of trees behind a building."""
    rng, palette = st.rng, st.palette
    sky.sky(st, level)
    if rng.random() < 0.6:
        land.ranges(st, level, rng.randint(1, 3), rise=rng.uniform(140, 260), near=0.7)
    if rng.random() < 0.5:
        skyline(st, level, depth=0.75, tall=rng.uniform(160, 280))
    line = land.soft(st, level - 14, 40, 3)
    tone = palette.clad("moss", 0.4, 0.4)
    flora.bush_line(st, line, 20, tone)
    flora.grove(st, line, rng.randint(5, 10), 170, tone)
    sky.birds(st)


def _planting(st: Stage, level: float) -> None:
    """Frame a building with trees, hedges and lamps."""
    rng, palette = st.rng, st.palette
    tone = palette.clad("moss", 0.08, 0.45)
    for side in (0.0, 1.0):
        for _ in range(rng.randint(1, 3)):
            x = st.wide * (side + (0.5 - side) * rng.uniform(0.0, 0.3))
            if rng.random() < 0.5:
                flora.palm(st, (x, level + rng.uniform(10, 90)), rng.uniform(240, 420), tone, rng.uniform(-0.12, 0.12))
            else:
                flora.tree(
                    st,
                    (x, level + rng.uniform(10, 90)),
                    rng.uniform(200, 330),
                    tone,
                    rng.choice(("round", "umbrella", "slim")),
                )
    for index in range(rng.randint(2, 5)):
        buildings.lamp_post(st, (st.wide * (0.08 + 0.84 * index / 4), level + 60), 150, 0.05)


def gedung(st: Stage) -> None:
    """Paint a court or parliament: columns under a tropical or a classical roof."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(700, 770)
    _backdrop(st, level)
    _grounds(st, level)
    width, tall = rng.uniform(680, 900), rng.uniform(190, 250)
    x = (st.wide - width) * rng.uniform(0.3, 0.7)
    wall = palette.paint("wall", 0.08)
    dim = mix(wall, palette.ink, 0.22)
    for side in (-1, 1):
        wing = width * 0.3
        left = x - wing + 8 if side < 0 else x + width - 8
        st.rect((left, level - tall * 0.66, wing, tall * 0.66), mix(wall, dim, 0.4))
        buildings.windows(st, (left + 10, level - tall * 0.56, wing - 20, tall * 0.4), (7, 2), depth=0.1, fill=0.5)
        buildings.roof(st, (left - 12, level - tall * 0.66 - 46, wing + 24, 50), "hip", palette.paint("roof", 0.1))
    st.rect((x, level - tall, width, tall), dim)
    count = rng.choice((6, 8, 10))
    buildings.windows(st, (x + 20, level - tall * 0.86, width - 40, tall * 0.7), (count - 1, 2), depth=0.05, fill=0.5)
    if palette.lit > 0.2:
        st.glow((st.wide / 2, level - tall * 0.3), width * 0.55, palette.lamp, 0.35)
    for index in range(count):
        left = x + 14 + (width - 58) * index / (count - 1)
        st.rect((left, level - tall, 30, tall), wall)
        st.rect((left + 20, level - tall, 10, tall), mix(wall, dim, 0.5))
        st.rect((left - 5, level - 14, 40, 14), wall)
    st.rect((x - 20, level - tall - 18, width + 40, 26), wall)
    _crown(st, (x, level - tall - 14, width, tall), wall)
    for step in range(5):
        st.rect((x - 12 - step * 14, level + step * 9, width + 24 + step * 28, 10), mix(wall, dim, 0.12 + 0.13 * step))
    _planting(st, level)
    buildings.flag(st, (st.wide * rng.choice((0.2, 0.5, 0.8)), level + 90), rng.uniform(380, 460))
    people.walkers(st, level + 130, rng.randint(4, 12), 60)


def _crown(st: Stage, box: Box, wall: Color) -> None:
    """Crown the front with a stacked roof, a pediment, a dome or twin shells."""
    x, y, width, tall = box
    rng, palette = st.rng, st.palette
    kind = rng.choice(("joglo", "pediment", "dome", "shell", "gadang"))
    cover = palette.paint(rng.choice(("roof", "brick")), 0.06)
    if kind in ("joglo", "gadang"):
        rise = tall * (0.95 if kind == "joglo" else 0.8)
        buildings.roof(st, (x - width * 0.1, y - rise, width * 1.2, rise), kind, cover)
    elif kind == "pediment":
        st.polygon([(x - 20, y), (x + width / 2, y - tall * 0.55), (x + width + 20, y)], wall)
        st.polygon(
            [(x + width * 0.1, y - 12), (x + width / 2, y - tall * 0.45), (x + width * 0.9, y - 12)],
            mix(wall, palette.ink, 0.18),
        )
    elif kind == "dome":
        st.rect((x + width * 0.3, y - tall * 0.28, width * 0.4, tall * 0.3), mix(wall, palette.ink, 0.1))
        paint = palette.paint("teal", 0.1)
        st.dome((x + width / 2, y - tall * 0.27), (width * 0.19, tall * 0.72), paint)
        st.dome((x + width * 0.57, y - tall * 0.27), (width * 0.11, tall * 0.5), mix(paint, palette.ink, 0.18))
        st.rect((x + width / 2 - 3, y - tall * 1.25, 6, tall * 0.3), wall)
    else:
        paint = palette.paint("teal", 0.12)
        for side in (0.02, 0.5):
            st.dome(
                (x + width * (side + 0.24), y + 2),
                (width * 0.3, tall * 0.6),
                mix(paint, palette.ink, 0.25 * (side > 0.1)),
            )


def sekolah(st: Stage) -> None:
    """Paint a school, its yard and the morning flag."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(650, 720)
    _backdrop(st, level)
    st.wash(level, 1000, (palette.paint("sand", 0.3), palette.paint("soil", 0.0, 0.12)))
    width = rng.uniform(0.62, 0.85) * st.wide
    x = rng.uniform(-0.06, 0.36) * st.wide
    floors = rng.choice((1, 1, 2))
    storey = rng.uniform(125, 150)
    wall, trim = (
        palette.paint(rng.choice(("wall", "sage", "straw", "sky")), 0.06),
        palette.paint(rng.choice(("teal", "navy", "roof")), 0.08),
    )
    tall = storey * floors
    st.rect((x, level - tall, width, tall + 8), wall)
    for floor in range(floors):
        top = level - storey * (floor + 1)
        st.rect((x, top + storey * 0.62, width, storey * 0.38), mix(wall, trim, 0.65))
        rooms = 5
        for room in range(rooms):
            left = x + width * (room + 0.08) / rooms
            buildings.windows(st, (left, top + storey * 0.22, width / rooms * 0.52, storey * 0.38), (4, 1), fill=0.84)
            st.rect(
                (left + width / rooms * 0.62, top + storey * 0.24, width / rooms * 0.16, storey * 0.76),
                mix(trim, palette.ink, 0.3),
            )
        for post in range(rooms * 2 + 1):
            st.rect((x + (width - 9) * post / (rooms * 2), top, 9, storey), palette.paint("white", 0.05))
        st.rect((x - 10, top - 4, width + 20, 10), mix(trim, palette.ink, 0.15))
    buildings.roof(
        st,
        (x - 46, level - tall - 108, width + 92, 112),
        rng.choice(("hip", "hip", "joglo")),
        palette.paint("roof", 0.05),
    )
    st.rect((x - 12, level, width + 24, 12), palette.paint("stone", 0.05))
    _planting(st, level)
    pole = rng.uniform(0.3, 0.7) * st.wide
    st.polygon(
        [(pole - 46, level + 150), (pole + 46, level + 150), (pole + 34, level + 128), (pole - 34, level + 128)],
        palette.paint("white", 0, 0.1),
    )
    buildings.flag(st, (pole, level + 130), rng.uniform(500, 600))
    _pupils(st, level, pole)


def _pupils(st: Stage, level: float, pole: float) -> None:
    rng = st.rng
    if rng.random() < 0.6 and not st.palette.night:
        for row in range(3):
            for column in range(rng.randint(7, 10)):
                spot = (pole + 90 + column * 46 + row * 14, level + 130 + row * 44)
                people.person(st, spot, 62 + row * 8)
    people.walkers(st, level + 150, rng.randint(4, 9), 72)


def rumah_sakit(st: Stage) -> None:
    """Paint a hospital block with its lit wards and an ambulance bay."""
    rng, palette = st.rng, st.palette
    level = rng.uniform(740, 800)
    _backdrop(st, level)
    _grounds(st, level)
    wall = palette.paint("white", 0.08)
    accent = palette.paint(rng.choice(("teal", "navy", "leaf")), 0.06)
    x = rng.uniform(0.1, 0.3) * st.wide
    blocks = [(x, rng.uniform(300, 380), rng.randint(5, 7)), (x + 330, rng.uniform(420, 520), rng.randint(3, 5))]
    for index, (left, width, floors) in enumerate(blocks):
        tall = floors * 62 + 24
        body = mix(wall, palette.paint("teal", 0.2), 0.14 * index)
        st.rect((left, level - tall, width, tall), body)
        st.rect((left + width * 0.9, level - tall, width * 0.1, tall), mix(body, palette.ink, 0.2))
        st.rect((left - 8, level - tall - 10, width + 16, 14), accent)
        for floor in range(floors):
            top = level - tall + 24 + floor * 62
            buildings.windows(st, (left + 16, top, width * 0.86, 40), (round(width / 40), 1), depth=0.05, fill=0.74)
            st.rect((left, top + 44, width * 0.9, 6), mix(body, accent, 0.4))
    left, width, floors = blocks[0]
    _cross(st, (left + width / 2, level - floors * 62 - 78), 46, accent)
    porch = (blocks[1][0] + 60, level - 92)
    st.rect((porch[0], porch[1], 300, 16), accent)
    for post in (10, 270):
        st.rect((porch[0] + post, porch[1], 14, 92), wall)
    st.rect((porch[0] + 60, level - 66, 170, 66), palette.lamp if palette.lit else palette.paint("sky", 0.1))
    if palette.lit > 0.2:
        st.glow((porch[0] + 145, level - 30), 260, palette.lamp, 0.5)
    _planting(st, level)
    _ambulance(st, (porch[0] + rng.uniform(-120, 330), level + 70), rng.uniform(110, 140), accent)
    people.walkers(st, level + 110, rng.randint(4, 9), 64)


def _cross(st: Stage, center: Point, size: float, color: Color) -> None:
    (x, y), white = center, st.palette.paint("white")
    st.disc((x, y), size, color)
    st.rect((x - size * 0.6, y - size * 0.2, size * 1.2, size * 0.4), white)
    st.rect((x - size * 0.2, y - size * 0.6, size * 0.4, size * 1.2), white)
    if st.palette.lit > 0.2:
        st.glow((x, y), size * 2.6, color, 0.4)


def _ambulance(st: Stage, where: Point, length: float, accent: Color) -> None:
    (x, y), palette = where, st.palette
    body = palette.paint("white")
    st.rect((x - length * 0.5, y - length * 0.46, length * 0.7, length * 0.36), body)
    st.shape((x, y), length, [(0.2, -0.42), (0.36, -0.42), (0.5, -0.26), (0.5, -0.1), (0.2, -0.1)], body)
    st.shape(
        (x, y), length, [(0.24, -0.38), (0.34, -0.38), (0.43, -0.26), (0.24, -0.26)], palette.clad("navy", 0.1, 0.5)
    )
    st.rect((x - length * 0.5, y - length * 0.24, length, length * 0.06), accent)
    st.rect((x - length * 0.02, y - length * 0.51, length * 0.12, length * 0.06), palette.paint("red"))
    for side in (-0.3, 0.3):
        st.disc((x + length * side, y - length * 0.08), length * 0.09, palette.ink)


SCENES = {"gedung": gedung, "sekolah": sekolah, "rumah-sakit": rumah_sakit}
