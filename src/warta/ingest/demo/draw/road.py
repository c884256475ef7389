"""The scene of a road that winds through hills."""

from __future__ import annotations

from warta.ingest.demo.draw import buildings, flora, land, sky
from warta.ingest.demo.draw.palette import hexed, mix
from warta.ingest.demo.draw.stage import Point, Stage


def jalan(st: Stage) -> None:
    """Paint a road that winds down out of the hills."""
    rng, palette = st.rng, st.palette
    horizon = rng.uniform(380, 500)
    sky.sky(st, horizon + 40)
    land.ranges(st, horizon + 40, rng.randint(2, 4), rise=rng.uniform(150, 280), near=0.5)
    land.mist(st, horizon + 20, 130)
    line = land.soft(st, horizon + 50, 40, 1.5)
    field = palette.clad(rng.choice(("paddy", "leaf", "straw", "sage")), 0.3, 0.6)
    land.ground(st, line, (field, mix(field, palette.layer(0.1), 0.55)))
    for index, curve in enumerate(land.contours(st, horizon + 70, 1000, 7, bend=26)[1:-1]):
        strip = [*curve, *((x, y + 10 + index * 9) for x, y in reversed(curve))]
        st.sheer([strip], palette.paint(rng.choice(("moss", "leaf", "straw"))), 0.4)
    middle = rng.uniform(0.3, 0.7) * st.wide
    left, right = land.winding(
        st, (middle, horizon + 34), (middle + rng.uniform(-260, 260), 1010), (3, rng.uniform(300, 460))
    )
    verge = [(x - (x2 - x) * 0.09, y) for (x, y), (x2, _) in zip(left, right, strict=True)]
    other = [(x2 + (x2 - x) * 0.09, y) for (x, y), (x2, _) in zip(left, right, strict=True)]
    st.polygon([*verge, *reversed(other)], palette.clad("sand", 0.1, 0.6))
    st.shade([*left, *reversed(right)], (palette.paint("road", 0.45), palette.paint("road", 0.0, 0.3)))
    for step in range(8, 60, 4):
        mid = [((left[n][0] + right[n][0]) / 2, left[n][1]) for n in (step, step + 1)]
        half = (right[step][0] - left[step][0]) * 0.014
        st.polygon(
            [
                (mid[0][0] - half, mid[0][1]),
                (mid[0][0] + half, mid[0][1]),
                (mid[1][0] + half, mid[1][1]),
                (mid[1][0] - half, mid[1][1]),
            ],
            palette.paint("white", 0.1),
        )
    _roadside(st, left, right)


def _roadside(st: Stage, left: list[Point], right: list[Point]) -> None:
    rng, palette = st.rng, st.palette
    kind = rng.choice(("palm", "tree", "pole", "pole" if palette.night else "palm"))
    for step in range(6, 58, rng.choice((4, 5, 6))):
        width = right[step][0] - left[step][0]
        tone = palette.layer(0.55 * (1 - step / 60) ** 0.7)
        for x in (left[step][0] - width * rng.uniform(0.3, 0.9), right[step][0] + width * rng.uniform(0.3, 0.9)):
            tall = 24 + width * 1.15
            if kind == "palm":
                flora.palm(st, (x, left[step][1]), tall * 1.2, tone, rng.uniform(-0.12, 0.12))
            elif kind == "tree":
                flora.tree(
                    st, (x, left[step][1]), tall, mix(tone, palette.paint("moss"), 0.3), rng.choice(("round", "slim"))
                )
            elif palette.lit > 0.2:
                buildings.lamp_post(st, (x, left[step][1]), tall, 0.1)
            else:
                st.rect((x - 1 - width * 0.01, left[step][1] - tall, 2 + width * 0.02, tall), tone)
                st.rect((x - tall * 0.12, left[step][1] - tall * 0.92, tall * 0.24, 2 + width * 0.01), tone)
    for step in sorted(rng.sample(range(16, 52), 3)):
        width = right[step][0] - left[step][0]
        x = left[step][0] + width * rng.choice((0.27, 0.73))
        _car_behind(st, (x, left[step][1]), width * 0.26)


def _car_behind(st: Stage, where: Point, width: float) -> None:
    (x, y), paint = where, st.palette.paint(st.rng.choice(("red", "white", "mustard", "teal")))
    if st.palette.lit > 0.2:
        st.glow((x, y - width * 0.8), width * 1.1, st.palette.lamp, 0.6)
    st.shape(
        (x, y),
        width,
        [(-0.4, -0.5), (-0.3, -0.82), (0.3, -0.82), (0.4, -0.5)],
        mix(paint, st.palette.ink, 0.5),
    )
    st.rect((x - width / 2, y - width * 0.52, width, width * 0.42), paint)
    st.rect((x - width * 0.42, y - width * 0.12, width * 0.84, width * 0.12), st.palette.ink)
    tail = hexed("e2452f") if st.palette.lit > 0.2 else st.palette.paint("red")
    for side in (-0.38, 0.38):
        st.disc((x + side * width, y - width * 0.36), width * 0.07, tail)
        if st.palette.lit > 0.2:
            st.glow((x + side * width, y - width * 0.36), width * 0.6, tail, 0.9)


SCENES = {"jalan": jalan}
