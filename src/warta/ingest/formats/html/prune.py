"""Removes what is no part of the text: scripts, side lists, advertising, share buttons, boxes about the site."""

import re
from typing import Final

from lxml import etree

from warta.ingest.formats.html.page import words
from warta.ingest.formats.html.phrases import CAPTION_NAMES, NOISE, SIDE_HEADS, SIDE_NAMES
from warta.ingest.formats.html.pieces import PARTED, remove

_NEVER: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "button", "select", "textarea", "object", "ins"}
)
_SIDES: Final = frozenset({"nav", "footer", "aside", "form"})
_FIRM: Final = frozenset({"html", "body", "main", "article", "head", "h1", "td", "tr", "tbody", "table"})
_LINES: Final = frozenset(
    {"p", "div", "center", "section", "li", "h2", "h3", "h4", "h5", "h6", "span", "strong", "b", "a", "small"}
)
_HEADS: Final = frozenset({"h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b", "span", "a", "label", "dt"})
_LOUD: Final = re.compile(r"\s*(?:advertisement|scroll to (?:continue|resume)[^.]{0,40})\s*", re.IGNORECASE)
_MUCH: Final = 0.4
_LONGEST_LINE: Final = 220
_LOUD_ENOUGH: Final = 12


def prune(tree: etree._Element) -> None:
    """Remove furniture from a page."""
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and element.tag in _NEVER:
            remove(element)
    _remove_named(tree)
    _remove_headed(tree)
    _remove_lines(tree)


def mark_breaks(tree: etree._Element) -> None:
    """Mark the double line breaks that part paragraphs."""
    for line_break in list(tree.iter("br")):
        after = line_break.getnext()
        if after is not None and after.tag == "br" and not (line_break.tail or "").strip():
            line_break.tail = f" {PARTED} "
            remove(after)


def _remove_named(tree: etree._Element) -> None:
    said = _unlinked(tree)
    most = _MUCH * max(said.get(tree, 0), 1)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _FIRM or said.get(element, 0) > most:
            continue
        named = f"{element.get('class', '')} {element.get('id', '')}"
        is_side = element.tag in _SIDES or any(
            SIDE_NAMES.fullmatch(part) for part in re.split(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])", named[:500]) if part
        )
        if is_side and not CAPTION_NAMES.search(named) and _is_apart(element):
            remove(element)


def _is_apart(element: etree._Element) -> bool:
    return next(element.iter("h1"), None) is None and all(each.tag != "figure" for each in element.iterancestors())


def _unlinked(tree: etree._Element) -> dict[etree._Element, int]:
    """Return how many characters outside of links each element has."""
    counts: dict[etree._Element, int] = {}
    within = 0
    open_: list[int] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            within += node.tag == "a"
            open_.append(0 if within else len((node.text or "").strip()))
        else:
            within -= node.tag == "a"
            counts[node] = own = open_.pop()
            if open_:
                open_[-1] += own + (0 if within else len((node.tail or "").strip()))
    return counts


def _remove_headed(tree: etree._Element) -> None:
    """Remove side lists by their heading: the box around it, or what follows as long as it is links."""
    said = _unlinked(tree)
    much = 0.2 * max(said.get(tree, 0), 1)
    for head in list(tree.iter(*_HEADS)):
        if not SIDE_HEADS.fullmatch(words(head, 50).strip(" :»>")) or head.getparent() is None:
            continue
        top, parent = head, head.getparent()
        while parent is not None and parent.tag not in _FIRM and words(parent, 60) == words(head, 60):
            top, parent = parent, parent.getparent()
        if parent is not None and parent.tag not in _FIRM and said.get(parent, 0) <= much and _is_apart(parent):
            remove(parent)
            continue
        after = top.getnext()
        while after is not None and _is_mostly_links(after):
            following = after.getnext()
            remove(after)
            after = following
        remove(top)


def _is_mostly_links(element: etree._Element) -> bool:
    whole = len(words(element, 4_000))
    if not whole and next(element.iter("img", "iframe", "video"), None) is not None:
        return next(element.iter("a"), None) is not None
    linked = sum(len(words(link, 4_000)) for link in element.iter("a"))
    return not whole or linked >= 0.6 * whole


def _remove_lines(tree: etree._Element) -> None:
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.text and _LOUD.fullmatch(element.text):
            element.text = ""
        if element.tail and _LOUD.fullmatch(element.tail):
            element.tail = ""
        if element.tag not in _LINES or element.getparent() is None:
            continue
        line = words(element, _LONGEST_LINE)
        if not 0 < len(line) <= _LONGEST_LINE or NOISE.fullmatch(line) is None:
            continue
        is_inline = element.tag in {"span", "strong", "b", "a", "small"}
        is_short = is_inline or any(each.tag in {"table", "figure", "ol"} for each in element.iterancestors())
        if len(line) >= _LOUD_ENOUGH or not is_short:
            remove(element)
