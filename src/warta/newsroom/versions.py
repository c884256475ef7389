"""The public history of an article: what each version holds, and how it is chained to the one before. Pure: no I/O.

A version's hash covers all that readers are told of it and the hash of the version before: whoever changes an old one
must change all that follow, and the hashes that others noted.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from warta.lexicon import zones
from warta.newsroom import live, texts

FIRST: Final = ""
"""The hash before the first version."""
_SILENT: Final = frozenset({"read_also"})


@dataclass(frozen=True, slots=True)
class Link:
    """One version as it is kept."""

    article_id: int
    number: int
    at: str
    kind: str
    why: str
    content: str
    before: str
    hash: str


def canonical(content: Mapping[str, Any]) -> str:
    """Write a content so that the same words give the same text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(article_id: int, number: int, at: str, *, kind: str, why: str, content: str, before: str) -> str:
    """Return the hash of a version: SHA-256 over the JSON array of its columns, in hex."""
    told = json.dumps([article_id, number, at, kind, why, content, before], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def broken(links: Iterable[Link]) -> Link | None:
    """Return the first link of one article's chain (in order) that does not hold, None when all do."""
    before, number = FIRST, 0
    for link in links:
        made = digest(
            *(link.article_id, link.number, link.at),
            kind=link.kind,
            why=link.why,
            content=link.content,
            before=link.before,
        )
        if link.before != before or link.number != number + 1 or link.hash != made:
            return link
        before, number = link.hash, link.number
    return None


def content_of(article: Any) -> dict[str, Any]:
    """Return what readers have of an article: words alone, no drafts, no notes, no internal fields."""
    blocks = [_block(raw, article) for raw in live.newest_first(article.body.raw_data) if raw["type"] not in _SILENT]
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "rubric": article.rubric.name,
        "place": article.place,
        "by": [byline.contributor.name for byline in article.bylines.all()],
        "caption": article.lead_caption,
        "credit": article.lead_credit,
        "body": [words for words in blocks if words],
    }


def _block(raw: Mapping[str, Any], article: Any) -> str:
    kind, value = raw["type"], raw["value"]
    if kind == "photo":
        return texts.words([value.get("caption"), value.get("credit")])
    if kind == "table":
        return _table(value)
    if kind == live.ENTRY:
        return live.words(raw, zones.zone(article.zone), article.language)
    return texts.words(value)


def _table(value: Mapping[str, Any]) -> str:
    """Return a table's caption, headings and rows, a line each."""
    rows = [[texts.words(cell) for cell in row["values"]] for row in value.get("rows", ())]
    headings = [column.get("heading", "") for column in value.get("columns", ())]
    lines = [texts.words(value.get("caption")), *(" | ".join(cells) for cells in (headings, *rows))]
    return "\n".join(line for line in lines if line.strip(" |"))
