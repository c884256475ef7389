"""The one palette of the demo photographs, seen in four lights."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

Color = tuple[int, int, int]

LIGHTS = ("pagi", "siang", "senja", "malam")


def hexed(text: str) -> Color:
    """Read a six-digit hexadecimal colour."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(first: Color, second: Color, share: float) -> Color:
    """Move from the first colour towards the second by a share between 0 and 1."""
    keep = 1 - share
    return (
        round(first[0] * keep + second[0] * share),
        round(first[1] * keep + second[1] * share),
        round(first[2] * keep + second[2] * share),
    )


def along(stops: Sequence[Color], where: float) -> Color:
    """Pick the colour at a place between 0 and 1 on a ramp of evenly spaced stops."""
    place = min(max(where, 0.0), 1.0) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    return mix(stops[index], stops[index + 1], place - index)


def drifted(color: Color, hue: float, gain: float) -> Color:
    """Turn the hue of a colour a little and scale its saturation."""
    h, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color))
    red, green, blue = colorsys.hls_to_rgb((h + hue) % 1, lightness, min(1.0, saturation * gain))
    return round(red * 255), round(green * 255), round(blue * 255)


_PIGMENTS = {
    name: hexed(code)
    for name, code in {
        "leaf": "5f9450",
        "moss": "33705a",
        "paddy": "a3bf5c",
        "straw": "e3b956",
        "soil": "a9734b",
        "sand": "f0dcb0",
        "wall": "f4ead6",
        "stone": "d8c5a6",
        "roof": "bd5a3c",
        "brick": "93443a",
        "teal": "2f8f8c",
        "red": "c93f30",
        "mustard": "e2a63b",
        "navy": "2b4a6c",
        "white": "fcf8ee",
        "steel": "93a7ab",
        "road": "6a7073",
        "skin": "8a573d",
        "ink": "27303a",
        "rose": "df9186",
        "water": "3d98a2",
        "sage": "b9c79c",
        "sky": "8fc3c9",
        "panel": "27496f",
    }.items()
}

# Each variant: four stops of sky from zenith to horizon, three of land from far to near, then the orb.
_VARIANTS = {
    "pagi": (
        ("a9bccb d9c7cc f4cfbf fdeaca", "e6c6bd 94979f 35505a", "fff3d6"),
        ("8fb0bf c6cfca f6d9b5 fff0cd", "e9cfb4 8fa195 2f5450", "fff6dc"),
        ("b5a9c4 e2bcc6 f7c6b4 fce3c4", "e3b9b6 95839b 443e5c", "fff0d8"),
    ),
    "siang": (
        ("3d9cae 86c5ca c9e4dc f9f0d8", "c8e1da 62a2a5 1c5266", "fffbe8"),
        ("4c93b3 8dc0cb cbe3da f9efd9", "bfd9d6 5c98a0 1f4f61", "fffaea"),
        ("59a9b8 a0d2d0 dceada fcf1d2", "d0e2d0 6ba39c 20585f", "fffbe2"),
    ),
    "senja": (
        ("43264f 9a3b59 e86f3f ffc267", "ec9257 8d3c55 2b1636", "ffe9ae"),
        ("5a2a4c b8434a f08b3d ffd382", "f2a35c 9c4549 351730", "fff0bd"),
        ("3a2a5c 8a4478 e07d70 fdbe85", "e49a80 7f4370 271a44", "ffe2b8"),
    ),
    "malam": (
        ("0d1333 1d2a5c 36498a 6b7db0", "5267a0 27376f 0b1130", "fbf1d2"),
        ("0b1a33 17375c 2c5a80 6592a4", "477a92 1d4463 08172c", "fdf4d8"),
        ("17123a 30265f 53418a 9077a8", "70609f 382c66 120e2e", "fcecd0"),
    ),
}
# How a light falls on pigments: per-channel gain, ambient colour and the share of it.
_FALL = {
    "pagi": ((0.99, 0.94, 0.91), "e6b7ad", 0.20),
    "siang": ((1.0, 1.0, 0.98), "f8f0d8", 0.05),
    "senja": ((0.98, 0.70, 0.60), "7a3654", 0.26),
    "malam": ((0.43, 0.50, 0.72), "1f2a5e", 0.30),
}
_GAIN = {"pagi": (0.85, 1.08), "siang": (0.95, 1.15), "senja": (0.74, 0.96), "malam": (0.85, 1.05)}
_BLOOM = {"pagi": 0.18, "siang": 0.07, "senja": 0.2, "malam": 0.15}
_LIT_SHARE = {"pagi": 0.12, "siang": 0.0, "senja": 0.42, "malam": 0.55}


@dataclass(frozen=True)
class Palette:
    """Hold the colours of one picture."""

    light: str
    sky: tuple[Color, ...]
    land: tuple[Color, ...]
    orb: Color
    pigments: dict[str, Color]
    lamp: Color
    lit: float

    @property
    def night(self) -> bool:
        """Tell whether the moon is out."""
        return self.light == "malam"

    @property
    def bloom(self) -> float:
        """Return how strongly the sun or the moon veils what surrounds it."""
        return _BLOOM[self.light]

    @property
    def haze(self) -> Color:
        """Return the colour in which distance dissolves."""
        return mix(self.sky[-1], self.land[0], 0.55)

    @property
    def ink(self) -> Color:
        """Return the deepest silhouette colour."""
        return self.land[-1]

    def sky_at(self, where: float) -> Color:
        """Return the sky's colour between zenith (0) and horizon (1)."""
        return along(self.sky, where)

    def layer(self, depth: float) -> Color:
        """Return the silhouette colour of land from near (0) to far (1)."""
        return along(self.land, 1 - depth)

    def paint(self, name: str, depth: float = 0.0, shade: float = 0.0) -> Color:
        """Return a pigment in this light, hazed by depth and darkened by shade."""
        return mix(mix(self.pigments[name], self.ink, shade), self.haze, depth)

    def clad(self, name: str, depth: float, share: float = 0.5) -> Color:
        """Return a land layer's colour with a share of a pigment in it."""
        return mix(self.layer(depth), self.paint(name, depth * 0.7), share)

    def overcast(self) -> Palette:
        """Return this palette under rain clouds."""
        grey = {"pagi": "a9abb0", "siang": "9fb3b4", "senja": "7a5566", "malam": "232b4c"}[self.light]
        veil = hexed(grey)
        sky = tuple(mix(color, veil, 0.72 - 0.14 * index) for index, color in enumerate(self.sky))
        land = (mix(self.land[0], veil, 0.5), mix(self.land[1], veil, 0.25), self.land[2])
        pigments = {name: mix(color, veil, 0.16) for name, color in self.pigments.items()}
        orb = mix(self.orb, veil, 0.62)
        return Palette(self.light, sky, land, orb, pigments, self.lamp, max(self.lit, 0.3))


def choose(light: str, rng: Random) -> Palette:
    """Choose a variant of a light and drift its hues."""
    sky, land, orb = rng.choice(_VARIANTS[light])
    hue, gain = rng.uniform(-0.016, 0.016), rng.uniform(*_GAIN[light])
    gains, ambient, share = _FALL[light]

    def ramp(codes: str) -> tuple[Color, ...]:
        return tuple(drifted(hexed(code), hue, gain) for code in codes.split())

    pigments = {}
    for name, color in _PIGMENTS.items():
        red, green, blue = (round(part * level) for part, level in zip(color, gains, strict=True))
        pigments[name] = drifted(mix((red, green, blue), hexed(ambient), share), hue, gain)
    lamp = hexed("ffd98a") if light == "malam" else hexed("ffe2a0")
    return Palette(light, ramp(sky), ramp(land), hexed(orb), pigments, lamp, _LIT_SHARE[light])
