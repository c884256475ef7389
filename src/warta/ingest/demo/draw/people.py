"""Tiny figures: walkers, field hands and crowds."""

from __future__ import annotations

from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import Point, Stage

CLOTHES = ("red", "teal", "mustard", "white", "navy", "rose", "roof")


def person(
    st: Stage,
    feet: Point,
    tall: float,
    *,
    hat: bool = False,
    umbrella: bool = False,
    depth: float = 0.0,
    wade: float = 0.0,
) -> None:
    """Draw one standing or walking figure, its legs cut off by a wading depth."""
    rng, palette, (x, y) = st.rng, st.palette, feet
    dark = palette.clad("ink", depth, 0.5)
    cloth = mix(palette.paint(rng.choice(CLOTHES), depth), dark, 0.25)
    stride = rng.uniform(0.02, 0.12) * tall
    hip = y - tall * 0.46
    for side in (-1, 1):
        st.polygon(
            [
                (x - tall * 0.05, hip),
                (x + tall * 0.05, hip),
                (x + side * stride + tall * 0.025, y - tall * wade),
                (x + side * stride - tall * 0.025, y - tall * wade),
            ],
            dark,
        )
    shoulder = y - tall * 0.82
    st.polygon(
        [
            (x - tall * 0.1, shoulder + tall * 0.03),
            (x, shoulder - tall * 0.02),
            (x + tall * 0.1, shoulder + tall * 0.03),
            (x + tall * 0.085, hip + tall * 0.06),
            (x - tall * 0.085, hip + tall * 0.06),
        ],
        cloth,
    )
    st.oval((x, y - tall * 0.91), (tall * 0.06, tall * 0.075), mix(palette.paint("skin", depth), dark, 0.3))
    if hat:
        caping(st, (x, y - tall * 0.92), tall * 0.19)
    if palette.night and rng.random() < 0.3:
        lantern(st, (x + tall * 0.14, y - tall * 0.4), tall * 0.13)
    if umbrella:
        color = palette.paint(rng.choice(("red", "mustard", "teal", "white", "rose")), depth)
        st.line([(x + tall * 0.08, y - tall * 0.55), (x + tall * 0.08, y - tall * 1.2)], tall * 0.02, dark)
        st.dome((x + tall * 0.08, y - tall * 1.06), (tall * 0.38, tall * 0.28), color)


def lantern(st: Stage, where: Point, size: float) -> None:
    """Hang a small lamp in someone's hand after dark."""
    st.glow(where, size * 5, st.palette.lamp, 0.7)
    st.disc(where, size * 0.42, st.palette.lamp)


def caping(st: Stage, where: Point, reach: float) -> None:
    """Draw a farmer's conical hat."""
    (x, y), color = where, st.palette.paint("straw")
    st.shape((x, y), reach, [(-1, 0.12), (0, -0.62), (1, 0.12)], color)
    st.shape((x, y), reach, [(0.1, 0.12), (0, -0.62), (1, 0.12)], mix(color, st.palette.paint("soil"), 0.35))


def stooped(st: Stage, feet: Point, tall: float) -> None:
    """Draw a field hand bent over the rice."""
    rng, palette, (x, y) = st.rng, st.palette, feet
    side = rng.choice((-1, 1))
    dark = palette.clad("ink", 0.0, 0.5)
    cloth = mix(palette.paint(rng.choice(CLOTHES)), dark, 0.25)
    st.shape((x, y), tall, [(-0.08, 0), (0.04, 0), (0.07, -0.5), (-0.07, -0.5)], dark)
    back = [(x - side * tall * 0.09, y - tall * 0.42), (x - side * tall * 0.03, y - tall * 0.6)]
    st.polygon([*back, (x + side * tall * 0.36, y - tall * 0.6), (x + side * tall * 0.36, y - tall * 0.44)], cloth)
    st.line([(x + side * tall * 0.32, y - tall * 0.5), (x + side * tall * 0.4, y - tall * 0.12)], tall * 0.05, cloth)
    st.disc((x + side * tall * 0.44, y - tall * 0.54), tall * 0.07, dark)
    caping(st, (x + side * tall * 0.46, y - tall * 0.57), tall * 0.19)
    if palette.night and rng.random() < 0.5:
        lantern(st, (x - side * tall * 0.3, y - tall * 0.1), tall * 0.13)


def walkers(st: Stage, level: float, count: int, tall: float, *, hats: float = 0.0, umbrellas: float = 0.0) -> None:
    """Scatter people over a strip of ground, the nearest last."""
    rng = st.rng
    spots = sorted(
        (rng.uniform(level - tall * 0.35, level + tall * 0.35), rng.uniform(0.03, 0.97)) for _ in range(count)
    )
    for y, place in spots:
        size = tall * (1 + 0.6 * (y - level) / tall) * rng.uniform(0.88, 1.08)
        person(st, (place * st.wide, y), size, hat=rng.random() < hats, umbrella=rng.random() < umbrellas)


def crowd(st: Stage, level: float, size: float, color: Color, *, arms: float = 0.0) -> None:
    """Fill the bottom of the picture with heads and shoulders, some with raised arms."""
    rng = st.rng
    x = -size
    while x < st.wide + size:
        y = level + rng.uniform(-0.28, 0.28) * size
        tone = mix(color, st.palette.layer(0.5), rng.uniform(0, 0.12))
        st.oval((x, y), (size * 0.2, size * 0.25), tone)
        st.dome((x, y + size * 0.9), (size * 0.46, size * 0.62), tone)
        if rng.random() < arms:
            side = rng.choice((-1, 1))
            elbow = (x + side * size * 0.55, y + size * 0.1)
            hand = (x + side * size * rng.uniform(0.3, 0.6), y - size * rng.uniform(0.5, 0.8))
            st.line([(x + side * size * 0.35, y + size * 0.6), elbow, hand], size * 0.13, tone)
            st.disc(hand, size * 0.09, tone)
        x += size * rng.uniform(0.5, 0.85)
    st.rect((0, level + size * 0.62, st.wide, 1000 - level), color)
