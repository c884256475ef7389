"""Water and what floats on it."""

from __future__ import annotations

from collections.abc import Sequence

from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import BOTTOM, Point, Stage


def sea(st: Stage, level: float, bottom: float = BOTTOM) -> None:
    """Fill open water from the horizon down, with ripples."""
    palette = st.palette
    far = mix(palette.sky[-1], palette.paint("water"), 0.38)
    near = mix(palette.paint("water", shade=0.25), palette.layer(0.2), 0.45)
    st.wash(level, bottom, (far, mix(far, near, 0.55), near))
    ripples(st, level, bottom)


def ripples(st: Stage, level: float, bottom: float, count: int = 60) -> None:
    """Scatter thin lozenges that grow towards the viewer."""
    light: list[list[Point]] = []
    dark: list[list[Point]] = []
    for _ in range(count):
        share = st.rng.random() ** 1.3
        y = level + 4 + (bottom - level) * share
        reach, thick = 14 + 90 * share * st.rng.uniform(0.3, 1), 0.8 + 2.6 * share
        shape = lozenge((st.rng.uniform(0, st.wide), y), reach, thick)
        (light if st.rng.random() < 0.6 else dark).append(shape)
    st.sheer(light, st.palette.sky[-1], 0.28)
    st.sheer(dark, st.palette.layer(0.15), 0.22)


def lozenge(center: Point, reach: float, thick: float) -> list[Point]:
    """Return a thin horizontal lozenge."""
    x, y = center
    return [(x - reach, y), (x, y - thick), (x + reach, y), (x, y + thick)]


def glitter(st: Stage, level: float, bottom: float = BOTTOM, width: float = 46) -> None:
    """Lay the sun's broken path on the water."""
    color = mix(st.palette.orb, st.palette.sky[-1], 0.25)
    shapes = []
    for index in range(34):
        share = index / 34
        y = level + 5 + (bottom - level) * share**1.35
        reach = width * (0.45 + 1.3 * share) * st.rng.uniform(0.35, 1.1)
        x = st.sun[0] + st.rng.uniform(-0.5, 0.5) * width * (0.4 + share)
        shapes.append(lozenge((x, y), reach, 1.3 + 3.6 * share))
    st.sheer(shapes, color, 0.62)


def still(st: Stage, level: float, *, strength: float = 0.72, tint: str = "water") -> None:
    """Make a mirror of everything above the level, with a few ripples."""
    palette = st.palette
    deep = mix(palette.paint(tint, shade=0.3), palette.layer(0.3), 0.5)
    st.wash(level, BOTTOM, (mix(palette.sky[-1], palette.paint(tint), 0.3), deep))
    st.mirror(level, BOTTOM - level, strength)
    st.sheer([lozenge((st.wide * 0.5, level + 2), st.wide, 2.2)], palette.sky[-1], 0.5)
    ripples(st, level, BOTTOM, 46)


def hull(st: Stage, keel: Point, length: float, height: float, color: Color) -> None:
    """Draw a curved wooden hull whose waterline is at the keel point."""
    x, y = keel
    half = length / 2
    top = [(x - half + length * t / 10, y - height * (0.62 + 0.9 * abs(t / 5 - 1) ** 2.4)) for t in range(11)]
    st.polygon([*top, (x + half * 0.7, y), (x - half * 0.68, y)], color)


def jukung(st: Stage, where: Point, size: float, depth: float = 0.0) -> None:
    """Draw an outrigger boat under a painted triangular sail."""
    (x, y), palette, rng = where, st.palette, st.rng
    dark = palette.clad("soil", depth, 0.25)
    sail = palette.paint(rng.choice(("red", "mustard", "teal", "white", "rose")), depth)
    mast = y - size * 1.15
    st.line([(x - size * 0.06, y - 3), (x + size * 0.02, mast)], size * 0.022, dark)
    belly = [(x + size * 0.02, mast), (x + size * 0.34, y - size * 0.7), (x + size * 0.52, y - size * 0.2)]
    st.polygon([*belly, (x - size * 0.4, y - size * 0.22)], sail)
    st.polygon([belly[0], (x - size * 0.1, y - size * 0.21), (x - size * 0.4, y - size * 0.22)], mix(sail, dark, 0.28))
    hull(st, (x, y), size * 1.25, size * 0.15, dark)
    st.line([(x - size * 0.72, y + size * 0.06), (x + size * 0.62, y + size * 0.06)], size * 0.03, dark)
    for post in (-0.34, 0.3):
        st.line([(x + size * post, y - size * 0.1), (x + size * (post * 1.1), y + size * 0.06)], size * 0.018, dark)
    st.sheer([lozenge((x, y + size * 0.11), size * 0.8, size * 0.04)], palette.ink, 0.22)


def pinisi(st: Stage, where: Point, size: float, depth: float = 0.0) -> None:
    """Draw a two-masted schooner of Sulawesi under full sail."""
    (x, y), palette = where, st.palette
    dark = palette.clad("brick", depth, 0.35)
    cloth = palette.paint("white" if st.rng.random() < 0.6 else "straw", depth)
    dim = mix(cloth, dark, 0.22)
    for foot, tall, reach in ((-0.26, 0.92, 0.36), (0.14, 1.08, 0.36)):
        mx, top = x + size * foot, y - size * tall
        st.line([(mx, y - size * 0.1), (mx, top)], size * 0.016, dark)
        st.polygon(
            [
                (mx - 2, top + size * 0.24),
                (mx - size * reach, top + size * 0.36),
                (mx - size * reach * 0.86, y - size * 0.2),
                (mx - 2, y - size * 0.18),
            ],
            cloth,
        )
        st.polygon([(mx - 2, top), (mx - 2, top + size * 0.21), (mx - size * reach * 0.8, top + size * 0.32)], dim)
    mx, top = x + size * 0.16, y - size * 1.04
    for reach, lift in ((0.82, 0.22), (0.66, 0.2), (0.5, 0.19)):
        tip = (x + size * reach, y - size * lift)
        st.polygon([(mx, top), tip, (x + size * (reach - 0.26), y - size * 0.24)], cloth if reach != 0.66 else dim)
        top += size * 0.16
    st.line([(x + size * 0.4, y - size * 0.16), (x + size * 0.84, y - size * 0.24)], size * 0.016, dark)
    hull(st, (x, y), size * 1.1, size * 0.13, dark)
    st.line([(x - size * 0.42, y - size * 0.06), (x + size * 0.42, y - size * 0.06)], size * 0.014, cloth)


def canoe(st: Stage, where: Point, size: float, depth: float = 0.0) -> None:
    """Draw a narrow boat with a lone rower."""
    (x, y), color = where, st.palette.layer(depth * 0.6)
    hull(st, (x, y), size, size * 0.09, color)
    st.shape((x, y), size, [(-0.05, -0.05), (0.06, -0.05), (0.03, -0.24), (-0.02, -0.24)], color)
    st.disc((x + size * 0.01, y - size * 0.27), size * 0.032, color)
    st.shape((x, y), size, [(-0.07, -0.275), (0.09, -0.275), (0.01, -0.33)], st.palette.paint("straw", depth))
    st.line([(x + size * 0.03, y - size * 0.2), (x + size * 0.24, y + size * 0.04)], size * 0.014, color)
    st.sheer([lozenge((x, y + size * 0.03), size * 0.6, size * 0.025)], st.palette.ink, 0.25)


def freighter(st: Stage, where: Point, size: float, depth: float = 0.0) -> None:
    """Draw a container ship, its boxes stacked on deck."""
    (x, y), palette, rng = where, st.palette, st.rng
    body = palette.clad(rng.choice(("navy", "red", "teal")), depth, 0.6)
    deck = y - size * 0.13
    cell_w, cell_h = size * 0.062, size * 0.034
    for column in range(10):
        for row in range(rng.randint(2, 5)):
            paint = palette.paint(rng.choice(CARGO), depth, 0.08 * (row % 2))
            box = (x - size * 0.26 + column * cell_w, deck - (row + 1) * cell_h, cell_w - 1.2, cell_h - 1.0)
            st.rect(box, paint)
    tower = (x - size * 0.41, deck - size * 0.22, size * 0.1, size * 0.22)
    st.rect(tower, palette.paint("white", depth))
    for row in range(4):
        st.rect(
            (tower[0] + 2, tower[1] + size * (0.02 + 0.045 * row), size * 0.1 - 4, size * 0.016),
            palette.lamp if palette.lit else palette.paint("navy", depth),
        )
    st.rect((x - size * 0.39, deck - size * 0.28, size * 0.035, size * 0.07), body)
    st.polygon(
        [(x - size * 0.48, deck), (x + size * 0.5, deck - size * 0.035), (x + size * 0.44, y), (x - size * 0.45, y)],
        body,
    )
    st.shape(
        (x, y),
        size,
        [(-0.457, -0.035), (0.448, -0.035), (0.44, 0), (-0.45, 0)],
        mix(body, palette.paint("brick", depth), 0.7),
    )
    st.sheer([lozenge((x, y + 3), size * 0.55, 4)], palette.ink, 0.25)


CARGO = ("red", "teal", "mustard", "navy", "white", "roof", "steel", "sage")


def foam(st: Stage, curve: Sequence[Point], width: float, color: Color) -> None:
    """Draw a line of surf along a curve, thick and thin by turns."""
    under = [(x, y + width * st.rng.uniform(0.4, 1.3)) for x, y in curve]
    st.polygon([*curve, *reversed(under)], color)
