"""The words and patterns of articles that are invented by number: `many.toml` and its two languages, read once."""

import random
import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import msgspec

_T = TypeVar("_T")


class Rubric(msgspec.Struct, frozen=True):
    """Words and patterns of one rubric; its `topics` and the `heads` of others are told in Indonesian alone."""

    matters: tuple[str, ...]
    bodies: tuple[str, ...]
    officials: tuple[str, ...]
    folk: tuple[str, ...]
    things: tuple[str, ...]
    acts: tuple[str, ...]
    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    sentences: tuple[str, ...]
    topics: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


class Language(msgspec.Struct, frozen=True):
    """Words and patterns of one language; `small` words keep their small letter in a headline."""

    small: frozenset[str]
    months: tuple[str, ...]
    days: tuple[str, ...]
    money: tuple[str, ...]
    percent: str
    thousands: str
    table_head: tuple[str, ...]
    table_caption: str
    video_title: str
    role: str
    resident: str
    said: tuple[str, ...]
    see_also: tuple[str, ...]
    headings: tuple[str, ...]
    closings: tuple[str, ...]
    sentences: tuple[str, ...]
    quotes: tuple[str, ...]
    rubrics: dict[str, Rubric]


class Shared(msgspec.Struct, frozen=True):
    """What is the same in all languages: places by their zone, names, and how often what comes."""

    WIB: tuple[str, ...]
    WITA: tuple[str, ...]
    WIT: tuple[str, ...]
    village_starts: tuple[str, ...]
    village_ends: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    topic_tails: tuple[str, ...]
    hours: tuple[int, ...]
    weights: dict[str, int]
    editors: dict[str, str]


class Words(dict[str, str]):
    """The words of one article by the names that patterns call them; what is not fixed is drawn anew each time."""

    def __init__(self, language: Language, rubric: Rubric, chance: random.Random, fixed: dict[str, str]) -> None:
        super().__init__(fixed)
        self._language = language
        self._rubric = rubric
        self.chance = chance

    def __missing__(self, name: str) -> str:
        part = self.chance.random()
        match name:
            case "thing":
                return self._rubric.things[int(part * len(self._rubric.things))]
            case "act":
                return self._rubric.acts[int(part * len(self._rubric.acts))]
            case "few":
                return str(2 + int(part * 8))
            case "n":
                return str(3 + int(part * 45))
            case "many":
                return f"{120 + int(part * part * 9800):,}".replace(",", self._language.thousands)
            case "money":
                return pick(self.chance, self._language.money).format(2 + int(part * 90))
            case "percent":
                return self._language.percent.format(2 + int(part * 40))
        raise KeyError(name)

    def fill(self, pattern: str) -> str:
        """Return a pattern with its words, beginning with a capital letter."""
        filled = pattern.format_map(self)
        return filled[0].upper() + filled[1:]


def person(chance: random.Random) -> str:
    """Return the name of a person who does not exist."""
    return f"{pick(chance, shared().first_names)} {pick(chance, shared().last_names)}"


def pick(chance: random.Random, among: Sequence[_T]) -> _T:
    """Return one of several; several times as quick as `choice`."""
    return among[int(chance.random() * len(among))]


@cache
def language(lang: str) -> Language:
    """Return the words of `id` or `en`."""
    return msgspec.convert(_toml(f"many.{lang}.toml"), Language)


@cache
def shared() -> Shared:
    """Return what is the same in all languages."""
    return msgspec.convert(_toml("many.toml"), Shared)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


@cache
def places() -> tuple[tuple[str, str], ...]:
    """Return all places with the names of their zones."""
    zoned = (("WIB", shared().WIB), ("WITA", shared().WITA), ("WIT", shared().WIT))
    return tuple((place, zone) for zone, places in zoned for place in places)


@cache
def hours() -> tuple[int, ...]:
    """Return the hours of a day, each as often as it is busy."""
    return tuple(hour for hour, weight in enumerate(shared().hours) for _ in range(weight))


@cache
def rubrics() -> tuple[str, ...]:
    """Return the rubrics, each as often as it is filled."""
    return tuple(rubric for rubric, weight in shared().weights.items() for _ in range(weight))


@cache
def topics(rubric: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the topics of a rubric, those of the written stories and those made of two words, the frequent first."""
    told = language("id").rubrics[rubric]
    invented = [f"{head} {tail}" for head, tail in product(told.heads, shared().topic_tails)]
    random.Random(rubric).shuffle(invented)
    return told.topics, tuple(invented)
