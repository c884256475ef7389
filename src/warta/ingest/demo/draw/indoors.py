"""The interior scene: a laboratory bench against a great window."""

from __future__ import annotations

from warta.ingest.demo.draw import flora, land, people, sky
from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import Point, Stage
from warta.ingest.demo.draw.town import skyline


def laboratorium(st: Stage) -> None:
    """Paint glassware and a microscope before a view of hills or towers."""
    rng, palette = st.rng, st.palette
    bench = rng.uniform(730, 800)
    sky.sky(st, bench)
    land.ranges(st, bench - 60, rng.randint(2, 4), rise=rng.uniform(180, 320), near=0.55)
    if rng.random() < 0.5:
        skyline(st, bench, depth=0.7, tall=rng.uniform(180, 320))
    line = land.soft(st, bench - 70, 40, 3)
    tone = palette.clad("moss", 0.45, 0.4)
    flora.bush_line(st, line, 22, tone)
    land.ground(st, line, (tone, tone), bench)
    flora.grove(st, line, rng.randint(2, 6), 170, tone)
    _frame(st, bench)
    wood = mix(palette.ink, palette.paint("soil"), 0.22)
    if rng.random() < 0.7:
        _scholar(st, (st.wide * rng.uniform(0.2, 0.8), bench), rng.uniform(380, 450))
    x = st.wide * rng.uniform(0.02, 0.08)
    placed = 0
    hero = rng.randint(1, 3)
    while x < st.wide * 0.95:
        size = rng.uniform(100, 190)
        piece = microscope if placed == hero else rng.choice((flask, beaker, rack, bottle, flask))
        piece(st, (x + size * 0.5, bench + 6), size * (1.9 if piece is microscope else 1))
        x += size * rng.uniform(1.0, 1.5) + (90 if piece is microscope else 0)
        placed += 1
    st.wash(bench, 1000, (mix(wood, palette.haze, 0.32), wood, palette.ink))
    st.rect((0, bench, st.wide, 9), mix(wood, palette.sky[-1], 0.5))


def _frame(st: Stage, bench: float) -> None:
    """Set the window's bars, the wall and a hanging lamp."""
    rng, palette = st.rng, st.palette
    wall = mix(palette.ink, palette.layer(0.4), 0.35)
    margin, head = rng.uniform(50, 130), rng.uniform(40, 100)
    st.rect((0, 0, st.wide, head), wall)
    for left in (0, st.wide - margin):
        st.rect((left, 0, margin, bench), wall)
    count = rng.randint(3, 5)
    for index in range(1, count):
        st.rect((margin + (st.wide - 2 * margin) * index / count - 7, head, 14, bench - head), wall)
    st.rect((margin, head + (bench - head) * rng.uniform(0.2, 0.36), st.wide - 2 * margin, 10), wall)
    for _ in range(rng.randint(1, 3)):
        x, drop = rng.uniform(0.15, 0.85) * st.wide, rng.uniform(120, 250)
        st.rect((x - 2, 0, 4, drop), palette.ink)
        if palette.lit > 0.1:
            st.glow((x, drop + 46), 330, palette.lamp, 0.6)
        st.dome((x, drop + 50), (64, 56), mix(palette.paint(rng.choice(("red", "teal", "mustard"))), palette.ink, 0.25))
        st.oval((x, drop + 50), (22, 10), palette.lamp)


def _scholar(st: Stage, where: Point, tall: float) -> None:
    """Stand a researcher in a white coat behind the bench."""
    people.person(st, (where[0], where[1] + tall * 0.42), tall * 1.1)
    (x, y), coat = where, mix(st.palette.paint("white"), st.palette.layer(0.2), 0.18)
    shoulder = y + tall * 0.42 - tall * 0.9
    st.polygon(
        [
            (x - tall * 0.14, shoulder + tall * 0.05),
            (x - tall * 0.05, shoulder),
            (x + tall * 0.05, shoulder),
            (x + tall * 0.14, shoulder + tall * 0.05),
            (x + tall * 0.18, y),
            (x - tall * 0.18, y),
        ],
        coat,
    )
    st.polygon(
        [(x - tall * 0.03, shoulder), (x + tall * 0.03, shoulder), (x, shoulder + tall * 0.14)],
        st.palette.paint("teal"),
    )
    hand = (x + tall * 0.3, y - tall * 0.14)
    st.line([(x + tall * 0.12, shoulder + tall * 0.07), (x + tall * 0.21, y - tall * 0.12), hand], tall * 0.07, coat)
    st.disc((x, shoulder - tall * 0.12), tall * 0.075, mix(st.palette.ink, st.palette.paint("soil"), 0.15))


def _liquid(st: Stage) -> Color:
    color = st.palette.paint(st.rng.choice(("red", "teal", "mustard", "paddy", "rose", "water")))
    return mix(color, st.palette.lamp, 0.12)


def _glass(st: Stage, shape: list[Point]) -> None:
    st.sheer([shape], st.palette.paint("white"), 0.42)


def flask(st: Stage, foot: Point, size: float) -> None:
    """Draw a conical flask, part filled."""
    x, y = foot
    _glass(
        st,
        [
            (x - size * 0.4, y),
            (x - size * 0.11, y - size * 0.7),
            (x - size * 0.11, y - size),
            (x + size * 0.11, y - size),
            (x + size * 0.11, y - size * 0.7),
            (x + size * 0.4, y),
        ],
    )
    level = st.rng.uniform(0.25, 0.55)
    half = 0.4 - 0.29 * level / 0.7
    st.polygon(
        [
            (x - size * 0.36, y - 4),
            (x - size * (half - 0.03), y - size * level),
            (x + size * (half - 0.03), y - size * level),
            (x + size * 0.36, y - 4),
        ],
        _liquid(st),
    )
    st.rect((x - size * 0.15, y - size * 1.02, size * 0.3, size * 0.05), st.palette.paint("white", 0.2))


def beaker(st: Stage, foot: Point, size: float) -> None:
    """Draw a beaker with a stirring rod."""
    x, y = foot
    st.line([(x, y - size * 0.2), (x + size * 0.3, y - size * 1.1)], size * 0.03, st.palette.paint("white", 0.15))
    _glass(
        st,
        [(x - size * 0.3, y), (x - size * 0.3, y - size * 0.8), (x + size * 0.3, y - size * 0.8), (x + size * 0.3, y)],
    )
    tall = size * st.rng.uniform(0.3, 0.6)
    st.rect((x - size * 0.27, y - tall, size * 0.54, tall), _liquid(st))


def rack(st: Stage, foot: Point, size: float) -> None:
    """Draw a rack of test tubes."""
    x, y = foot
    wood = st.palette.clad("soil", 0.0, 0.5)
    for index in range(5):
        left = x - size * 0.5 + index * size * 0.22
        tall = size * st.rng.uniform(0.2, 0.5)
        _glass(
            st,
            [
                (left, y - size * 0.06),
                (left, y - size * 0.78),
                (left + size * 0.11, y - size * 0.78),
                (left + size * 0.11, y - size * 0.06),
            ],
        )
        st.rect((left + size * 0.01, y - size * 0.08 - tall, size * 0.09, tall), _liquid(st))
    for level in (0.56, 0.08):
        st.rect((x - size * 0.58, y - size * level, size * 1.15, size * 0.08), wood)
    for side in (-0.6, 0.54):
        st.rect((x + size * side, y - size * 0.62, size * 0.06, size * 0.62), wood)


def bottle(st: Stage, foot: Point, size: float) -> None:
    """Draw a stoppered bottle."""
    (x, y), color = foot, mix(_liquid(st), st.palette.ink, 0.35)
    st.rect((x - size * 0.22, y - size * 0.62, size * 0.44, size * 0.62), color)
    st.dome((x, y - size * 0.61), (size * 0.22, size * 0.16), color)
    st.rect((x - size * 0.07, y - size * 0.9, size * 0.14, size * 0.2), color)
    st.rect((x - size * 0.09, y - size * 0.94, size * 0.18, size * 0.08), st.palette.ink)
    st.rect((x - size * 0.22, y - size * 0.42, size * 0.44, size * 0.24), st.palette.paint("wall"))


def microscope(st: Stage, foot: Point, size: float) -> None:
    """Draw a microscope as one dark silhouette."""
    (x, y), dark = foot, mix(st.palette.ink, st.palette.layer(0.3), 0.15)
    pale = st.palette.paint("white", 0.1)
    st.shape((x, y), size, [(-0.34, 0), (0.3, 0), (0.26, -0.08), (-0.3, -0.08)], dark)
    arc = [(0.12, 0.05), (0.28, 0.2), (0.33, 0.42), (0.26, 0.66), (0.06, 0.82)]
    st.line([(x + size * px, y - size * py) for px, py in arc], size * 0.1, dark)
    st.rect((x - size * 0.3, y - size * 0.34, size * 0.52, size * 0.05), dark)
    st.shape((x, y), size, [(-0.16, -0.42), (-0.05, -0.46), (0.14, -0.9), (0.0, -0.95)], dark)
    st.shape((x, y), size, [(0.0, -0.95), (0.14, -0.9), (0.18, -1.0), (0.07, -1.05)], pale)
    st.shape((x, y), size, [(-0.14, -0.36), (-0.06, -0.36), (-0.04, -0.46), (-0.14, -0.44)], pale)
    st.disc((x + size * 0.28, y - size * 0.3), size * 0.06, pale)


SCENES = {"laboratorium": laboratorium}
