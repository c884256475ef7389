"""Reads what a reader asks for: words, "phrases", -exclusions, acronyms and synonyms. Pure, and safe with any text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from warta.search import words as texts
from warta.search.stems import lexicon, stems

LONGEST: Final = 200
"""A longer query is cut, in characters."""
MOST_TERMS: Final = 8
_MOST_EXCLUDED: Final = 4
_MOST_IN_PHRASE: Final = 12
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂″", '"'))
_CHUNK: Final = re.compile(r'(?<!\S)(?P<no>[-−–])?(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))')


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the index: a form, a stem, a facet."""

    name: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, in this order and in these forms; one word alone: in this form."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """All of these."""

    of: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    of: tuple["Node", ...]


Node = Token | Phrase | All | Either


@dataclass(frozen=True, slots=True)
class Sought:
    """What a page must have, and what it may not have."""

    wanted: Node
    without: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked for: a word or a phrase, as typed, and all that it may be called.

    `names` are alternatives, each of words side by side (a phrase) or of one word.
    """

    forms: tuple[str, ...]
    is_phrase: bool = False
    whole: str = ""
    names: tuple[tuple[str, ...], ...] = ()

    def node(self, prefix: str = "") -> Node:
        """Return what an article must have; with a prefix, by the stems in which a headline or an aboutness is kept."""
        own = self._own(prefix)
        others = [_named(name, prefix) for name in self.names]
        return Either((own, *others)) if others else own

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """Return for each word the stems under which an article may have it."""
        return ((self.whole,),) if self.whole else tuple(stems(form) for form in self.forms)

    def _own(self, prefix: str) -> Node:
        if self.is_phrase and not prefix:
            return Phrase(self.forms)
        return _all([_either([Token(prefix + key) for key in keys]) for keys in self.keys])


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: all of the terms, nothing of `without`."""

    terms: tuple[Term, ...] = ()
    without: tuple[Node, ...] = ()
    typed: str = field(default="", compare=False)

    def node(self, prefix: str = "") -> Node:
        """Return what an article must have."""
        return _all([term.node(prefix) for term in self.terms])

    def loosely(self) -> list[Node]:
        """Return what an article may have instead when none has all: all but one of the terms, then any one of them."""
        nodes = [term.node() for term in self.terms]
        if len(nodes) < 2:
            return []
        but_one = [_all([*nodes[:left_out], *nodes[left_out + 1 :]]) for left_out in range(len(nodes))]
        return [_either(but_one)] if len(nodes) == 2 else [_either(but_one), _either(nodes)]


def bounded(typed: str) -> str:
    """Return what was typed in one line of at most `LONGEST` characters; what is longer ends with a whole word."""
    text = " ".join(typed[: 10 * LONGEST].replace("\0", " ").split())
    if len(text) <= LONGEST:
        return text
    words = text[: LONGEST + 1].rpartition(" ")[0]
    return words or text[:LONGEST]


def parse(typed: str) -> Query:
    """Read a query; whatever is no word is passed over."""
    text = bounded(typed).translate(_QUOTES)
    wanted: list[Term] = []
    without: list[Node] = []
    for chunk in _CHUNK.finditer(text):
        is_phrase = chunk["quoted"] is not None
        term = _term(chunk["quoted"] if is_phrase else chunk["bare"], is_phrase=is_phrase)
        if term is None:
            continue
        if chunk["no"] and len(without) < _MOST_EXCLUDED:
            without.append(term.node())
        elif not chunk["no"]:
            wanted.append(term)
    weighty = [term for term in _with_synonyms(wanted) if not _says_nothing(term)]
    return Query(tuple(dict.fromkeys(weighty or wanted))[:MOST_TERMS], tuple(without), text)


def _term(text: str, *, is_phrase: bool) -> Term | None:
    found = list(texts.words(text))[:_MOST_IN_PHRASE]
    forms = tuple(word.form for word in found)
    if not forms:
        return None
    if len(forms) == 2 and not is_phrase and text[found[0].end : found[1].start] == "-":
        common = texts.said_twice(*forms)
        if common is not None:
            return Term(forms[:1], whole=texts.of_its_own(common) or "")
    return Term(forms, is_phrase=is_phrase or len(forms) > 1)


def _with_synonyms(terms: Sequence[Term]) -> Iterable[Term]:
    """Join words that together have another name, the longest first, and name the others."""
    known, longest = _names()
    place = 0
    while place < len(terms):
        for length in range(min(longest, len(terms) - place), 0, -1):
            run = terms[place : place + length]
            forms = _typed(run)
            if forms in known and not any(term.is_phrase for term in run):
                whole = run[0].whole if length == 1 else ""
                yield Term(run[0].forms if length == 1 else forms, whole=whole, names=known[forms])
                place += length
                break
        else:
            yield terms[place]
            place += 1


def _typed(terms: Sequence[Term]) -> tuple[str, ...]:
    return tuple(form for term in terms for form in (term.whole.split("-") if term.whole else term.forms))


@cache
def _names() -> tuple[dict[tuple[str, ...], tuple[tuple[str, ...], ...]], int]:
    """Return for everything that has other names the others, and of how many words the longest is."""
    others: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for group in lexicon().synonyms:
        names = [texts.forms(name) for name in group]
        for name in names:
            others[name] = others.get(name, ()) + tuple(other for other in names if other != name)
    return others, max(map(len, others))


def _named(name: tuple[str, ...], prefix: str) -> Node:
    if len(name) == 1:
        return Token(prefix + name[0])
    if not prefix:
        return Phrase(name)
    return _all([_either([Token(prefix + key) for key in stems(form)]) for form in name if form not in lexicon().stop])


def _says_nothing(term: Term) -> bool:
    return not term.is_phrase and not term.names and all(form in lexicon().stop for form in term.forms)


def _all(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes))


def _either(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Either(tuple(nodes))
