"""Reads the fields of one JSON object under any spelling, and remembers which were read."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

_MOST_LOST: Final = 200
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_KINDS: Final = {
    type(None): "nothing",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
}


class UnusableError(ValueError):
    """The item cannot be filed; the message says which field, what it holds, and what is right."""


def kind(value: object) -> str:
    """Name the kind of a JSON value in a newsroom's words."""
    return _KINDS.get(type(value), "an object")


@lru_cache(maxsize=2000)
def spelled(name: str) -> str:
    """Bring the spellings of a name to one: `first_created`, `first-created` and `firstCreated` are `firstcreated`."""
    return re.sub(r"[\W_]+", "", name).lower()


def clean(words: str) -> str:
    """Return text without control characters and halves of characters, which no database takes."""
    return words if words.isprintable() else _UNPRINTABLE.sub("", words)


def line(words: str) -> str:
    """Return text as one clean line."""
    return " ".join(clean(words).split())


def short(words: str, most: int = 80) -> str:
    """Return a line that fits into a message."""
    whole = line(words)
    return whole if len(whole) <= most else f"{whole[: most - 3]}..."


def says(value: object) -> bool:
    """Tell whether a JSON value carries anything."""
    if isinstance(value, str):
        return not (value.isspace() or value == "")
    return value is not None and value is not False and value not in ([], {})


class Lost:
    """What an item held that copy cannot carry, each once, in the order it was met."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}

    def add(self, words: str) -> None:
        """Note one loss."""
        if len(self._said) < _MOST_LOST:
            self._said[short(words, 300)] = None
        else:
            self._said["… and more"] = None

    def all(self) -> tuple[str, ...]:
        """Return all losses."""
        return tuple(self._said)


class Fields:
    """The fields of one JSON object; `at` is its place in the item (`associations.main`), `key` its own key there."""

    def __init__(self, data: Mapping[str, object], lost: Lost, at: str = "", key: str = "") -> None:
        self.lost = lost
        self.at = at
        self.key = key
        self._of: dict[str, list[str]] = {}
        self._data = data
        self._read: set[str] = set()
        for own in data:
            self._of.setdefault(spelled(str(own)), []).append(own)

    def label(self, own: str) -> str:
        """Return a field's own spelling with its place."""
        return f"{self.at}.{short(str(own))}" if self.at else short(str(own))

    def peek(self, *names: str) -> object:
        """Return the value of the first of these fields that says something, without reading it."""
        return next((self._data[own] for own in self._named(names)), None)

    def take(self, *names: str) -> tuple[str, object] | None:
        """Read the first of these fields that says something: its label and its value."""
        own = next(self._named(names), None)
        if own is None:
            return None
        self._read.add(own)
        return self.label(own), self._data[own]

    def pass_over(self, *names: str) -> None:
        """Count these fields as read."""
        self._read.update(self._named(names))

    def text(self, *names: str) -> str:
        """Read the first of these fields that holds text, as one line; note those that hold something else."""
        for own in self._named(names):
            self._read.add(own)
            value = self._data[own]
            if isinstance(value, str):
                return line(value)
            self.lost.add(f"{self.label(own)}: a text was expected, found {kind(value)}")
        return ""

    def objects(self, *names: str) -> tuple["Fields", ...]:
        """Read the first of these fields as objects: a list, one object, or one object per name; a text is a name."""
        took = self.take(*names)
        if took is None:
            return ()
        label, value = took
        if isinstance(value, Mapping):
            if all(part is None or isinstance(part, Mapping) for part in value.values()):
                return tuple(self._objects(label, value))
            return (Fields(value, self.lost, label),)
        parts = value if isinstance(value, list) else [value]
        return tuple(self._listed(label, parts, is_list=isinstance(value, list)))

    def texts(self, prefix: str, plural: str) -> Iterator[tuple[str, str, str]]:
        """Read all fields that begin with `prefix` and hold text: label, what follows the prefix, and the text."""
        for name, owns in self._of.items():
            if not name.startswith(prefix) or name == plural:
                continue
            for own in owns:
                value = self._data[own]
                if says(value) and own not in self._read:
                    self._read.add(own)
                    if isinstance(value, str):
                        yield self.label(own), name.removeprefix(prefix), clean(value)
                    else:
                        self.lost.add(f"{self.label(own)}: a text was expected, found {kind(value)}")

    def tell_rest(self, silent: frozenset[str]) -> None:
        """Note every field that says something, was not read and is not in `silent`."""
        for name, owns in self._of.items():
            for own in owns:
                if own not in self._read and name not in silent and says(self._data[own]):
                    self.lost.add(self.label(own))

    def _named(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            for own in self._of.get(name, ()):
                if says(self._data[own]):
                    yield own

    def _objects(self, label: str, value: Mapping[str, object]) -> Iterator["Fields"]:
        for key, part in value.items():
            if isinstance(part, Mapping):
                yield Fields(part, self.lost, f"{label}.{short(str(key))}", line(str(key)))

    def _listed(self, label: str, parts: list[object], *, is_list: bool) -> Iterator["Fields"]:
        for number, part in enumerate(parts):
            place = f"{label}[{number}]" if is_list else label
            if isinstance(part, Mapping):
                yield Fields(part, self.lost, place)
            elif isinstance(part, str):
                yield Fields({"name": part, "value": part}, self.lost, place)
            elif says(part):
                self.lost.add(f"{place}: an object was expected, found {kind(part)}")
