"""Merges two texts that grew from one: by field, by block, and inside a block by paragraph. Pure: no I/O, no Django.

A text is `fields` (a name and a value) and `rows` (a name and values in order, each under a key of its own: the blocks
of a body by their ids). What only one side touched is taken from that side; what both touched differently is a
`Conflict` that a person settles. Nothing that either side wrote is dropped without being asked for.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Final, Literal

Side = Literal["same", "theirs", "mine", "both"]
Choice = Literal["theirs", "mine", "both"]
CHOICES: Final[tuple[Choice, ...]] = ("theirs", "mine", "both")
_PIECE: Final = re.compile(r".*?</(?:p|ul|ol|h[1-6])>|.+", re.DOTALL)


class Absent:
    """Stands for what a side does not have."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


class UnsettledError(ValueError):
    """A conflict was left without a choice."""


@dataclass(frozen=True, slots=True)
class Text:
    """One version: values of fields, and rows of keyed values in their order."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """What both sides can agree on, and whose doing it is; `ABSENT` where one has taken out what `was` there."""

    key: str
    value: Any
    side: Side
    was: Any = ABSENT


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed differently; `ABSENT` where a side has taken it out."""

    key: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome: pieces and conflicts by place."""

    fields: Mapping[str, Piece | Conflict]
    rows: Mapping[str, tuple[Piece | Conflict, ...]]

    def places(self) -> Iterator[tuple[str, Piece | Conflict]]:
        """Return every place: a field's name, or `name:key` of a row."""
        yield from self.fields.items()
        for name, entries in self.rows.items():
            yield from ((f"{name}:{entry.key}", entry) for entry in entries)

    @property
    def conflicts(self) -> dict[str, Conflict]:
        """Return what a person must settle, by place."""
        return {place: entry for place, entry in self.places() if isinstance(entry, Conflict)}

    def changed_by(self, side: Side) -> list[str]:
        """Return the places that one side alone changed."""
        return [place for place, entry in self.places() if isinstance(entry, Piece) and entry.side in {side, "both"}]


def merge(base: Text | None, theirs: Text, mine: Text) -> Merged:
    """Merge three ways; without a `base` every difference of a field is a conflict and rows are joined."""
    start = base or Text()
    fields = {
        name: _entry(name, start.fields.get(name, ABSENT), theirs.fields.get(name), mine.fields.get(name))
        for name in dict.fromkeys([*theirs.fields, *mine.fields])
    }
    rows = {
        name: _rows(start.rows.get(name, {}), theirs.rows.get(name, {}), mine.rows.get(name, {}))
        for name in dict.fromkeys([*theirs.rows, *mine.rows])
    }
    return Merged(fields, rows)


def settle(merged: Merged, choices: Mapping[str, Choice], *, new_key: Callable[[], str]) -> Text:
    """Return one text, each conflict as chosen; `both` keeps theirs and puts mine behind it, in rows alone.

    Raises: UnsettledError.
    """
    fields = {}
    for name, entry in merged.fields.items():
        kept = _kept(name, entry, choices)
        if len(kept) != 1:
            raise UnsettledError(name)  # a field holds one headline, one rubric, one instant
        fields[name] = kept[0]
    rows = {}
    for name, entries in merged.rows.items():
        row: dict[str, Any] = {}
        for entry in entries:
            for place, value in enumerate(_kept(f"{name}:{entry.key}", entry, choices)):
                row[new_key() if place else entry.key] = value
        rows[name] = row
    return Text(fields, rows)


def _kept(place: str, entry: Piece | Conflict, choices: Mapping[str, Choice]) -> list[Any]:
    if isinstance(entry, Piece):
        return [] if entry.value is ABSENT else [entry.value]
    wanted = {"theirs": [entry.theirs], "mine": [entry.mine], "both": [entry.theirs, entry.mine]}
    try:
        return [value for value in wanted[choices[place]] if value is not ABSENT]
    except KeyError as error:
        raise UnsettledError(place) from error


def _rows(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> tuple[Piece | Conflict, ...]:
    mine = _with_known_keys(base, mine)
    theirs = _with_known_keys(base, theirs)
    return tuple(
        _entry(key, base.get(key, ABSENT), theirs.get(key, ABSENT), mine.get(key, ABSENT))
        for key in _order(list(base), list(theirs), list(mine))
    )


def _with_known_keys(base: Mapping[str, Any], side: Mapping[str, Any]) -> dict[str, Any]:
    """Give a value that lost its key on the way (cut and pasted, sent anew) the key it had."""
    lost = [(key, value) for key, value in base.items() if key not in side]
    known: dict[str, Any] = {}
    for key, value in side.items():
        same = next((old for old in lost if old[1] == value), None) if key not in base else None
        if same:
            lost.remove(same)
        known[same[0] if same else key] = value
    return known


def _order(base: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """Return all keys in the order of the side that moved some, the other's additions after what they followed."""
    shared = {*theirs} & {*mine}
    as_was = [key for key in base if key in shared]
    they_kept_order = [key for key in theirs if key in shared and key in base] == as_was
    lead, follow = (mine, theirs) if they_kept_order else (theirs, mine)
    order, known, place = list(lead), {*lead}, 0
    followed = {*follow}
    for key in follow:
        if key in known:
            place = order.index(key) + 1
            continue
        if follow is mine:  # theirs was there first: mine goes behind what they added at the same place
            while place < len(order) and order[place] not in followed:
                place += 1
        order.insert(place, key)
        place += 1
    return order


def _entry(key: str, base: Any, theirs: Any, mine: Any) -> Piece | Conflict:
    if theirs == mine:
        return Piece(key, theirs, "same")
    if theirs == base:
        return Piece(key, mine, "mine", base if mine is ABSENT else ABSENT)
    if mine == base:
        return Piece(key, theirs, "theirs", base if theirs is ABSENT else ABSENT)
    inner = _inner(base, theirs, mine)
    return Conflict(key, base, theirs, mine) if inner is None else Piece(key, inner, "both")


def _inner(base: Any, theirs: Any, mine: Any) -> Any:
    """Merge inside one value (members of a struct, paragraphs of rich text); None when that cannot be."""
    if isinstance(base, dict) and isinstance(theirs, dict) and isinstance(mine, dict):
        if not base.keys() == theirs.keys() == mine.keys():
            return None
        parts = {name: _entry(name, base[name], theirs[name], mine[name]) for name in base}
        if any(isinstance(part, Conflict) for part in parts.values()):
            return None
        return {name: part.value for name, part in parts.items() if isinstance(part, Piece)}
    if isinstance(base, str) and isinstance(theirs, str) and isinstance(mine, str) and "</" in base:
        pieces = merge_runs(_PIECE.findall(base), _PIECE.findall(theirs), _PIECE.findall(mine))
        return None if pieces is None else "".join(pieces)
    return None


def merge_runs(base: list[str], theirs: list[str], mine: list[str]) -> list[str] | None:
    """Merge two changed sequences; None when both changed the same stretch or added at the same point differently."""
    changes = sorted({*_changes(base, theirs), *_changes(base, mine)})
    for (_, end, _), (start, other_end, _) in pairwise(changes):
        if start < end or (start == end == other_end):
            return None
    if any(a[0] == b[0] for a, b in pairwise(changes)):
        return None
    merged, at = [], 0
    for start, end, words in changes:
        merged += [*base[at:start], *words]
        at = end
    return merged + base[at:]


def _changes(base: list[str], side: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    codes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [(i1, i2, tuple(side[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]
