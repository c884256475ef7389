"""How well an article fits a query. Pure, and the same for both databases, whose own ranks differ."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from warta.search.document import instant
from warta.search.query import Query, Term
from warta.search.words import LONGEST

_IN_HEADLINE: Final = 3.0
_IN_INTRODUCTION: Final = 1.2
_EXACT: Final = 0.6
"""What it adds that a word stands there in the very form that was typed."""
_SIDE_BY_SIDE: Final = 1.5
_NEAR: Final = 0.8
_NEAR_SIGNS: Final = 60
_PLACES: Final = 12
_MISSING: Final = -4.0
_SATURATED: Final = 1.2
_USUAL_LENGTH: Final = 300.0
_PER_YEAR: Final = 0.04
"""What a year makes: the newer of two equal articles stands first, and not before a better one."""
_FIRST_YEAR: Final = 1900


class Scale:
    """Weighs articles for one query."""

    def __init__(self, query: Query) -> None:
        self._terms = [_Weighed(term) for term in query.terms]

    def score(self, sketch: str, place: int) -> int:
        """Return how well the article at a place fits, in millionths; `sketch` is that of its entry."""
        headline, introduction, body = sketch.split("\n", 2)
        length = sketch.count(" ") / _USUAL_LENGTH
        points = 0.0
        in_headline = 0
        for term in self._terms:
            first, second, third = term.times(headline), term.times(introduction), term.times(body)
            often = first + second + third
            if not often:
                points += _MISSING
                continue
            in_headline += bool(first)
            points += _IN_HEADLINE * bool(first) + _IN_INTRODUCTION * bool(second)
            points += 2 * often / (often + _SATURATED * (0.3 + 0.7 * length))
            points += _EXACT * term.is_exact(sketch)
        points /= len(self._terms)
        if len(self._terms) > 1:
            points += in_headline == len(self._terms)
            near = self._nearness(headline)
            points += near if near >= _SIDE_BY_SIDE else max(near, 0.8 * self._nearness(f"{introduction} {body}"))
        at = instant(place)
        points += _PER_YEAR * (at.year - _FIRST_YEAR + at.timetuple().tm_yday / 366)
        return round(points * 1_000_000)

    def _nearness(self, text: str) -> float:
        """Return whether neighbours in a query stand side by side in a text, or near: as a part of what that adds."""
        best = 0.0
        placed = [term.places(text) for term in self._terms]
        for one, other in pairwise(placed):
            if not one or not other:
                continue
            if any(
                end <= start < end + LONGEST and " " not in text[end + 1 : start]
                for _, end in one
                for start, _ in other
            ):
                best += _SIDE_BY_SIDE
            elif min(abs(start - begin) for begin, _ in one for start, _ in other) <= _NEAR_SIGNS:
                best += _NEAR
        return best / (len(placed) - 1)


class _Weighed:
    """A term as it is looked for in sketches."""

    def __init__(self, term: Term) -> None:
        own = term.is_phrase or len(term.keys) > 1
        keys = () if own else term.keys[0]
        names = [name[0] for name in term.names if len(name) == 1]
        self._needles = [needle for key in keys for needle in (f" {key} ", f"/{key} ", f" {key}/")]
        self._needles += [needle for name in names for needle in (f" {name} ", f" {name}/")]
        sequences = [_by_form(name) for name in term.names if len(name) > 1]
        if own:
            sequences.append(_by_form(term.forms) if term.is_phrase else _by_stem(term.keys))
        self._sequences = [re.compile(sequence) for sequence in sequences]
        self._place = re.compile(_by_form(term.forms) if term.is_phrase else _by_stem(term.keys))
        is_one = not term.is_phrase and len(term.forms) == 1 and not term.whole
        self._exact = (f" {term.forms[0]} ", f" {term.forms[0]}/") if is_one else ("",)

    def times(self, text: str) -> int:
        """Return how often it is said."""
        return sum(map(text.count, self._needles)) + sum(len(one.findall(text)) for one in self._sequences)

    def is_exact(self, text: str) -> bool:
        """Tell whether it is said in the form that was typed."""
        return any(exact in text for exact in self._exact)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where it is said first: the beginnings and ends, in signs."""
        if self._sequences:
            return [found.span() for found in islice(self._place.finditer(text), _PLACES)]
        return [place for needle in self._needles for place in islice(_found(needle, text), _PLACES)]


def _found(needle: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(needle)
    while at >= 0:
        end = at + len(needle) - 1
        yield at, end
        at = text.find(needle, end)


def shown_forms(query: Query, sketch: str) -> frozenset[str]:
    """Return the forms in which an article has the words of a query, to be marked."""
    found: set[str] = set()
    for term in query.terms:
        if not term.is_phrase:
            keys = [key for word in term.keys for key in word]
            found.update(keys)
            pattern = rf" ([^ /]+)/(?:{'|'.join(map(re.escape, keys))})(?= )"
            found.update(re.findall(pattern, sketch))
        found.update(name[0] for name in term.names if len(name) == 1)
    return frozenset(found)


def shown_phrases(query: Query) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a query, and other names of several words, to be marked."""
    asked = [term.forms for term in query.terms if term.is_phrase]
    return (*asked, *(name for term in query.terms for name in term.names if len(name) > 1))


def _by_form(forms: Sequence[str]) -> str:
    """Return the pattern of words side by side in these forms; in a sketch, a stem may stand behind each."""
    return rf" {'(?:/[^ ]+)? '.join(map(re.escape, forms))}(?:/[^ ]+)?(?= )"


def _by_stem(words: Sequence[tuple[str, ...]]) -> str:
    """Return the pattern of words side by side that have these stems; it begins with the sign before the first."""
    each = [rf"(?:{'|'.join(map(re.escape, keys))})(?:/[^ ]+)?(?= )" for keys in words]
    return rf"[ /]{' (?:[^ /]+/)?'.join(each)}"
