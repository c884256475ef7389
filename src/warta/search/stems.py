"""Brings words to their stems: PySastrawi's for Indonesian, Snowball's for English, names left as they are. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

_LONGEST: Final = 25
"""Longer words are no Indonesian ones, and hostile ones would take long."""
_SHORTEST: Final = 4
ENGLISH: Final = "~e"
"""Ends an English stem, so that `mobile` does not find `mobil`."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What `words.toml` knows: names, corrected stems, words without weight, words said twice, synonyms."""

    protected: frozenset[str]
    stems: dict[str, str]
    stop: frozenset[str]
    twice: frozenset[str]
    synonyms: tuple[tuple[str, ...], ...]


@cache
def lexicon() -> Lexicon:
    """Read `words.toml`, once."""
    told = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return Lexicon(
        protected=frozenset(told["protected"].split()),
        stems=told["stems"],
        stop=frozenset(told["stop"].split()),
        twice=frozenset(told["twice"].split()),
        synonyms=tuple(tuple(group) for group in told["synonyms"]),
    )


@lru_cache(maxsize=20_000)  # PySastrawi takes up to a millisecond for a word
def stem(form: str, lang: str) -> str:
    """Return the stem of a word in small letters; English ones are marked as such. A name is its own stem."""
    known = lexicon()
    if form in known.protected or not (form.isascii() and form.isalpha()):
        return form
    if lang == "en":
        return f"{_english().stemWord(form)}{ENGLISH}"
    if form in known.stems:
        return known.stems[form]
    if not _SHORTEST <= len(form) <= _LONGEST:
        return form
    return str(_indonesian().stem_word(form))


def stems(form: str) -> tuple[str, ...]:
    """Return the stems of a word whose language nobody knows, each once: that of an Indonesian root is itself alone."""
    indonesian = stem(form, "id")
    is_root = form == indonesian and _indonesian().get_dictionary().contains(form)
    return (form,) if is_root else tuple(dict.fromkeys((indonesian, stem(form, "en"))))


@cache
def _indonesian() -> Any:
    from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
    from Sastrawi.Stemmer.Stemmer import Stemmer
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))


@cache
def _english() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
