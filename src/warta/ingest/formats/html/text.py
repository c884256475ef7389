"""Finds the text of a page with trafilatura, and hands it to the parser of bodies as HTML."""

import logging
import re
import unicodedata
from typing import Final

from lxml import etree

from warta.ingest.formats.html import links
from warta.ingest.formats.html.page import Saved, words
from warta.ingest.formats.html.pieces import PARTED, Pieces
from warta.ingest.formats.html.prune import mark_breaks, prune
from warta.ingest.formats.html.read_also import ReadAlso
from warta.ingest.formats.ninjs.fields import Lost, short

_LONG: Final = 80
_PARAGRAPH: Final = 40
_NEARLY_ALL: Final = 0.75
_TEXTS: Final = frozenset({"p", "ul", "ol", "li", "blockquote", "b", "strong", "i", "em"})
_ENOUGH: Final = 0.6


class Text:
    """The text of one page as HTML, its pieces in place; `is_dense` when it is one text and no list of teasers."""

    def __init__(self, page: Saved, lost: Lost) -> None:
        self.pieces = Pieces()
        tree = page.tree
        self.teasers = sum(next(head.iter("a"), None) is not None for head in tree.iter("h2", "h3", "h4"))
        """How many headings are links, as in lists."""
        ReadAlso(tree, self.pieces, page.own, lost).take_out()
        prune(tree)
        self.pieces.lift(tree)
        mark_breaks(tree)
        _straighten(tree, page.own)
        self._figures = self.pieces.figures
        densest = _densest(tree)
        whole = etree.tostring(densest, encoding="unicode", method="html", with_tail=False)
        found = "" if _is_bare(densest) else _extracted(whole)
        is_flat = 2 * found.count("<p>") < len(list(densest.iter("p")))
        if is_flat or len(words_in(found)) < _ENOUGH * len(words_in(whole)):
            found = whole
        self.size = len(re.sub(r"WARTAPIECE\d+X", "", words_in(re.sub(r"<a .*?</a>", "", found, flags=re.DOTALL))))
        self.is_dense = _is_dense(tree)
        self.hero = self._hero(tree, found)
        self.html = self.pieces.put_back(found)
        for piece in self.pieces.missing(whole):
            lost.add(f"dropped: {short(words_in(piece) or piece, 150)}")

    def _hero(self, tree: etree._Element, found: str) -> str:
        """Return the markup of the first figure between headline and text that did not get into the text."""
        head = next(tree.iter("h1"), None)
        is_after = head is None
        figures = {id(stand_in): markup for stand_in, markup in self._figures}
        for element in tree.iter():
            is_after = is_after or element is head
            if not is_after or not isinstance(element.tag, str):
                continue
            if id(element) in figures:
                return "" if f"{element.text}" in found else figures[id(element)]
            if element.tag == "p" and len(words(element, _LONG)) >= _LONG:
                return ""
        return ""


def words_in(html: str) -> str:
    """Return the words of HTML, roughly: for measuring only."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def _extracted(whole: str) -> str:
    """Return what trafilatura takes for the main text in the markup of the densest part of a page.

    Of a whole page it finds no more than paragraphs when it does not know the site's names for the body, and of a short
    text it takes dates and names from around it. Its `extract` would do the same and spend two fifths of an import on a
    fingerprint that nobody reads.
    """
    from trafilatura import bare_extraction  # slow to import, and only needed here
    from trafilatura.htmlprocessing import build_html_output
    from trafilatura.settings import Document, use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")  # else it takes a short text for a failure and flattens the page
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(
            f'<html><body><article><div itemprop="articleBody">{whole}</div></article></body></html>',
            output_format="html",
            fast=True,
            config=config,
            include_comments=False,
            include_tables=True,
            include_images=False,
            include_links=True,
            include_formatting=True,
            with_metadata=False,
        )
        found = build_html_output(document) if isinstance(document, Document) else ""
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, etree.LxmlError):
        return ""  # it was never meant for hostile pages
    inner = re.search(r"<body[^>]*>(.*)</body>", unicodedata.normalize("NFC", found), re.DOTALL)
    return inner[1] if inner else ""


def _densest(tree: etree._Element) -> etree._Element:
    """Return the smallest element that holds nearly all of the long texts outside of links."""
    mass: dict[etree._Element, int] = {}
    linked = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        linked += (event == "start") - (event == "end") if node.tag == "a" else 0
        if event == "start":
            mass[node] = 0
        else:
            mass[node] += sum(mass[child] for child in node if child in mass)
            texts = (node.text, *(child.tail for child in node))
            own = 0 if linked else sum(len(text) for text in texts if text)
            mass[node] += own if own >= _PARAGRAPH else 0
    body = tree.find("body")
    found = body if body is not None else tree
    whole = _NEARLY_ALL * mass[found]
    while found.tag not in _TEXTS:
        inner = max(found, key=lambda child: mass.get(child, 0), default=None)
        if inner is None or inner.tag in _TEXTS or mass.get(inner, 0) <= whole:
            break
        found = inner
    return found


def _is_bare(element: etree._Element) -> bool:
    """Tell whether most of a text stands in no paragraph, only broken by `<br>`: trafilatura loses its blanks."""
    own = sum(len(text.strip()) for text in (element.text, *(child.tail for child in element)) if text)
    return 2 * own > len(words(element))


def _is_dense(tree: etree._Element) -> bool:
    """Tell whether two long paragraphs stand under one parent, or one element holds a long text of its own."""
    counts: dict[etree._Element, int] = {}
    for each in tree.iter("p", "div", "td", "span", "font", "article", "section"):
        own = len(" ".join(filter(None, (each.text, *(child.tail for child in each)))).replace(PARTED, ""))
        parent = each.getparent()
        if each.tag == "p" and parent is not None and len(words(each, _LONG)) >= _LONG and not _is_linked(each):
            counts[parent] = counts.get(parent, 0) + 1
        if own >= 4 * _LONG or (parent is not None and counts.get(parent, 0) >= 2):
            return True
    return False


def _is_linked(element: etree._Element) -> bool:
    return 2 * sum(len(words(link)) for link in element.iter("a")) > len(words(element))


def _straighten(tree: etree._Element, base: str) -> None:
    """Make the links of a mirror whole, which are written relative to the file."""
    if not base.startswith("https://"):
        return
    for link in tree.iter("a"):
        href = link.get("href", "").strip()
        if (
            href
            and not re.match(r"[a-z][a-z0-9+.-]*:|#|/", href, re.IGNORECASE)
            and (whole := links.normal(href, base))
        ):
            link.set("href", whole)
