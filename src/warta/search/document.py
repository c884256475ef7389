"""Makes of an article's page what the index keeps of it. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from html import unescape
from typing import Final

import msgspec

from warta.paper.pages import ArticlePage, Block, Figure, Heading, LiveEntry, Paragraph, Picture, Quote, Table
from warta.search import words as texts
from warta.search.stems import lexicon, stem

BARRIER: Final = "~"
"""Stands between sections, so that no phrase reaches from one into the next."""
ABOUT: Final = "+"
"""Begins the stem of a word that says what an article is about."""
HEADLINE: Final = "^"
"""Begins the stem of a word of a headline."""
MOST_WORDS: Final = 15_000
MOST_TIMES: Final = 255
"""How often one word is kept.

Source: PostgreSQL keeps 256 places of a word, up to place 16,383 (textsearch-limitations).
"""
_OFTEN: Final = 3
_REMEMBERED: Final = 100_000
"""How many words' stems a process keeps at hand: PySastrawi takes up to a millisecond for a word."""
_SPACES: Final = re.compile(r"<(?:br|/?li|/?ul|/?ol)\b[^>]*>")
_MARKUP: Final = re.compile(r"<[^>]*>")
_EPOCH: Final = datetime(1900, 1, 1, tzinfo=UTC)
_ID_BITS: Final = 29


class Facets(msgspec.Struct, frozen=True, array_like=True):
    """By what an article can be sorted out: (slug, name) of rubric, channel and reporters."""

    rubric: tuple[str, str]
    channel: tuple[str, str]
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the index keeps of one page. `text` is its words in order, `marks` what else finds it, each once.

    `sketch` is the text as `rank` reads it: headline, introduction and body in three lines, `form/stem` for each word.
    """

    place: int
    key: str
    article_id: int
    visible_from: datetime
    visible_until: datetime | None
    year: int
    facets: Facets
    text: tuple[str, ...]
    marks: tuple[str, ...]
    sketch: str


def place(published_at: datetime, article_id: int, *, is_coming: bool = False) -> int:
    """Return where an article stands among all: the newer the higher, to the second; of one second, the id decides.

    Raises: ValueError for an article that no number of 63 bits can hold.
    """
    seconds = int((published_at - _EPOCH).total_seconds())
    if not (0 <= seconds < 1 << 33 and 0 <= article_id < 1 << _ID_BITS):
        raise ValueError(f"article {article_id} of {published_at} has no place in the index")
    return seconds << 1 + _ID_BITS | article_id << 1 | is_coming


def instant(of: int) -> datetime:
    """Return the second of a place."""
    return datetime.fromtimestamp((of >> 1 + _ID_BITS) + _EPOCH.timestamp(), UTC)


def first_place(at: datetime) -> int:
    """Return the first place of an instant."""
    return max(int((at - _EPOCH).total_seconds()), 0) << 1 + _ID_BITS


def sections(page: ArticlePage) -> tuple[str, str, list[str]]:
    """Return headline, introduction and body of a page as plain texts."""
    captions = [caption for caption in (_caption(page.lead),) if caption]
    body = [text for block in page.body for text in _texts(block) if text.strip()]
    return page.headline, page.standfirst, [*body, *captions]


def entry(
    page: ArticlePage, *, key: str, visible_from: datetime, visible_until: datetime | None, zone: tzinfo
) -> Entry:
    """Make the entry of a page; `zone` is the site's, which decides the year.

    Raises: ValueError when it cannot be kept.
    """
    headline, standfirst, body = sections(page)
    names = [*(link.name for link in (*page.reporters, *page.topics)), page.rubric.name]
    lines = [_line(parts, page.lang) for parts in ([headline], [standfirst], body, names)]
    stop = lexicon().stop
    said = Counter([sketched for _, _, sketched in lines[2]])
    often = _keys([_read(sketched) for sketched, times in said.items() if times >= _OFTEN], stop)
    about = dict.fromkeys((*_keys(lines[0], stop), *_keys(lines[1], stop), *_keys(lines[3], stop), *often))
    about.pop(BARRIER, None)
    derived = dict.fromkeys([key for line in lines for form, key, _ in line if form != key])
    text = [form for line in lines for form, _, _ in line]
    others = sum(len(lines[place]) for place in (0, 1, 3))
    most = 2 * max(said.values(), default=0) + others  # a word has two stems at most
    year = page.published_at.astimezone(zone).year
    facets = _facets(page)
    return Entry(
        place=place(page.published_at, page.id, is_coming=key.startswith("coming:")),
        key=key,
        article_id=page.id,
        visible_from=visible_from,
        visible_until=visible_until,
        year=year,
        facets=facets,
        text=tuple(text) if most <= MOST_TIMES and len(text) <= MOST_WORDS else _bounded(text),
        marks=(
            *derived,
            *(HEADLINE + key for key in dict.fromkeys(_keys(lines[0], stop))),
            *(ABOUT + key for key in about),
            *facet_tokens(facets, year),
            month_token(page.published_at),
        ),
        sketch="\n".join(_sketch(line) for line in (lines[0], lines[1], [*lines[2], _APART, *lines[3]])),
    )


def is_suggested(form: str) -> bool:
    """Tell whether a word may be suggested in place of one that is misspelt."""
    return len(form) > 3 and form.isascii() and form.isalpha()


def facet_tokens(facets: Facets, year: int) -> Iterator[str]:
    """Return the words under which an article is found by rubric, channel, reporter and year."""
    yield facet_token("r", facets.rubric[0])
    yield facet_token("c", facets.channel[0])
    yield facet_token("y", str(year))
    yield from (facet_token("p", slug) for slug, _ in facets.people)


def facet_token(kind: str, value: str) -> str:
    """Return the word for one facet: `r` rubric, `c` channel, `p` person, `y` year."""
    return f"{kind}:{value}"


def month_token(at: datetime) -> str:
    """Return the word for a month (UTC), by which PostgreSQL looks at the newest first."""
    return f"m:{at.astimezone(UTC):%Y-%m}"


_Word = tuple[str, str, str]
"""A word, its stem, and both as a sketch has them."""
_APART: Final[_Word] = (BARRIER, BARRIER, BARRIER)


class _Words(dict[str, _Word]):
    """Words of one language as `joined` cuts them; a dictionary, for it is asked for every word."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def __missing__(self, joined: str) -> _Word:
        if len(self) >= _REMEMBERED:
            self.clear()
        form = joined.removesuffix("-")
        self[joined] = word = _word(form, stem(form, self._lang))
        return word


_words: Final = cache(_Words)


def _word(form: str, key: str) -> _Word:
    return form, key, form if form == key else f"{form}/{key}"


def _read(sketched: str) -> _Word:
    form, _, key = sketched.partition("/")
    return form, key or form, sketched


def _line(parts: list[str], lang: str) -> list[_Word]:
    """Return the words of some texts with their stems; `_APART` after each text."""
    words = _words(lang)
    line: list[_Word] = []
    for part in parts:
        forms = texts.joined(part)
        found = [words[form] for form in forms]
        if lang == "id" and "-" in part:
            _mark_words_said_twice(forms, found)
        line += found
        line.append(_APART)
    return line


def _mark_words_said_twice(forms: list[str], found: list[_Word]) -> None:
    """Give the second half of what is one word said twice, such as `undang-undang`, the stem of the whole."""
    for at, joined in enumerate(forms[:-1]):
        if joined[-1] == "-":
            common = texts.said_twice(found[at][0], found[at + 1][0])
            if common is not None and (whole := texts.of_its_own(common)):
                found[at + 1] = _word(found[at + 1][0], whole)


def _keys(line: list[_Word], without: frozenset[str]) -> Iterator[str]:
    return (key for form, key, _ in line if form not in without and form != BARRIER)


def _bounded(text: list[str]) -> tuple[str, ...]:
    """Return the words that are kept of a text in order."""
    del text[MOST_WORDS:]
    often = {form for form, times in Counter(text).items() if times > MOST_TIMES and form != BARRIER}
    left = dict.fromkeys(often, MOST_TIMES)
    for at, form in enumerate(text if often else ()):
        if form in often:
            left[form] -= 1
            text[at] = form if left[form] >= 0 else BARRIER
    return tuple(text)


def _sketch(line: list[_Word]) -> str:
    return f" {' '.join([sketched for _, _, sketched in line])} "


def _facets(page: ArticlePage) -> Facets:
    people = dict.fromkeys((_slug(link.path), link.name) for link in page.reporters if link.path)
    return Facets(
        rubric=(_slug(page.rubric.path), page.rubric.name),
        channel=(_slug(page.channel.path), page.channel.name),
        people=tuple(people),
    )


def _slug(path: str) -> str:
    return path.rpartition("/")[2]


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield unescape(_MARKUP.sub("", _SPACES.sub(" ", block.html)))
        case Heading():
            yield block.text
        case Quote():
            yield f"{block.text} – {block.speaker}" if block.speaker else block.text
        case Figure():
            yield _caption(block.picture)
        case LiveEntry():
            yield block.headline
            yield from (text for paragraph in block.text for text in _texts(paragraph))
        case Table():
            yield block.caption
            yield from (" · ".join(row) for row in (block.head, *block.rows) if row)


def _caption(picture: Picture | None) -> str:
    return picture.caption if picture else ""
