"""A front as it lies on an editor's screen: which article at which place, until when, not yet with readers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from warta.lexicon.fronts import SLOTS
from warta.newsroom.models import Arrangement, Pin
from warta.newsroom.models.article import possible_instant

_instant: Final = forms.DateTimeField(validators=[possible_instant])
_LONGEST_NUMBER: Final = 18


@dataclass(frozen=True, slots=True)
class Place:
    """One place: an article or none, and until when as it was typed, in the zone of the account."""

    slot: str
    article_id: int | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """All places of a front in their order; `after` is the number of the arrangement with which the editor began."""

    places: tuple[Place, ...]
    after: int

    @classmethod
    def of(cls, arrangement: Arrangement | None, now: datetime) -> Self:
        """Lay out what readers have; what is over is left out."""
        pins = {pin.slot: pin for pin in arrangement.pins if not pin.is_over(now)} if arrangement else {}
        places = tuple(
            Place(slot, pins[slot].article_id, _typed(pins[slot])) if slot in pins else Place(slot) for slot in SLOTS
        )
        return cls(places, arrangement.number if arrangement else 0)

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> Self:
        """Lay out what a form sent; what is no number is no article."""
        places = tuple(
            Place(slot, _number(sent.get(f"article-{slot}", "")), sent.get(f"until-{slot}", "")[:40]) for slot in SLOTS
        )
        return cls(places, _number(sent.get("after", "")) or 0)

    @property
    def article_ids(self) -> list[int]:
        """Return what lies on it."""
        return [place.article_id for place in self.places if place.article_id]

    def done(self, move: str) -> Self:
        """Return it after a move: `put:SLOT:ARTICLE`, `out:SLOT`, `up:SLOT`, `down:SLOT`, `swap:SLOT:SLOT`.

        An article that lies elsewhere changes places with what is there. `take:SLOT:ARTICLE:UNTIL` puts an article as
        another editor has it, and takes it away from elsewhere. Anything else moves nothing.
        """
        verb, _, rest = move.partition(":")
        slot, _, what = rest.partition(":")
        if slot not in SLOTS:
            return self
        at = SLOTS.index(slot)
        match verb:
            case "put" if number := _number(what):
                return self._put(at, number)
            case "take" if number := _number(what.partition(":")[0]):
                return self._take(Place(slot, number, what.partition(":")[2][:40]))
            case "out":
                return self._set(at, Place(slot))
            case "up" if at > 0:
                return self._swap(at, at - 1)
            case "down" if at < len(SLOTS) - 1:
                return self._swap(at, at + 1)
            case "swap" if what in SLOTS:
                return self._swap(at, SLOTS.index(what))
        return self

    def pins(self) -> tuple[list[Pin], dict[str, list[str]]]:
        """Return its pins, and by place what is wrong with the instants that were typed."""
        pins, wrong = [], {}
        for place in self.places:
            try:
                until = _instant.clean(place.until) if place.until.strip() and place.article_id else None
            except ValidationError as error:
                wrong[place.slot] = error.messages
                continue
            if place.article_id:
                pins.append(Pin(place.slot, place.article_id, until))
        return pins, wrong

    def _put(self, at: int, number: int) -> Self:
        there = next((place for place in self.places if place.article_id == number), None)
        if there is not None:
            return self._swap(at, SLOTS.index(there.slot))
        return self._set(at, Place(SLOTS[at], number))

    def _take(self, wanted: Place) -> Self:
        others = (Place(place.slot) if place.article_id == wanted.article_id else place for place in self.places)
        return replace(self, places=tuple(wanted if place.slot == wanted.slot else place for place in others))

    def _swap(self, one: int, other: int) -> Self:
        first, second = self.places[one], self.places[other]
        return self._set(one, replace(second, slot=first.slot))._set(other, replace(first, slot=second.slot))

    def _set(self, at: int, place: Place) -> Self:
        return replace(self, places=(*self.places[:at], place, *self.places[at + 1 :]))


def _typed(pin: Pin) -> str:
    """Write an instant as a browser's field has it."""
    return timezone.localtime(pin.until).replace(tzinfo=None).isoformat(timespec="seconds") if pin.until else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None
