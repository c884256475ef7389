"""What a page shows around its text: headline, date, names, breadcrumbs, tags, standfirst."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from warta.ingest.formats.html import dates
from warta.ingest.formats.html.dates import Moment
from warta.ingest.formats.html.page import words
from warta.ingest.formats.html.people import People, people, plain_names
from warta.ingest.formats.html.phrases import HOME_NAMES, TAGS_LINE
from warta.lexicon.copy import Role

_TITLED: Final = re.compile(
    r"\b(?:judul|title|headline|entry-title|post-title|detail__title|read__title)\b", re.IGNORECASE
)
_NAMED: Final = re.compile(r"author|byline|penulis|reporter|editor|writer|jurnalis|redaktur|wartawan", re.IGNORECASE)
_CRUMBS: Final = re.compile(r"breadcrumb|bread-crumb|crumbs|jejak", re.IGNORECASE)
_TAGS: Final = re.compile(r"(?:^|[\s_-])(?:tags?|tagging|kata-?kunci|keywords?|tagcloud)(?:$|[\s_-])", re.IGNORECASE)
_DECK: Final = re.compile(
    r"sub-?title|standfirst|sinopsis|summary|deck\b|excerpt|ringkasan|subjudul|\blead\b|article-lead", re.IGNORECASE
)
_UPDATED: Final = re.compile(r"diperbar\w+|update\w*|terakhir|modified|diubah|perubahan|edited", re.IGNORECASE)
_NO_PLACE: Final = frozenset({"nav", "footer", "aside", "script", "style", "head"})
_LONGEST: Final = 160
_BEFORE: Final = 25
_AFTER: Final = 120
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found; dates may be None, texts empty."""

    headline: str
    published: Moment | None
    updated: Moment | None
    by: People
    crumbs: tuple[str, ...]
    tags: tuple[str, ...]
    standfirst: str


def shown(tree: etree._Element, *, zone: str, site: str) -> Shown:
    """Read what a page shows; dates without a zone are in `zone`, `site` is the paper's name and no author."""
    head = _head(tree)
    near = list(_near(tree, head))
    published, updated = _dates(near, zone)
    return Shown(
        headline=words(head, 400) if head is not None else "",
        published=published,
        updated=updated,
        by=_by(near, site),
        crumbs=_linked(tree, _CRUMBS, 8),
        tags=tuple(dict.fromkeys((*_by_relation(tree), *_linked(tree, _TAGS, 40), *_in_line(tree)))),
        standfirst=_standfirst(near),
    )


def is_front_name(name: str, site: str = "") -> bool:
    """Tell whether a crumb leads to the front: `Beranda`, `Home`, or the name of the paper."""
    return name.casefold().strip(" >›/»") in HOME_NAMES or (bool(site) and name.casefold() == site.casefold())


def _head(tree: etree._Element) -> etree._Element | None:
    first = [each for _, each in zip(range(20), tree.iter("h1"), strict=False) if words(each, 400)]
    chosen = next(
        (each for each in first if _TITLED.search(each.get("class", "")) or each.get("itemprop") == "headline"), None
    )
    if chosen is None and first:
        chosen = max(first, key=lambda each: len(words(each, 400)))
    if chosen is not None:
        return chosen
    for each in tree.iter("h2", "div", "span", "td", "p", "font"):
        if _TITLED.search(f"{each.get('class', '')} {each.get('id', '')}") and 10 < len(words(each, 300)) <= 300:
            return each
    return None


def _near(tree: etree._Element, head: etree._Element | None) -> Iterator[etree._Element]:
    """Return the elements around the headline that could be lines: those after it first, then those before."""
    body = tree.find("body")
    whole = [each for each in (body if body is not None else tree).iter() if isinstance(each.tag, str)]
    place = whole.index(head) if head is not None and head in whole else 0
    inside = len(list(head.iter())) if head is not None and place else 0
    for each in (*whole[place + inside : place + inside + _AFTER], *whole[max(0, place - _BEFORE) : place]):
        if each.tag not in _NO_PLACE and not any(up.tag in _NO_PLACE for up in each.iterancestors()):
            yield each


def _dates(near: list[etree._Element], zone: str) -> tuple[Moment | None, Moment | None]:
    published: Moment | None = None
    updated: Moment | None = None
    for each in near:
        line = words(each, _LONGEST)
        if len(line) > _LONGEST or not (line or each.get("datetime")):
            continue
        told = dates.moment(line, zone)
        if each.tag == "time" and (own := dates.moment(each.get("datetime", ""), zone)) is not None:
            told = told if told is not None and told.has_zone and told.has_clock else own
        elif told is None or not (told.has_clock or dates.is_only_date(line)):
            continue
        if _UPDATED.match(line):
            updated = updated or told
        elif published is None or (
            told is not None and told.has_clock and not published.has_clock and told.at.date() == published.at.date()
        ):
            published = told
    return published, updated


def _by(near: list[etree._Element], site: str) -> People:
    found: dict[str, tuple[str, Role]] = {}
    for each in near:
        line = words(each, _LONGEST)
        if not 3 < len(line) <= _LONGEST:
            continue
        named = f"{each.get('class', '')} {each.get('rel', '')} {each.get('itemprop', '')}"
        told = people(line)
        names = (
            told[0]
            if told
            else plain_names(line, site)
            if _NAMED.search(named) and dates.moment(line, "UTC") is None
            else ()
        )
        is_editor = "editor" in named.lower()
        for name, role in names:
            found.setdefault(name.casefold(), (name, "editor" if is_editor else role))
    return tuple(found.values())


def _linked(tree: etree._Element, named: re.Pattern[str], most: int) -> tuple[str, ...]:
    for each in tree.iter("div", "ul", "ol", "nav", "p", "span", "section", "td"):
        if named.search(f"{each.get('class', '')} {each.get('id', '')}") or named.search(each.get("aria-label", "")):
            found = [words(link, 80) for link in each.iter("a")]
            kept = [name.strip(" #»>") for name in found if 0 < len(name) <= 80]
            if kept and len(found) <= most:
                return tuple(dict.fromkeys(kept))
    return ()


def _by_relation(tree: etree._Element) -> Iterator[str]:
    for _, link in zip(
        range(_MOST), (each for each in tree.iter("a") if "tag" in each.get("rel", "").split()), strict=False
    ):
        if 0 < len(name := words(link, 80).strip(" #")) <= 80 and "category" not in link.get("rel", ""):
            yield name


def _in_line(tree: etree._Element) -> Iterator[str]:
    """Return the tags of a line such as `Tags: banjir, demak`."""
    for each in tree.iter("p", "div", "span", "li"):
        text = each.text or next((child.text for child in each if child.text), "") or ""
        if text.lstrip()[:5].lower() in {"tag:", "tags:", "tag :", "tags ", "topik", "kata "}:
            found = TAGS_LINE.fullmatch(words(each, 300))
            if found:
                yield from re.split(r"[,;#|]", found["tags"])
                return


def _standfirst(near: list[etree._Element]) -> str:
    for each in near:
        if each.tag in {"h2", "h3", "p", "div", "span"} and _DECK.search(each.get("class", "")):
            said = words(each, 600)
            if 30 < len(said) <= 600 and dates.moment(said[:60], "UTC") is None:
                return said
    return ""
