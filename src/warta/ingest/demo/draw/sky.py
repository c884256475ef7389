"""Skies: gradients, sun and moon, clouds, stars and birds."""

from __future__ import annotations

import math

from warta.ingest.demo.draw.palette import Color, mix
from warta.ingest.demo.draw.stage import Point, Stage


def sky(st: Stage, horizon: float, *, orb: bool = True, clouds: bool = True) -> None:
    """Paint the whole sky down to the horizon."""
    st.wash(0, horizon, st.palette.sky)
    if horizon < 1000:
        st.wash(horizon, 1000, (st.palette.sky[-1], st.palette.haze))
    if st.palette.night:
        stars(st, horizon)
    if orb:
        sun(st, horizon)
    if clouds:
        _clouds(st, horizon)


def stars(st: Stage, horizon: float, count: int = 0) -> None:
    """Scatter small stars, fewer towards the horizon."""
    rng = st.rng
    for _ in range(count or rng.randint(60, 150)):
        x, y = rng.uniform(0, st.wide), horizon * 0.9 * rng.random() ** 1.5
        color = mix(st.palette.sky_at(y / horizon), st.palette.orb, rng.uniform(0.3, 0.95))
        st.disc((x, y), rng.choice((0.9, 1.1, 1.4, 2.0)), color)


def sun(st: Stage, horizon: float) -> None:
    """Place the sun or the moon with its glow, sometimes with poster rings or rays."""
    rng, palette = st.rng, st.palette
    low = palette.light in ("pagi", "senja")
    x = st.wide * rng.choice((rng.uniform(0.12, 0.4), rng.uniform(0.55, 0.88)))
    y = horizon * (rng.uniform(0.55, 0.92) if low else rng.uniform(0.16, 0.5))
    radius = rng.uniform(42, 92) if low else rng.uniform(28, 52)
    st.sun = (x, y)
    glow = mix(palette.orb, palette.sky[-1], 0.3)
    st.glow((x, y), radius * (6.5 if low else 5), glow, 0.6 if low else 0.45)
    style = rng.choice(("plain", "rings", "rays", "plain"))
    if style == "rings":
        for factor in (2.7, 1.9, 1.4):
            circle = [_around((x, y), radius * factor, turn / 48) for turn in range(48)]
            st.sheer([circle], glow, 0.16)
    elif style == "rays" and low:
        _rays(st, (x, y), glow)
    if palette.night and rng.random() < 0.5:
        crescent(st, (x, y), radius, palette.orb)
    else:
        st.disc((x, y), radius, palette.orb)


def crescent(st: Stage, center: Point, radius: float, color: Color) -> None:
    """Draw a young moon, tilted as it hangs near the equator."""
    tilt, hollow = st.rng.uniform(0.0, 0.2), st.rng.uniform(0.35, 0.7)
    outer = [_around(center, radius, tilt + turn / 48) for turn in range(25)]
    inner = []
    for turn in range(25):
        angle, lean = math.pi * turn / 24, tilt * math.tau
        across, down = radius * math.cos(angle), radius * hollow * math.sin(angle)
        inner.append(
            (
                center[0] + across * math.cos(lean) - down * math.sin(lean),
                center[1] + across * math.sin(lean) + down * math.cos(lean),
            )
        )
    st.polygon([*outer, *reversed(inner)], color)


def _around(center: Point, radius: float, turn: float) -> Point:
    angle = turn * math.tau
    return center[0] + radius * math.cos(angle), center[1] + radius * math.sin(angle)


def _rays(st: Stage, center: Point, color: Color) -> None:
    count, start = st.rng.randint(9, 14), st.rng.random()
    for reach, opacity in ((1900.0, 0.09), (520.0, 0.07)):
        shapes = []
        for index in range(count):
            turn = start + index / count
            shapes.append([center, _around(center, reach, turn), _around(center, reach, turn + 0.42 / count)])
        st.sheer(shapes, color, opacity)


def _clouds(st: Stage, horizon: float) -> None:
    style = st.rng.choice(("bands", "heaps", "heaps", "mixed", "clear"))
    if style in ("bands", "mixed"):
        for _ in range(st.rng.randint(3, 7)):
            band_cloud(st, horizon, st.rng.uniform(0.12, 0.85))
    if style in ("heaps", "mixed"):
        for _ in range(st.rng.randint(2, 4)):
            heap_cloud(st, horizon, st.rng.uniform(0.3, 0.92))


def band_cloud(st: Stage, horizon: float, where: float) -> None:
    """Draw a long flat cloud made of two or three offset lozenges."""
    rng, palette = st.rng, st.palette
    color = mix(palette.sky_at(where), palette.orb, 0.16 if palette.night else 0.42)
    x, y, length = rng.uniform(0, st.wide), where * horizon, rng.uniform(120, 380)
    if _hides_moon(st, (x, y), length * 0.9):
        return
    for step in range(rng.randint(2, 4)):
        reach, thick = length * rng.uniform(0.5, 1), rng.uniform(4, 10)
        cx, cy = x + rng.uniform(-0.4, 0.4) * length, y + step * thick * 1.2
        st.rect((cx - reach / 2, cy, reach, thick), color)
        for side in (-1, 1):
            st.disc((cx + side * reach / 2, cy + thick / 2), thick / 2, color)


def _hides_moon(st: Stage, where: Point, reach: float) -> bool:
    gap_x, gap_y = abs(where[0] - st.sun[0]), where[1] - st.sun[1]
    return st.palette.night and gap_x < reach + 60 and -90 < gap_y < 150


def heap_cloud(st: Stage, horizon: float, where: float) -> None:
    """Draw a flat-bottomed heap of half discs, its lower part melting into the haze."""
    rng, palette = st.rng, st.palette
    base = palette.sky_at(where)
    color = mix(base, palette.orb, 0.12 if palette.night else 0.55)
    x, y, size = rng.uniform(0, st.wide), where * horizon, rng.uniform(0.35, 1.15) * (0.5 + where * 0.6)
    if _hides_moon(st, (x, y), 300 * size):
        return
    count = rng.randint(4, 7)
    left = right = x
    for index in range(count):
        middle = 1 - abs(index - (count - 1) / 2) / (count / 2)
        radius = (18 + 62 * middle * rng.uniform(0.6, 1)) * size
        center = x + (index - count / 2) * 52 * size
        left, right = min(left, center - radius), max(right, center + radius)
        st.dome((center, y), (radius * 1.15, radius), color)
    for step in range(2):
        inset = (right - left) * (0.1 + 0.22 * step) * rng.uniform(0.7, 1.2)
        st.rect(
            (left + inset, y - 1 + step * 7 * size, right - left - 2.2 * inset, 7 * size),
            mix(color, base, 0.35 + 0.3 * step),
        )


def birds(st: Stage, count: int = 0) -> None:
    """Send a loose flock across the upper sky."""
    rng = st.rng
    x, y = rng.uniform(0.15, 0.8) * st.wide, rng.uniform(110, 330)
    color = mix(st.palette.layer(0.25), st.palette.sky_at(0.5), 0.15)
    for index in range(count or rng.randint(3, 9)):
        size = rng.uniform(6, 12)
        bird(st, (x + index * rng.uniform(18, 36), y + rng.uniform(-42, 42)), size, color)


def bird(st: Stage, where: Point, size: float, color: Color) -> None:
    """Draw one bird as a thin pair of wings."""
    (x, y), tilt = where, st.rng.uniform(-0.25, 0.25) * size
    for side in (-1, 1):
        tip = (x + side * size * 1.5, y - size * 0.35 + side * tilt)
        knee = (x + side * size * 0.7, y - size * 0.62 + side * tilt * 0.5)
        under = (x + side * size * 0.65, y - size * 0.4 + side * tilt * 0.5)
        st.polygon([(x, y), knee, tip, under, (x, y + size * 0.16)], color)
