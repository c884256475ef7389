"""One saved page: its bytes become a tree, and what its head says of its address is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import lxml.html
from charset_normalizer import from_bytes
from lxml import etree

from warta.ingest.formats.html import links
from warta.ingest.formats.html.meta import Head, addresses
from warta.ingest.formats.ninjs.fields import clean, line

LARGEST: Final = 2_000_000
"""Bytes that one page may have."""

_HEAD: Final = 4_096
_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})|"
    rb"<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_SAVED: Final = re.compile(r"saved from url=\(\d{1,8}\)(\S{1,2000})", re.IGNORECASE)
_MIRRORED: Final = re.compile(r"mirrored from (\S{1,2000}) by httrack", re.IGNORECASE)
_PAGING: Final = re.compile(
    r"\d{1,2}|[«»‹›<>]{1,2}|(?:halaman|page|hal\.?)?\s*(?:selanjutnya|berikutnya|sebelumnya|next|prev(?:ious)?|lanjut|\d{1,2})"
    r"(?:\s*(?:halaman|page))?\s*[«»‹›<>→←]{0,2}|(?:lihat|tampilkan|show|baca|view)?\s*(?:semua|all|single)(?:\s*(?:halaman|page|pages))?",
    re.IGNORECASE,
)
_MOST_LINKS: Final = 20_000
_MOST_PAGING: Final = 100
_DEEPEST: Final = 200
_MOST_ELEMENTS: Final = 20_000


class UnreadableError(ValueError):
    """A page cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Paging:
    """A link to another page of the same story: `kind` is next, prev or page."""

    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as a tree, with its addresses: where it was fetched (may be empty) and its canonical one (likewise)."""

    tree: etree._Element
    address: str
    canonical: str

    @property
    def own(self) -> str:
        """The best address that is known."""
        return self.address or self.canonical


def saved(raw: bytes, *, charset: str = "", address: str = "", guess: str = "") -> Saved:
    """Read a page; `charset` and `address` are what the server said of it, `guess` an address to take if none is told.

    Raises: UnreadableError.
    """
    if len(raw) > LARGEST:
        raise UnreadableError(f"has more than {LARGEST:,} bytes: no article is that long")
    tree = _tree(decoded(raw, charset))
    own = links.normal(address) or _fetched(tree) or links.normal(guess)
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    return Saved(tree, own, _canonical(tree, own) or ("" if own else _told(tree)))


def decoded(raw: bytes, charset: str = "") -> str:
    """Return the text of a page: by byte order mark, the server's word, the page's own word, UTF-8, or by detection."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    told = _CHARSET.search(raw[:_HEAD])
    own = (told[1] or told[2]).decode("ascii", "replace") if told else ""
    for name in (charset, own, "utf-8"):
        try:
            text = raw.decode("utf-8-sig" if name.lower() in {"utf-8", "utf8"} else name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        if name.lower() not in {"iso-8859-1", "latin-1", "latin1"}:
            return text
        return raw.decode("cp1252", "replace")  # what browsers read when a page says Latin 1 (WHATWG Encoding, 4.2)
    if charset or own:
        for name in (own, charset):
            if name.lower().startswith(("utf-8", "utf8", "windows-125")):
                return raw.decode(name, "replace")
    best = from_bytes(raw[:65_536]).best()
    return raw.decode(best.encoding if best else "cp1252", "replace")


def paging(page: Saved) -> tuple[Paging, ...]:
    """Return the links to other pages of the same story: by relation, or by their words and a fitting address."""
    found: dict[tuple[str, str], None] = {}
    base = page.own
    stories = {links.key(each.story) for own in (page.address, page.canonical) if own for each in links.readings(own)}
    for count, link in enumerate(page.tree.iter("a", "link")):
        if count > _MOST_LINKS or len(found) >= _MOST_PAGING:
            break
        href = link.get("href", "")
        if not href or href.startswith(("#", "javascript:")):
            continue
        rel = link.get("rel", "").lower().split()
        kind = "next" if "next" in rel else "prev" if "prev" in rel or "previous" in rel else ""
        if not kind and (link.tag == "link" or not _PAGING.fullmatch(words(link, 60) or link.get("title", ""))):
            continue
        address = links.normal(href, base)
        if address and links.key(address) != links.key(base):
            fits = any(links.key(each.story) in stories for each in links.readings(address))
            if kind or fits:
                found[kind or "page", address] = None
    return tuple(Paging(*each) for each in found)


def words(element: etree._Element, most: int = 0) -> str:
    """Return the words of an element as one line, cut when `most` characters are exceeded."""
    pieces: list[str] = []
    size = 0
    for text in texts(element):
        pieces.append(text)
        size += len(text)
        if most and size > 4 * most:
            break
    whole = line("".join(pieces))
    return whole[: most + 1] if most else whole


def texts(element: etree._Element) -> Iterator[str]:
    """Return the texts of an element, scripts, styles and comments left out; a line break becomes a blank."""
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        is_silent = not isinstance(node.tag, str) or node.tag in {"script", "style", "noscript", "template"}
        if event == "start" and not is_silent and node.text:
            yield node.text
        elif event == "start" and node.tag == "br":
            yield " "
        if event != "start" and node is not element and node.tail:
            yield f" {node.tail}" if node.tag in _BLOCKS else node.tail


_BLOCKS: Final = frozenset(
    {"p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "tr", "figcaption", "ul", "ol", "section"}
)


def _tree(text: str) -> etree._Element:
    data = clean(text).encode("utf-8", "replace")
    if not data.strip():
        raise UnreadableError("is empty")
    try:
        tree = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError) as wrong:
        raise UnreadableError(f"is no HTML: {line(str(wrong))[:80]}") from wrong
    depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            raise UnreadableError(f"is nested more than {_DEEPEST} deep, or has more than {_MOST_ELEMENTS:,} elements")
    return tree


def _fetched(tree: etree._Element) -> str:
    """Return the address in a browser's or a mirror's comment."""
    root = tree.getroottree().getroot()
    before: list[etree._Element] = []
    sibling = root.getprevious()
    while sibling is not None and len(before) < 20:
        before.append(sibling)
        sibling = sibling.getprevious()
    inside = (node for _, node in zip(range(40), root.iter(etree.Comment), strict=False))
    for node in (*before, *inside):
        if not isinstance(node, etree._Comment) or not node.text:
            continue
        if saved_from := _SAVED.search(node.text):
            return links.normal(saved_from[1])
        if mirrored := _MIRRORED.search(node.text):
            return links.normal(mirrored[1] if "//" in mirrored[1] else f"https://{mirrored[1]}")
    return ""


def _told(tree: etree._Element) -> str:
    """Return the address that JSON-LD gives the article, for a page that gives itself none."""
    article = Head(tree).article
    told = (address for key in ("mainEntityOfPage", "url", "@id") for address in addresses(article.get(key)))
    return next((address for href in told if (address := links.normal(href))), "")


def _canonical(tree: etree._Element, own: str) -> str:
    """Return the canonical address, unless it is another site's, or the front of the site for a page that is not."""
    told = [link.get("href", "") for link in tree.iter("link") if "canonical" in link.get("rel", "").lower().split()]
    told += [meta.get("content", "") for meta in tree.iter("meta") if meta.get("property", "").lower() == "og:url"]
    for href in told[:4]:
        address = links.normal(href, own)
        if not address or (own and not links.home(own) & links.home(address)):
            continue
        if not links.is_front(address) or links.is_front(own) or not own:
            return address
    return ""
