"""Houses, towers, roofs and their lit windows."""

from __future__ import annotations

from warta.ingest.demo.draw.palette import Color, hexed, mix
from warta.ingest.demo.draw.stage import Box, Point, Stage

_FLAG = {"red": "c8372d", "white": "fbf5ea"}
ROOFS = ("gable", "hip", "joglo", "gadang")


def windows(st: Stage, box: Box, grid: tuple[int, int], *, depth: float = 0.0, fill: float = 0.6) -> None:
    """Lay a grid of windows, some lit when the light is low."""
    x, y, width, height = box
    columns, rows = grid
    palette, rng = st.palette, st.rng
    dull = mix(palette.clad("navy", depth, 0.5), palette.layer(min(1.0, depth + 0.15)), 0.3)
    warm = mix(palette.lamp, palette.haze, depth * 0.6)
    cell_w, cell_h = width / columns, height / rows
    for column in range(columns):
        for row in range(rows):
            tone = mix(warm, palette.paint("roof"), rng.uniform(0, 0.3)) if rng.random() < palette.lit else dull
            left = x + (column + (1 - fill) / 2) * cell_w
            st.rect((left, y + (row + (1 - fill) / 2) * cell_h, cell_w * fill, cell_h * fill), tone)


def tower(st: Stage, foot: Point, width: float, tall: float, depth: float) -> None:
    """Raise an office tower with one of several crowns and window rhythms."""
    rng, palette, (x, y) = st.rng, st.palette, foot
    body = palette.clad(rng.choice(("wall", "stone", "teal", "steel", "rose", "navy", "roof")), depth, 0.42)
    dim = mix(body, palette.layer(max(0.0, depth - 0.25)), 0.42)
    top = y - tall
    crown = rng.choice(("flat", "step", "mast", "slant", "dome", "flat"))
    if crown == "slant":
        st.polygon([(x, top), (x, top - width * 0.4), (x + width, top)], body)
    elif crown == "dome":
        st.dome((x + width / 2, top + 1), (width * 0.42, width * 0.4), dim)
    elif crown == "step":
        st.rect((x + width * 0.2, top - width * 0.35, width * 0.6, width * 0.36), body)
        st.rect((x + width * 0.36, top - width * 0.6, width * 0.28, width * 0.26), dim)
    elif crown == "mast":
        st.rect((x + width * 0.3, top - width * 0.2, width * 0.4, width * 0.21), dim)
        st.rect((x + width * 0.48, top - width * 1.1, max(1.6, width * 0.035), width), dim)
    st.rect((x, top, width, tall + 2), body)
    st.rect((x + width * 0.66, top, width * 0.34, tall + 2), dim)
    columns = max(2, round(width / 15))
    rhythm = rng.choice(("grid", "grid", "bands"))
    inside = (x + width * 0.07, top + width * 0.12, width * 0.86, tall - width * 0.1)
    if rhythm == "grid":
        windows(st, inside, (columns, max(3, round(tall / 20))), depth=depth, fill=0.55)
    else:
        windows(st, inside, (2, max(3, round(tall / 13))), depth=depth, fill=0.8)


def roof(st: Stage, box: Box, kind: str, color: Color) -> None:
    """Set a tropical roof whose eaves lie on the lower edge of the box."""
    x, y, width, height = box
    bottom, dark = y + height, mix(color, st.palette.ink, 0.28)
    if kind == "gable":
        st.polygon([(x, bottom), (x + width * 0.5, y), (x + width, bottom)], color)
        st.polygon([(x + width * 0.5, y), (x + width, bottom), (x + width * 0.86, bottom)], dark)
    elif kind == "hip":
        st.polygon([(x, bottom), (x + width * 0.24, y), (x + width * 0.76, y), (x + width, bottom)], color)
        st.polygon([(x + width * 0.76, y), (x + width, bottom), (x + width * 0.7, bottom)], dark)
    elif kind == "joglo":
        waist = y + height * 0.58
        st.polygon([(x, bottom), (x + width * 0.24, waist), (x + width * 0.76, waist), (x + width, bottom)], color)
        st.polygon(
            [(x + width * 0.24, waist), (x + width * 0.38, y), (x + width * 0.62, y), (x + width * 0.76, waist)], dark
        )
    else:
        ridge = [
            (x - width * 0.04 + width * 1.08 * t / 12, y + height * 0.62 * (1 - abs(t / 6 - 1) ** 2.2))
            for t in range(13)
        ]
        st.polygon([*ridge, (x + width * 0.94, bottom), (x + width * 0.06, bottom)], color)
        st.polygon(
            [
                (x + width * 0.06, bottom),
                (x + width * 0.94, bottom),
                (x + width * 0.93, bottom - height * 0.1),
                (x + width * 0.07, bottom - height * 0.1),
            ],
            dark,
        )


def house(st: Stage, foot: Point, width: float, *, kind: str = "", stilts: float = 0.0, depth: float = 0.0) -> None:
    """Build a small house, on stilts if asked, with door and windows."""
    rng, palette, (x, y) = st.rng, st.palette, foot
    kind = kind or rng.choice(ROOFS)
    wall = palette.paint(rng.choice(("wall", "stone", "rose", "sage", "sand")), depth, 0.1)
    tall = width * rng.uniform(0.3, 0.4)
    floor = y - width * stilts
    post = palette.clad("soil", depth, 0.3)
    if stilts:
        for index in range(5):
            st.rect((x + width * (0.03 + 0.226 * index), floor - 2, width * 0.035, width * stilts + 2), post)
        st.rect((x - width * 0.03, floor - width * 0.03, width * 1.06, width * 0.045), post)
    st.rect((x, floor - tall, width, tall), wall)
    st.rect((x + width * 0.72, floor - tall, width * 0.28, tall), mix(wall, palette.ink, 0.16))
    door = palette.lamp if rng.random() < palette.lit else palette.clad("brick", depth, 0.5)
    st.rect((x + width * 0.42, floor - tall * 0.72, width * 0.14, tall * 0.72), door)
    for left in (0.12, 0.76):
        windows(st, (x + width * left, floor - tall * 0.72, width * 0.17, tall * 0.42), (2, 1), depth=depth, fill=0.82)
    if rng.random() < palette.lit:
        st.glow((x + width * 0.5, floor - tall * 0.4), width * 0.6, palette.lamp, 0.25)
    rise = width * {"gable": 0.34, "hip": 0.28, "joglo": 0.46, "gadang": 0.52}[kind]
    cover = palette.paint(rng.choice(("roof", "roof", "brick", "soil")), depth, rng.uniform(0, 0.2))
    roof(st, (x - width * 0.12, floor - tall - rise + 3, width * 1.24, rise), kind, cover)


def flag(st: Stage, foot: Point, tall: float) -> None:
    """Fly the red and white flag from a slim pole."""
    (x, y), palette = foot, st.palette
    st.rect((x - tall * 0.008, y - tall, tall * 0.016, tall), palette.paint("white", 0.1))
    wave = [0.0, 0.02, 0.028, 0.018, 0.0, -0.008, 0.0]
    for row, name in enumerate(("red", "white")):
        start = y - tall * (0.99 - 0.075 * row)
        upper = [(x + tall * 0.04 * index, start + tall * lift) for index, lift in enumerate(wave)]
        cloth = mix(palette.paint(name), hexed(_FLAG[name]), 0.45)
        st.polygon([*upper, *((px, py + tall * 0.077) for px, py in reversed(upper))], cloth)


def lamp_post(st: Stage, foot: Point, tall: float, depth: float = 0.0) -> None:
    """Stand a street lamp, glowing when the light is low."""
    (x, y), color = foot, st.palette.layer(depth)
    st.rect((x - tall * 0.012, y - tall, tall * 0.024, tall), color)
    st.rect((x - tall * 0.012, y - tall, tall * 0.22, tall * 0.02), color)
    head = (x + tall * 0.2, y - tall * 0.975)
    st.oval(head, (tall * 0.05, tall * 0.018), st.palette.lamp if st.palette.lit else color)
    if st.palette.lit > 0.2:
        st.glow(head, tall * 0.45, st.palette.lamp, 0.5)


def car(st: Stage, where: Point, length: float, color: Color) -> None:
    """Draw a small car from the side."""
    (x, y), dark = where, st.palette.ink
    st.shape((x, y), length, [(-0.3, -0.22), (-0.18, -0.38), (0.16, -0.38), (0.32, -0.22)], mix(color, dark, 0.45))
    st.rect((x - length / 2, y - length * 0.24, length, length * 0.18), color)
    for side in (-0.28, 0.28):
        st.disc((x + side * length, y - length * 0.07), length * 0.085, dark)
    if st.palette.lit > 0.2:
        st.glow((x + length * 0.5, y - length * 0.16), length * 0.35, st.palette.lamp, 0.7)
