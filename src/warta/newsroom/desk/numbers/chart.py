"""Charts as plain geometry, which templates draw as SVG. Pure.

Across, everything is a share of the width, so that a chart fits any screen with its words unstretched; upwards, pixels.
Coordinates are text: a template would write a number with the comma of the reader's language.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 1000
"""How wide the lines are drawn, as `curve.html` says too; they are stretched to the width that there is."""
PLOT: Final = 180
"""How high the lines are drawn, in pixels."""
_HEAD: Final = 18
_LANE: Final = 22
_FOOT: Final = 24
_MOST_TICKS: Final = 6
_FLAG_APART: Final = 2.5
_TREND_HOURS: Final = 3
_TREND_FLOOR: Final = 10


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the chart at a height, and what is meant by it."""

    y: str
    text_y: str
    value: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the chart; `anchor` keeps it within."""

    at: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A numbered sign above the chart at a moment; `y` is the middle of its disc, so that neighbours stay apart."""

    at: str
    y: str
    text_y: str
    number: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A line over its area, perhaps another to compare with, levels behind, words below, flags above."""

    height: int
    top: int
    bottom: int
    line: str
    area: str
    running_y: str
    before: str
    levels: tuple[Level, ...]
    ticks: tuple[Tick, ...]
    flags: tuple[Flag, ...]
    tick_y: int
    plot: int = PLOT


@dataclass(frozen=True, slots=True)
class Bar:
    """One of some amounts, the largest as wide as there is room; `percent` is its share of them all."""

    label: str
    value: int
    width: str
    percent: int
    url: str = ""


def curve(
    values: Sequence[int],
    labels: Sequence[str],
    *,
    before: Sequence[int] = (),
    is_running: bool = False,
    flags: Sequence[float] = (),
) -> Curve:
    """Return the curve of some values in order, each with a label.

    When it `is_running`, its last value is unfinished: it is no part of the line, which would seem to fall, but a dot.
    `before` are values to compare with; a flag stands at a share (0 to 1) of the way, in the order of time.
    """
    most = max((*values, *before, 1))
    scale = levels(most)
    lanes = _lanes(flags)
    top = _HEAD + _LANE * (max(lanes) + 1 if lanes else 0)
    points = _points(values, scale[-1])
    whole = points[:-1] if is_running else points
    return Curve(
        height=top + PLOT + _FOOT,
        top=top,
        bottom=top + PLOT,
        line=_path(whole),
        area=f"{_path(whole)}L{whole[-1][0]} {PLOT}L{whole[0][0]} {PLOT}Z" if whole else "",
        running_y=number_text(top + float(points[-1][1])) if is_running and points else "",
        before=_path(_points(before, scale[-1])),
        levels=tuple(_level(value, scale[-1], top) for value in scale),
        ticks=ticks(labels),
        flags=tuple(
            Flag(
                number_text(share * 100),
                str(_LANE // 2 + lane * _LANE),
                str(_LANE // 2 + lane * _LANE + 4),
                place,
            )
            for place, (share, lane) in enumerate(zip(flags, lanes, strict=True), start=1)
        ),
        tick_y=top + PLOT + 17,
    )


def sparkline(values: Sequence[int]) -> str:
    """Return the path of a small curve, 100 wide and 24 high, from nothing to its own highest.

    The last value runs yet, and is left out.
    """
    values = values[:-1]
    if not values:
        return ""
    most, last = max(*values, 1), max(len(values) - 1, 1)
    spots = [(place / last * 100, 23 - value / most * 22) for place, value in enumerate(values)]
    return _path(
        [(number_text(x), number_text(y)) for x, y in (spots if len(spots) > 1 else [*spots, (100, spots[0][1])])]
    )


def bars(amounts: Sequence[tuple[str, int]] | Sequence[tuple[str, int, str]]) -> tuple[Bar, ...]:
    """Return amounts with their names, and perhaps where they lead, as bars in the given order."""
    most = max((amount[1] for amount in amounts), default=0)
    total = sum(amount[1] for amount in amounts)
    return tuple(
        Bar(
            label,
            value,
            number_text(value / most * 100 if most else 0),
            round(value / total * 100) if total else 0,
            *url,
        )
        for label, value, *url in amounts
    )


def levels(most: int) -> tuple[int, ...]:
    """Return two to six round numbers from 0 to at least `most`, equally far apart."""
    rough = max(most, 1) / 5
    size = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    return tuple(range(0, step * math.ceil(max(most, 1) / step) + 1, step))


def ticks(labels: Sequence[str]) -> tuple[Tick, ...]:
    """Return at most six of the labels, equally far apart, the first among them."""
    last = len(labels) - 1
    step = max(1, math.ceil(last / (_MOST_TICKS - 1)))
    return tuple(_tick(place / last if last else 0.0, labels[place]) for place in range(0, len(labels), step))


def trend(hours: Sequence[int]) -> int | None:
    """Return by how many percent the last three whole hours had more than the three before; the last of all runs yet.

    None when so few read that it would say nothing.
    """
    whole = hours[:-1]
    just, before = sum(whole[-_TREND_HOURS:]), sum(whole[-2 * _TREND_HOURS : -_TREND_HOURS])
    return change(just, before) if len(whole) >= 2 * _TREND_HOURS else None


def change(value: int, before: int) -> int | None:
    """Return by how many percent a value differs from the one before, None when that is too small to say."""
    return round((value - before) / before * 100) if before >= _TREND_FLOOR else None


def number_text(value: float) -> str:
    """Return a coordinate with at most two decimals, as SVG wants it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _points(values: Sequence[int], most: int) -> list[tuple[str, str]]:
    last = len(values) - 1
    if last == 0:  # one value is a level line
        values, last = [*values, *values], 1
    return [
        (number_text(place / last * WIDTH), number_text(PLOT - value / most * PLOT))
        for place, value in enumerate(values)
    ]


def _path(points: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{'L' if place else 'M'}{x} {y}" for place, (x, y) in enumerate(points))


def _level(value: int, most: int, top: int) -> Level:
    y = top + PLOT - value / most * PLOT
    return Level(number_text(y), number_text(y - 4), value)


def _tick(share: float, label: str) -> Tick:
    anchor = "start" if share < 0.04 else "end" if share > 0.96 else "middle"
    return Tick(number_text(share * 100), label, anchor)


def _lanes(shares: Sequence[float]) -> list[int]:
    """Return in which of up to three lanes each flag stands, so that it does not hide the one before."""
    taken: list[float] = []
    lanes = []
    for share in shares:
        free = [lane for lane, at in enumerate(taken) if share * 100 - at >= _FLAG_APART]
        if free:
            lane = free[0]
            taken[lane] = share * 100
        elif len(taken) < 3:
            lane = len(taken)
            taken.append(share * 100)
        else:
            lane = taken.index(min(taken))
            taken[lane] = share * 100
        lanes.append(lane)
    return lanes
