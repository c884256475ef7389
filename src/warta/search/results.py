"""Answers a query: a page of results, how many there are, by what they can be sorted out, and what was meant.

Nothing here looks at more than the newest `WINDOW` pages that were found, or `PHRASE_WINDOW`, so that what is common
in a large archive costs no more than in a small one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Final, Literal

from warta.paper import store
from warta.paper.pages import ArticlePage, Teaser
from warta.search import document, index, query, rank, snippets, spelling
from warta.search.document import facet_token
from warta.search.index import Hit, State
from warta.search.query import All, Query, Sought, Token
from warta.search.snippets import Piece

PAGE: Final = 20
WINDOW: Final = 1_000
"""How many of the newest pages that were found are counted and sorted out."""
PHRASE_WINDOW: Final = 30
"""The same for a phrase: for each page that has it, many are looked at that have its words elsewhere."""
BEST: Final = 60
"""How many of each kind are weighed: with all words in the headline, about all of them, the newest."""
_FEW: Final = 3
_CHANGES: Final = 1_000
_MOST_CHOICES: Final = 8
_CURSOR: Final = re.compile(r"(?:(?P<score>\d{1,12})-)?(?P<place>\d{1,19})", re.ASCII)

Order = Literal["newest", "best"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asks for; the facets are slugs, `behind` is the `older` of the page before."""

    typed: str
    order: Order = "newest"
    rubric: str = ""
    channel: str = ""
    person: str = ""
    year: str = ""
    behind: str = ""

    @property
    def facets(self) -> tuple[Token, ...]:
        """Return the words of the index for what was chosen."""
        chosen = (("r", self.rubric), ("c", self.channel), ("p", self.person), ("y", self.year))
        return tuple(Token(facet_token(kind, value)) for kind, value in chosen if value)


@dataclass(frozen=True, slots=True)
class Found:
    """One result: the article as lists show it, its headline and a passage with the words marked."""

    teaser: Teaser
    headline: tuple[Piece, ...]
    passage: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """By what results can be sorted out: its slug, its name and how many there are."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of results. `total` counts at most `WINDOW` or `PHRASE_WINDOW`; None says that nobody can tell just now.

    `is_loose` says that no article has all the words; `suggestion` is what may have been meant.
    """

    query: Query
    found: tuple[Found, ...] = ()
    total: int | None = 0
    is_more: bool = False
    is_loose: bool = False
    older: str = ""
    suggestion: str = ""
    rubrics: tuple[Choice, ...] = ()
    channels: tuple[Choice, ...] = ()
    people: tuple[Choice, ...] = ()
    years: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at the index: its state, the instant, the articles that changed since (None: too many to know)."""

    state: State
    now: datetime
    changed: frozenset[int] | None = field(default=frozenset())

    def newest(self, sought: Sought, limit: int, below: int = index.HIGHEST) -> list[Hit]:
        """Return the newest pages that have what is sought; what changed since is left out until it is indexed."""
        changed = self.changed or frozenset()
        hits = index.newest(self.state.generation, sought, below=below, limit=limit + len(changed), now=self.now)
        return [hit for hit in hits if hit.article_id not in changed][:limit]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What one query came to: the newest pages that were found, and what of them is left of the page before."""

    look: _Look
    asked: Asked
    parsed: Query
    sought: Sought
    window: Sequence[Hit]
    is_loose: bool
    behind: tuple[int, int] | None


def find(asked: Asked, *, now: datetime) -> Results:
    """Return a page of results.

    Raises: ValueError when `behind` is damaged; django.db.Error.
    """
    behind = _behind(asked)
    parsed = query.parse(asked.typed)
    if not parsed.terms:
        return Results(query=parsed)
    run = _run(_look(now), asked, parsed, behind)
    shown, older = _page(run)
    made = Results(
        query=parsed,
        found=_found(run.look, parsed, shown),
        is_loose=run.is_loose,
        older=older,
        suggestion=_suggestion(run) if behind is None and (run.is_loose or len(run.window) < _FEW) else "",
    )
    return replace(made, total=None) if run.look.changed is None else _counted(made, run.window, _most(parsed))


def _most(parsed: Query) -> int:
    """Return how many pages are counted at most."""
    return PHRASE_WINDOW if any(term.is_phrase for term in parsed.terms) else WINDOW


def _run(look: _Look, asked: Asked, parsed: Query, behind: tuple[int, int] | None) -> _Run:
    """Look for what has all of the words; when nothing has, for what has all but one, then any."""
    for number, node in enumerate((parsed.node(), *parsed.loosely())):
        sought = Sought(All((node, *asked.facets)) if asked.facets else node, parsed.without)
        window = look.newest(sought, _most(parsed) + 1)
        if number == 0 or window:
            run = _Run(
                look=look,
                asked=asked,
                parsed=parsed,
                sought=sought,
                window=window,
                is_loose=number > 0,
                behind=behind,
            )
        if window:
            break
    return run


def _look(now: datetime) -> _Look:
    state = index.state()
    if store.last_number() == state.number:
        return _Look(state, now)
    changes = store.changes(state.number, _CHANGES)
    changed = frozenset(number for change in changes if (number := store.article_id(change.key)) is not None)
    return _Look(state, now, changed if len(changes) < _CHANGES else None)


def _page(run: _Run) -> tuple[list[Hit], str]:
    """Return the hits of a page, and the place behind it when there are more."""
    if run.asked.order == "newest":
        hits = run.window if run.behind is None else run.look.newest(run.sought, PAGE + 1, below=run.behind[1])
        return list(hits[:PAGE]), str(hits[PAGE - 1].place) if len(hits) > PAGE else ""
    ranked = _best(run)
    if run.behind is not None:
        ranked = [(score, hit) for score, hit in ranked if (score, hit.place) < run.behind]
    older = f"{ranked[PAGE - 1][0]}-{ranked[PAGE - 1][1].place}" if len(ranked) > PAGE else ""
    return [hit for _, hit in ranked[:PAGE]], older


def _best(run: _Run) -> list[tuple[int, Hit]]:
    """Weigh the newest pages of each kind, and return them with their scores, the best first.

    What a headline has in its words, or an article is about, stands in it: only words that must stand side by side are
    looked for besides.
    """
    candidates = {hit.place: hit for hit in run.window[:BEST]}
    if len(run.window) > BEST and not run.is_loose:
        phrases = [
            term.node() for term in run.parsed.terms if term.is_phrase or any(len(name) > 1 for name in term.names)
        ]
        for prefix in (document.HEADLINE, document.ABOUT):
            wanted = All((run.parsed.node(prefix), *phrases, *run.asked.facets))
            sought = Sought(wanted, run.sought.without)
            candidates.update((hit.place, hit) for hit in run.look.newest(sought, BEST))
    sketches = index.sketches(run.look.state.generation, list(candidates))
    score = rank.Scale(run.parsed).score
    scored = [(score(sketches[at], at), hit) for at, hit in candidates.items() if at in sketches]
    return sorted(scored, key=lambda one: (one[0], one[1].place), reverse=True)


def _found(look: _Look, parsed: Query, hits: Sequence[Hit]) -> tuple[Found, ...]:
    """Return what readers may see of the pages that were found, as the paper has them now."""
    pages = store.shown_articles([hit.article_id for hit in hits], now=look.now)
    sketches = index.sketches(look.state.generation, [hit.place for hit in hits])
    phrases = rank.shown_phrases(parsed)
    return tuple(
        _shown(page, rank.shown_forms(parsed, sketches.get(hit.place, "")), phrases)
        for hit in hits
        if (page := pages.get(hit.article_id)) is not None
    )


def _shown(page: ArticlePage, forms: frozenset[str], phrases: Sequence[tuple[str, ...]]) -> Found:
    headline, standfirst, body = document.sections(page)
    parts = [part for part in (standfirst, *body) if part]
    return Found(page.teaser, snippets.marked(headline, forms, phrases), snippets.passage(parts, forms, phrases))


def _suggestion(run: _Run) -> str:
    """Return what may have been meant, if a reader who asks for it is shown something."""
    look = run.look
    text = spelling.corrected(run.parsed.typed, lambda forms: index.said(look.state.generation, forms))
    meant = query.parse(text or "")
    if text is None or not meant.terms:
        return ""
    hits = look.newest(Sought(All((meant.node(), *run.asked.facets)), meant.without), _FEW)
    return text if store.shown_articles([hit.article_id for hit in hits], now=look.now) else ""


def _counted(made: Results, window: Sequence[Hit], most: int) -> Results:
    hits = window[:most]
    return replace(
        made,
        total=len(hits),
        is_more=len(window) > most,
        rubrics=_choices(hit.facets.rubric for hit in hits),
        channels=_choices(hit.facets.channel for hit in hits),
        people=_choices(chain.from_iterable(hit.facets.people for hit in hits)),
        years=tuple(
            Choice(str(year), str(year), count)
            for year, count in sorted(Counter(hit.year for hit in hits).items(), reverse=True)
        ),
    )


def _choices(values: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Count by slug; the name is the one that the newest article has."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for (value, name), count in Counter(values).items():
        if value:
            names.setdefault(value, name)
            counts[value] += count
    return tuple(Choice(value, names[value], count) for value, count in counts.most_common(_MOST_CHOICES))


def _behind(asked: Asked) -> tuple[int, int] | None:
    if not asked.behind:
        return None
    read = _CURSOR.fullmatch(asked.behind)
    if read is None or (read["score"] is None) == (asked.order == "best") or int(read["place"]) > index.HIGHEST:
        raise ValueError(f"{asked.behind[:40]!r} is no place among results")
    return int(read["score"] or 0), int(read["place"])
