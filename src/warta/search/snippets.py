"""Cuts out of an article the passage that shows why it was found, its words marked. Pure."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from warta.search import words as texts
from warta.search.words import Word

LENGTH: Final = 32
"""How many words a passage has."""
_BEFORE: Final = 6
_COMPARED: Final = 3
"""How many paragraphs that have one of the words are compared."""
_BARE: Final = str.maketrans("", "", "'’ʼ`.")
_CUT: Final = "…"


class Piece(NamedTuple):
    """A stretch of text, and whether it was asked for."""

    words: str
    is_found: bool


def marked(text: str, forms: Collection[str], phrases: Sequence[tuple[str, ...]]) -> tuple[Piece, ...]:
    """Return a whole text with its words marked."""
    found = list(texts.words(text))
    return tuple(_pieces(text, found, _hits(found, forms, phrases)))


def passage(parts: Sequence[str], forms: Collection[str], phrases: Sequence[tuple[str, ...]]) -> tuple[Piece, ...]:
    """Return the passage with the most of what was asked for, out of one of several texts; else the first words."""
    wanted = (*forms, *(phrase[0] for phrase in phrases))
    likely = [part for part in parts if not part.isascii() or _may_have(part, wanted)]
    best, text = (0, 0), ""
    found: list[Word] = []
    hits: set[int] = set()
    compared = 0
    for part in (*likely, *parts[:1]):
        words = list(texts.words(part))
        places = _hits(words, forms, phrases)
        value = _best(words, places)
        if words and (not found or value[0] > best[0]):
            best, text, found, hits = value, part, words, places
        compared += bool(places)
        if compared >= _COMPARED:
            break
    if not found:
        return ()
    start = best[1]
    stop = min(start + LENGTH, len(found))
    begin = 0 if start == 0 else found[start].start
    end = len(text) if stop == len(found) else found[stop - 1].end
    kept = [Word(word.form, word.start - begin, word.end - begin) for word in found[start:stop]]
    pieces = list(_pieces(text[begin:end].rstrip(), kept, {hit - start for hit in hits}))
    before = [Piece(f"{_CUT} ", is_found=False)] if start else []
    after = [Piece(f" {_CUT}", is_found=False)] if stop < len(found) else []
    return (*before, *pieces, *after)


def _may_have(part: str, wanted: Sequence[str]) -> bool:
    bare = part.lower().translate(_BARE)
    return any(form in bare for form in wanted)


def _hits(found: Sequence[Word], forms: Collection[str], phrases: Sequence[tuple[str, ...]]) -> set[int]:
    hits = {place for place, word in enumerate(found) if word.form in forms}
    for phrase in phrases:
        for place in range(len(found) - len(phrase) + 1):
            if all(found[place + after].form == form for after, form in enumerate(phrase)):
                hits.update(range(place, place + len(phrase)))
    return hits


def _best(found: Sequence[Word], hits: set[int]) -> tuple[int, int]:
    """Return the worth of the best stretch, and where it begins: ten for each word asked for, one for each time."""
    best = (0, 0)
    for hit in sorted(hits):
        start = max(min(hit - _BEFORE, len(found) - LENGTH), 0)
        inside = [place for place in range(hit, min(start + LENGTH, len(found))) if place in hits]
        value = 10 * len({found[place].form for place in inside}) + len(inside)
        if value > best[0]:
            best = (value, start)
    return best


def _pieces(text: str, found: Sequence[Word], hits: set[int]) -> Iterator[Piece]:
    at = 0
    for place, word in enumerate(found):
        if place not in hits or word.start < at:
            continue
        if word.start > at:
            yield Piece(text[at : word.start], is_found=False)
        end = word.end
        yield Piece(text[word.start : end], is_found=True)
        at = end
    if at < len(text):
        yield Piece(text[at:], is_found=False)
