"""The demo newspaper's photographs, drawn as flat landscapes of the Indonesian islands."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from warta.ingest.demo.draw import (
    arena,
    civic,
    coast,
    fields,
    forest,
    hills,
    indoors,
    road,
    space,
    town,
    transit,
    works,
)
from warta.ingest.demo.draw.palette import LIGHTS, choose
from warta.ingest.demo.draw.stage import Stage

__all__ = ["LIGHTS", "SCENES", "draw"]

_MODULES = (arena, civic, coast, fields, forest, hills, indoors, road, space, town, transit, works)
_PAINTERS: dict[str, Callable[[Stage], None]] = {
    name: paint for part in _MODULES for name, paint in part.SCENES.items()
}
SCENES: tuple[str, ...] = tuple(sorted(_PAINTERS))


def draw(scene: str, light: str, seed: int, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """Draw one picture; the same arguments always give the same pixels."""
    if scene not in _PAINTERS:
        raise ValueError(f"unknown scene {scene!r}; choose one of {', '.join(SCENES)}")
    if light not in LIGHTS:
        raise ValueError(f"unknown light {light!r}; choose one of {', '.join(LIGHTS)}")
    rng = Random(f"{scene}/{light}/{seed}")
    stage = Stage(size, choose(light, rng), rng)
    flipped = rng.random() < 0.5
    _PAINTERS[scene](stage)
    stage.bloom()
    return stage.finish(flipped=flipped)
