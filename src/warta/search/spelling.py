"""What a mistyped word may have been: one letter wrong, missing, too many or in the wrong place, or an old spelling."""

from collections.abc import Callable, Iterator, Mapping
from string import ascii_lowercase
from typing import Final

from warta.search import words as texts
from warta.search.stems import lexicon

_SHORTEST: Final = 4
_LONGEST: Final = 18
_OLD: Final = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("ch", "kh"), ("j", "y"))
_MORE: Final = 10
"""How many times as many articles must have the other word, when some have the one that was typed."""


def corrected(typed: str, said: Callable[[list[str]], Mapping[str, int]]) -> str | None:
    """Return a query with its mistyped words put right, None when there are none.

    `said` tells of those of some words that articles have in how many they are.
    """
    found = [word for word in texts.words(typed) if _may_be_wrong(word.form)]
    counts = said([word.form for word in found])
    text, shift = typed, 0
    for word in found:
        near = said(sorted({*_near(word.form)} - {word.form}))
        better = max(near, key=lambda form: (near[form], form), default=None)
        if better is None or near[better] <= _MORE * counts.get(word.form, 0):
            continue
        text = text[: word.start + shift] + better + text[word.end + shift :]
        shift += len(better) - (word.end - word.start)
    return text if text != typed else None


def _may_be_wrong(form: str) -> bool:
    known = lexicon()
    is_plain = form.isascii() and form.isalpha() and _SHORTEST <= len(form) <= _LONGEST
    return is_plain and form not in known.protected and form not in known.stop


def _near(form: str) -> Iterator[str]:
    cuts = [(form[:at], form[at:]) for at in range(len(form) + 1)]
    for before, after in cuts:
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in ascii_lowercase)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in ascii_lowercase)
    modern = form
    for old, new in _OLD:
        modern = modern.replace(old, new)
        yield form.replace(old, new)
        yield modern
