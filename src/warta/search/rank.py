"""How well an article fits a query. Pure, and the same for both databases, whose own ranks differ."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from warta.search.document import instant
from warta.search.query import Query, Term

_IN_HEADLINE: Final = 3.0
_IN_INTRODUCTION: Final = 1.2
_EXACT: Final = 0.6
"""What it adds that a word stands there in the very form that was typed."""
_SIDE_BY_SIDE: Final = 1.5
_NEAR: Final = 0.8
_NEAR_SIGNS: Final = 60
_MISSING: Final = -4.0
_SATURATED: Final = 1.2
_USUAL_LENGTH: Final = 300.0
_PER_YEAR: Final = 0.04
"""What a year makes: the newer of two equal articles stands first, and not before a better one."""
_FIRST_YEAR: Final = 1900


def score(query: Query, sketch: str, place: int) -> int:
    """Return how well the article at a place fits, in millionths; `sketch` is that of its entry."""
    headline, introduction, body = sketch.split("\n", 2)
    length = sketch.count(" ") / _USUAL_LENGTH
    points = 0.0
    in_headline = 0
    for term in query.terms:
        times = [_times(term, part) for part in (headline, introduction, body)]
        if not any(times):
            points += _MISSING
            continue
        in_headline += bool(times[0])
        points += _IN_HEADLINE * bool(times[0]) + _IN_INTRODUCTION * bool(times[1])
        often = times[0] + times[1] + times[2]
        points += 2 * often / (often + _SATURATED * (0.3 + 0.7 * length))
        points += _EXACT * _is_exact(term, sketch)
    points /= len(query.terms)
    if len(query.terms) > 1:
        points += in_headline == len(query.terms)
        points += max(_nearness(query.terms, headline), _nearness(query.terms, f"{introduction} {body}") * 0.8)
    at = instant(place)
    points += _PER_YEAR * (at.year - _FIRST_YEAR + at.timetuple().tm_yday / 366)
    return round(points * 1_000_000)


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


def _times(term: Term, text: str) -> int:
    if term.is_phrase:
        return len(re.findall(_sequence([(form,) for form in term.forms], is_form=True), text))
    if len(term.keys) == 1:
        own = sum(text.count(f" {key} ") + text.count(f"/{key} ") + text.count(f" {key}/") for key in term.keys[0])
    else:
        own = len(re.findall(_sequence(term.keys), text))
    return own + sum(_named(name, text) for name in term.names)


def _named(name: Sequence[str], text: str) -> int:
    if len(name) == 1:
        return text.count(f" {name[0]} ") + text.count(f" {name[0]}/")
    return len(re.findall(_sequence([(form,) for form in name], is_form=True), text))


def _is_exact(term: Term, text: str) -> bool:
    if term.is_phrase or len(term.forms) > 1 or term.whole:
        return True
    return f" {term.forms[0]} " in text or f" {term.forms[0]}/" in text


def _nearness(terms: Sequence[Term], text: str) -> float:
    """Return whether neighbours of a query stand side by side in a text, or near, as a part of what that can add."""
    best = 0.0
    for first, second in pairwise(terms):
        one, other = list(_places(first, text)), list(_places(second, text))
        if not one or not other:
            continue
        gaps = [start - end for _, end in one for start, _ in other if start >= end]
        if gaps and min(gaps) <= 1:
            best += _SIDE_BY_SIDE
        elif min(abs(start - begin) for begin, _ in one for start, _ in other) <= _NEAR_SIGNS:
            best += _NEAR
    return best / (len(terms) - 1)


def _places(term: Term, text: str, most: int = 30) -> Iterator[tuple[int, int]]:
    words = [(form,) for form in term.forms] if term.is_phrase else term.keys
    for number, found in enumerate(re.finditer(_sequence(words, is_form=term.is_phrase), text)):
        if number >= most:
            break
        yield found.start(), found.end()


def _sequence(words: Sequence[tuple[str, ...]], *, is_form: bool = False) -> str:
    """Return the pattern of words that stand side by side, by form or by stem."""
    each = []
    for names in words:
        either = "|".join(re.escape(name) for name in names)
        each.append(rf"(?:{either})(?:/[^ ]+)?" if is_form else rf"(?:[^ /]+/)?(?:{either})")
    return rf"(?<= ){' '.join(each)}(?= )"
