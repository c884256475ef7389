"""Cuts texts into words, the same for both databases, for articles and for queries. Pure.

A word is letters and digits, small and without accents: `Jum'at` is `jumat`, `K.P.K.` is `kpk`, `2.500` are two.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final, NamedTuple

from warta.search.stems import lexicon, stem

LONGEST: Final = 40
"""What is longer is cut, in characters."""
_WORD: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"  # K.P.K.
    r"|[^\W_]+(?:['’ʼ`\u0300-\u036f]+[^\W_]+|[\u0300-\u036f]+)*"  # with accents, whole or apart
)
_PLAIN: Final = re.compile(r"[a-z0-9]+(?:-(?=[a-z0-9]))?")
_NO_LETTERS: Final = {sign: " " for sign in range(128) if not chr(sign).isalnum()}
_SHORTENED: Final = re.compile(r"\.[a-z]\.")
_BETWEEN: Final = dict.fromkeys(map(ord, "“”„«»–—…·•\u00a0"), " ")
_OWNED: Final = re.compile(r"['’ʼ`]s$", re.IGNORECASE)


class Word(NamedTuple):
    """A word as it counts for the search, and where it stands in the text."""

    form: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Return the words of a text in their order."""
    is_plain = text.isascii()
    for found in _WORD.finditer(text.lower() if is_plain else text):
        form = found[0]
        if not (is_plain and form.isalnum() and len(form) <= LONGEST):
            form = fold(form)
        if form:
            yield Word(form, *found.span())


def forms(text: str) -> tuple[str, ...]:
    """Return the words of a text without their places."""
    return tuple(word.form for word in words(text))


def joined(text: str) -> list[str]:
    """Return the words as `forms` does, much quicker; one that a hyphen joins to the next ends in it."""
    plain = text.translate(_BETWEEN).lower() if not text.isascii() else text.lower()
    if plain.isascii() and "'" not in plain and "`" not in plain and not _SHORTENED.search(plain):
        quickly = _PLAIN.findall(plain) if "-" in plain else plain.translate(_NO_LETTERS).split()
        if max(map(len, quickly), default=0) <= LONGEST:
            return quickly
    found = list(words(text))
    follows = [word.start for word in found[1:]]
    return [
        f"{word.form}-" if next_ == word.end + 1 and text[word.end] == "-" else word.form
        for word, next_ in zip_longest(found, follows)
    ]


def fold(word: str) -> str:
    """Return a word in small letters without accents, apostrophes and dots; empty when nothing is left."""
    if word.isascii() and word.isalnum():
        return word.lower()[:LONGEST]
    bare = unicodedata.normalize("NFKD", _OWNED.sub("", word).casefold())
    return "".join(sign for sign in bare if sign.isalnum())[:LONGEST]


def said_twice(first: str, second: str) -> str | None:
    """Return the stem that both halves of `anak-anak` or `perundang-undangan` have; None when they differ."""
    common = stem(first, "id")
    return common if first == second or common == stem(second, "id") else None


def of_its_own(common: str) -> str | None:
    """Return the word that a stem said twice is when that is a thing of its own: `undang` gives `undang-undang`."""
    twice = f"{common}-{common}"
    return twice if twice in lexicon().twice else None
