"""Cuts out of an article the passage that shows why it was found, its words marked. Pure."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from warta.search import words as texts
from warta.search.words import Word

LENGTH: Final = 32
"""How many words a passage has."""
_BEFORE: Final = 6
_BARE: Final = str.maketrans(dict.fromkeys("“”„«»–—…·•\u00a0", " ") | dict.fromkeys("'’ʼ`."))
"""Signs that stand between words, and those that `words` passes over within one."""
_CUT: Final = "…"


class Piece(NamedTuple):
    """A stretch of text, and whether it was asked for."""

    words: str
    is_found: bool


class _Stretch(NamedTuple):
    """How many different words asked for stand in a stretch, how many in all, and where it begins."""

    different: int = 0
    times: int = 0
    start: int = 0


def marked(text: str, forms: Collection[str], phrases: Sequence[tuple[str, ...]]) -> tuple[Piece, ...]:
    """Return a whole text with its words marked."""
    found = list(texts.words(text))
    return tuple(_pieces(text, found, _hits(found, forms, phrases)))


def passage(parts: Sequence[str], forms: Collection[str], phrases: Sequence[tuple[str, ...]]) -> tuple[Piece, ...]:
    """Return the passage with the most of what was asked for, out of one of several texts; else the first words.

    The texts that may have most are cut into words first, and the others only when they might have more.
    """
    wanted = {*forms, *chain.from_iterable(phrases)}
    likely = [(_at_most(part, wanted), part) for part in parts]
    best, text = _Stretch(), ""
    found: list[Word] = []
    hits: set[int] = set()
    for most, part in sorted(likely, key=lambda one: -one[0]):
        if found and most <= best.different:
            break
        words = list(texts.words(part))
        places = _hits(words, forms, phrases)
        stretch = _best(words, places)
        if words and (not found or stretch[:2] > best[:2]):
            best, text, found, hits = stretch, part, words, places
    if not found:
        return ()
    start = best.start
    stop = min(start + LENGTH, len(found))
    begin = 0 if start == 0 else found[start].start
    end = len(text) if stop == len(found) else found[stop - 1].end
    kept = [Word(word.form, word.start - begin, word.end - begin) for word in found[start:stop]]
    pieces = list(_pieces(text[begin:end].rstrip(), kept, {hit - start for hit in hits}))
    before = [Piece(f"{_CUT} ", is_found=False)] if start else []
    after = [Piece(f" {_CUT}", is_found=False)] if stop < len(found) else []
    return (*before, *pieces, *after)


def _at_most(part: str, wanted: Collection[str]) -> int:
    """Return how many different words a text may have of those asked for, quickly, and rather too many than too few."""
    bare = part.lower().translate(_BARE)
    return sum(form in bare for form in wanted) if bare.isascii() else len(wanted)


def _hits(found: Sequence[Word], forms: Collection[str], phrases: Sequence[tuple[str, ...]]) -> set[int]:
    hits = {place for place, word in enumerate(found) if word.form in forms}
    for phrase in phrases:
        for place in range(len(found) - len(phrase) + 1):
            if all(found[place + after].form == form for after, form in enumerate(phrase)):
                hits.update(range(place, place + len(phrase)))
    return hits


def _best(found: Sequence[Word], hits: set[int]) -> _Stretch:
    """Return the stretch with the most different words asked for, then the most of them."""
    best = _Stretch()
    for hit in sorted(hits):
        start = max(min(hit - _BEFORE, len(found) - LENGTH), 0)
        inside = [place for place in range(hit, min(start + LENGTH, len(found))) if place in hits]
        different = len({found[place].form for place in inside})
        if (different, len(inside)) > (best.different, best.times):
            best = _Stretch(different, len(inside), start)
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
