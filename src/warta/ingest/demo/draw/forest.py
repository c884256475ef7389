"""The rain forest scene, seen from within and from above."""

from __future__ import annotations

from warta.ingest.demo.draw import flora, land, people, sky
from warta.ingest.demo.draw.palette import mix
from warta.ingest.demo.draw.stage import Stage


def hutan(st: Stage) -> None:
    """Paint a rain forest, from within or from above its canopy."""
    (_canopy if st.rng.random() < 0.4 else _within)(st)


def _canopy(st: Stage) -> None:
    """Look over ridge after ridge of tree tops in the mist."""
    rng, palette = st.rng, st.palette
    horizon = rng.uniform(300, 430)
    sky.sky(st, horizon + 60)
    land.ranges(st, horizon + 50, rng.randint(1, 3), rise=rng.uniform(120, 240), near=0.7)
    rows = rng.randint(6, 9)
    for index in range(rows):
        share = index / (rows - 1)
        line = land.soft(st, horizon + 90 + 560 * share, 140, rng.uniform(0.8, 2.4))
        tone = palette.clad(rng.choice(("moss", "leaf", "moss")), 0.72 * (1 - share), 0.55)
        for _ in range(rng.randint(2, 6)):
            x = rng.uniform(0, st.wide)
            flora.tree(
                st, (x, land.height_at(line, x) + 20), 60 + 120 * share, tone, rng.choice(("umbrella", "slim", "round"))
            )
        flora.bush_line(st, line, 9 + 24 * share, tone)
        flora.bush_line(
            st,
            [(x, y + 26 + 30 * share) for x, y in line],
            8 + 22 * share,
            mix(tone, palette.layer(0.6 * (1 - share)), 0.3),
        )
        land.ground(
            st,
            [(x, y + 60 + 60 * share) for x, y in line],
            (mix(tone, palette.layer(0.6 * (1 - share)), 0.3), palette.haze),
        )
        if index < rows - 1:
            land.mist(st, horizon + 150 + 560 * share, 130, 0.5 - 0.25 * share)
    sky.birds(st, rng.randint(4, 9))


def _within(st: Stage) -> None:
    """Stand among receding columns of trunks."""
    rng, palette = st.rng, st.palette
    st.wash(0, 1000, (palette.layer(0.72), palette.haze, mix(palette.haze, palette.orb, 0.3), palette.layer(0.6)))
    st.sun = (rng.uniform(0.3, 0.7) * st.wide, rng.uniform(240, 420))
    st.glow(st.sun, 620, palette.orb, 0.75)
    if rng.random() < 0.6:
        st.disc(st.sun, rng.uniform(36, 64), palette.orb)
    for index in range(5):
        depth = 0.82 - 0.2 * index
        _trunks(st, depth, rng.randint(7, 12) - index)
        if index == 2:
            _shafts(st)
            sky.birds(st, rng.randint(2, 5))
    path = palette.clad("water" if rng.random() < 0.5 else "sand", 0.2, 0.8)
    centre = rng.uniform(0.35, 0.65) * st.wide
    land.dirt_way(st, (centre, 770), (centre + rng.uniform(-150, 150), 1010), (12, rng.uniform(160, 300)), path)
    if rng.random() < 0.6:
        people.person(st, (centre, 850), 70)
    for side in (0.0, 1.0):
        for _ in range(3):
            foot = (st.wide * side + rng.uniform(-60, 60), rng.uniform(930, 1010))
            flora.leaf_fan(
                st, foot, rng.uniform(210, 380), mix(palette.ink, palette.paint("moss"), rng.uniform(0.1, 0.35))
            )
    flora.grass(st, 1000, 90, palette.ink, 70)


def _trunks(st: Stage, depth: float, count: int) -> None:
    rng, palette = st.rng, st.palette
    tone = palette.clad("moss", max(depth, 0.0), 0.35)
    level = 960 - depth * 260
    line = land.soft(st, level + 30, 50, 2)
    for index in range(count):
        x = (index + rng.uniform(0.0, 1.0)) / count * st.wide
        if depth < 0.3 and abs(x - st.wide / 2) < st.wide * 0.24:
            continue
        half = (1 - depth) * rng.uniform(9, 26) + 3
        flare = half * rng.uniform(1.6, 2.6)
        lean = rng.uniform(-20, 20)
        st.polygon(
            [
                (x - flare, level + 40),
                (x - half, level - 90),
                (x - half * 0.75 + lean, -10),
                (x + half * 0.75 + lean, -10),
                (x + half, level - 90),
                (x + flare, level + 40),
            ],
            tone,
        )
    roof = rng.uniform(60, 130) + 60 * depth
    for index in range(26):
        x = index / 25 * st.wide
        edge = abs(x / st.wide - 0.5) * 150 * (1 - depth)
        st.oval((x, rng.uniform(-30, 30)), (rng.uniform(50, 90), roof * rng.uniform(0.55, 1) + edge), tone)
    for _ in range(rng.randint(2, 5)):
        x = rng.uniform(0, st.wide)
        flora.palm(st, (x, level + 20), rng.uniform(90, 200) * (1.25 - depth), tone, rng.uniform(-0.15, 0.15))
    flora.bush_line(st, line, 20 + 26 * (1 - depth), tone)
    land.ground(st, line, (tone, mix(tone, palette.haze, 0.5 * depth)))


def _shafts(st: Stage) -> None:
    shapes = []
    for _ in range(6):
        x = st.sun[0] + st.rng.uniform(-420, 420)
        reach = (x - st.sun[0]) * 1.3
        width = st.rng.uniform(20, 60)
        shapes.append([(x, -10), (x + width, -10), (x + reach + width * 2.4, 830), (x + reach, 830)])
    st.sheer(shapes, st.palette.orb, 0.13)


SCENES = {"hutan": hutan}
