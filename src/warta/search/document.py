"""Makes of an article's page what the index keeps of it. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from html import unescape
from itertools import pairwise
from typing import Final

import msgspec

from warta.paper.pages import ArticlePage, Block, Figure, Heading, Paragraph, Picture, Quote, Table
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

    @property
    def forms(self) -> frozenset[str]:
        """Return the words of the page, for suggestions."""
        return frozenset(form for form in set(self.text) if form.isascii() and form.isalpha() and len(form) > 3)


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
    names = [link.name for link in (*page.reporters, *page.topics)]
    lines = [_line([text], page.lang) for text in (headline, standfirst)]
    lines += [_line(body, page.lang), _line([*names, page.rubric.name], page.lang)]
    said = Counter(form_key for form_key in lines[2] if form_key is not None)
    often = (key for (form, key), times in said.items() if times >= _OFTEN and form not in lexicon().stop)
    about = dict.fromkeys((*_keys(lines[0]), *_keys(lines[1]), *_keys(lines[3]), *often))
    derived = dict.fromkeys(found[1] for line in lines for found in line if found and found[0] != found[1])
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
        text=_bounded(lines),
        marks=(
            *derived,
            *(HEADLINE + key for key in dict.fromkeys(_keys(lines[0]))),
            *(ABOUT + key for key in about),
            *facet_tokens(facets, year),
            month_token(page.published_at),
        ),
        sketch="\n".join(_sketch(line) for line in (lines[0], lines[1], [*lines[2], None, *lines[3]])),
    )


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


_Pair = tuple[str, str]


def _line(parts: list[str], lang: str) -> list[_Pair | None]:
    """Return the words of some texts with their stems; None between texts."""
    line: list[_Pair | None] = []
    for part in parts:
        found = list(texts.words(part))
        line += [(word.form, stem(word.form, lang)) for word in found]
        for first, second in pairwise(found):
            if second.start - first.end == 1 and part[first.end] == "-" and lang == "id":
                common = texts.said_twice(first.form, second.form)
                if common is not None and (whole := texts.of_its_own(common)):
                    line[len(line) - len(found) + found.index(second)] = (second.form, whole)
        line.append(None)
    return line


def _keys(line: list[_Pair | None]) -> Iterator[str]:
    return (found[1] for found in line if found and found[0] not in lexicon().stop)


def _bounded(lines: list[list[_Pair | None]]) -> tuple[str, ...]:
    text = [found[0] if found else BARRIER for line in lines for found in line][:MOST_WORDS]
    often = {form for form, times in Counter(text).items() if times > MOST_TIMES and form != BARRIER}
    left = dict.fromkeys(often, MOST_TIMES)
    for at, form in enumerate(text if often else ()):
        if form in often:
            left[form] -= 1
            text[at] = form if left[form] >= 0 else BARRIER
    return tuple(text)


def _sketch(line: list[_Pair | None]) -> str:
    parts = (
        (form if form == key else f"{form}/{key}") if found else BARRIER
        for found in line
        for form, key in [found or ("", "")]
    )
    return f" {' '.join(parts)} "


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
        case Table():
            yield block.caption
            yield from (" · ".join(row) for row in (block.head, *block.rows) if row)


def _caption(picture: Picture | None) -> str:
    return picture.caption if picture else ""
