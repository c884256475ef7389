"""Takes `Baca juga` out of the text: the label and the links right after it, and never the words that follow."""

import re
from html import escape
from typing import Final

from lxml import etree

from warta.ingest.formats.html import links
from warta.ingest.formats.html.page import words
from warta.ingest.formats.html.phrases import READ_ALSO_END, READ_ALSO_START
from warta.ingest.formats.html.pieces import Pieces, remove
from warta.ingest.formats.ninjs.fields import Lost, short

_BLOCKS: Final = frozenset(
    {"p", "div", "li", "ul", "ol", "td", "th", "tr", "table", "blockquote", "section", "aside", "article", "center",
     "body", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dd", "main", "header", "html", "figure", "tbody"}
)  # fmt: skip
_PARAGRAPHS: Final = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dd"})
_FIRM: Final = frozenset({"body", "html", "article", "main", "td", "tr"})
_SAYS: Final = re.compile(r"\w")
_LONGEST: Final = 200
_MOST: Final = 500


class ReadAlso:
    """Works on one page, whose address is `base`."""

    def __init__(self, tree: etree._Element, pieces: Pieces, base: str, lost: Lost) -> None:
        self._tree = tree
        self._pieces = pieces
        self._base = base
        self._lost = lost

    def take_out(self) -> None:
        """Put one paragraph for each link within the site in place of the label and its links; note the others."""
        count = 0
        for element in list(self._tree.iter()):
            if not isinstance(element.tag, str) or element.tag in {"script", "style", "title", "noscript"}:
                continue
            for slot in ("text", "tail"):
                text = element.text if slot == "text" else element.tail
                if text and count < _MOST and (READ_ALSO_START.match(text) or READ_ALSO_END.search(text)):
                    count += self._is_inside(element) and self._at(element, slot)

    def _at(self, element: etree._Element, slot: str) -> bool:
        block = element if slot == "text" else element.getparent()
        while block is not None and block.tag not in _BLOCKS:
            block = block.getparent()
        text = (element.text if slot == "text" else element.tail) or ""
        label = READ_ALSO_START.match(text) or READ_ALSO_END.search(text)
        if block is None or label is None:
            return False
        rest = text[label.end() :]
        own = (
            next((each for each in (element, *element.iterancestors()) if each.tag == "a"), None)
            if slot == "text"
            else None
        )
        found = [own] if own is not None else [] if _SAYS.search(rest) else _following(block, element, slot)
        if found:
            before = text[: label.start()] if not READ_ALSO_START.match(text) else ""
            is_first = not _SAYS.search(before) and _is_first(block, element)
            if block.tag in _PARAGRAPHS:
                self._links(block, found, label=label[0], is_first=is_first)
            elif _is_all(block, label[0], found if own is None else []):
                self._links(_outermost(block), found, label=label[0], is_first=True)
            else:
                place = _stand_in(element, slot, is_inside=bool(_SAYS.search(before)))
                self._links(place, found, label=label[0], is_first=True)
            if own is None:
                _set(element, slot, before)
            self._tidy(block)
            return True
        if words(block, _LONGEST) == words_of(label[0]):
            return self._list_after(block)
        whole = words(block, _LONGEST)
        if ":" in label[0] and len(whole) <= _LONGEST and READ_ALSO_START.match(whole):
            self._lost.add(f"baca juga: {short(whole[label.end() :] or whole, 150)}")
            remove(block)
            return True
        return False

    def _links(self, block: etree._Element, found: list[etree._Element], *, label: str, is_first: bool) -> None:
        place = block
        for link in found:
            title = words(link, 400)
            title = title[len(words_of(label)) :].strip(" :»>-") if title.startswith(words_of(label)) else title
            paragraph = self._paragraph(link.get("href", ""), title)
            parent = place.getparent()
            if paragraph is not None and parent is not None:
                if is_first:
                    parent.insert(parent.index(block), paragraph)
                else:
                    paragraph.tail, place.tail = place.tail, None
                    parent.insert(parent.index(place) + 1, paragraph)
                    place = paragraph
            last = link.tail
            link.tail = re.sub(r"^\s*[)\],;|]+", "", last) if last else last
            remove(link)

    def _paragraph(self, href: str, title: str) -> etree._Element | None:
        address = links.normal(href, self._base)
        is_path = bool(re.match(r"/(?!/)", href.strip()))
        if not title:
            return None
        if is_path or (address and links.host(address) in links.home(self._base)):
            target = re.sub(r"^https://[^/]+", "", address) if address else href.strip()
            return self._pieces.add(f'<p>Baca juga: <a href="{escape(target)}">{escape(title)}</a></p>')
        self._lost.add(f"baca juga: {short(href, 90)} {short(title, 90)}")
        return None

    def _list_after(self, block: etree._Element) -> bool:
        """Take the list, box or paragraph of links that follows a block which is the label alone."""
        while (block.tail or "").strip() == "" and block.getnext() is None:
            parent = block.getparent()
            if parent is None or words(parent, _LONGEST) != words(block, _LONGEST):
                return False
            block = parent
        after = block.getnext()
        if _SAYS.search(block.tail or "") or after is None or not _is_links(after):
            return False
        found = [after] if after.tag == "a" else list(after.iter("a"))
        self._links(block, found[:10], label="", is_first=True)
        if after.getparent() is not None:
            remove(after)
        remove(block)
        return True

    def _tidy(self, block: etree._Element) -> None:
        """Remove a block that says nothing any more, and those around it that held it alone."""
        while (
            block.tag not in {"body", "html", "td"}
            and not words(block, 40)
            and next(block.iter("img", "iframe"), None) is None
        ):
            parent = block.getparent()
            if parent is None:
                return
            remove(block)
            block = parent

    def _is_inside(self, element: etree._Element) -> bool:
        return element is self._tree or any(each is self._tree for each in element.iterancestors())


def words_of(label: str) -> str:
    """Return a label as it stands in the words of an element."""
    return " ".join(label.split())


def _is_all(block: etree._Element, label: str, found: list[etree._Element]) -> bool:
    """Tell whether a block says no more than a label and its links; a label within its link has none besides."""
    said = [words(block, 2_000), label, *(words(link, 2_000) for link in found)]
    whole, *parts = (len(re.findall(r"\w", each)) for each in said)
    return whole == sum(parts) or (not found and len(list(block.iter("a"))) == 1 and _is_links(block))


def _outermost(block: etree._Element) -> etree._Element:
    """Return the outermost box that says no more than a block does."""
    said = words(block, _LONGEST)
    while (parent := block.getparent()) is not None and parent.tag not in _FIRM and words(parent, _LONGEST) == said:
        block = parent
    return block


def _stand_in(element: etree._Element, slot: str, is_inside: bool) -> etree._Element:
    """Return an empty element at the place of a label; `is_inside` when words stand before it in its own element."""
    mark: etree._Element = element.makeelement("span")
    parent = element.getparent()
    if parent is None or (slot == "text" and (is_inside or element.tag in _BLOCKS)):
        element.insert(0, mark)
    else:
        parent.insert(parent.index(element) + (slot == "tail"), mark)
    return mark


def _following(block: etree._Element, element: etree._Element, slot: str) -> list[etree._Element]:
    """Return the links that follow a label within its block before any other words."""
    found: list[etree._Element] = []
    inside: etree._Element | None = None
    is_on = False
    for event, node in etree.iterwalk(block, events=("start", "end")):
        if not is_on:
            is_on = node is element and event == ("start" if slot == "text" else "end")
            continue
        if event == "start" and inside is None:
            if node.tag == "a" and node.get("href"):
                inside = node
                found.append(node)
            elif (node.tag in _BLOCKS and not _is_links(node)) or _SAYS.search(node.text or ""):
                break
        elif event == "end":
            inside = None if node is inside else inside
            if inside is None and node is not block and _SAYS.search(node.tail or ""):
                break
    return found


def _is_links(element: etree._Element) -> bool:
    said = "".join(re.findall(r"\w", words(element, 2_000)))
    if element.tag == "a":
        return bool(said)
    linked = "".join("".join(re.findall(r"\w", words(link, 2_000))) for link in element.iter("a") if link.get("href"))
    return bool(linked) and len(said) - len(linked) <= 3


def _is_first(block: etree._Element, element: etree._Element) -> bool:
    """Tell whether nothing is said in a block before an element."""
    for event, node in etree.iterwalk(block, events=("start", "end")):
        if node is element:
            return not (event == "end" and _SAYS.search(words(node, 10)))
        if _SAYS.search((node.text if event == "start" else node.tail) or ""):
            return False
    return True


def _set(element: etree._Element, slot: str, text: str) -> None:
    if slot == "text":
        element.text = text
    else:
        element.tail = text
