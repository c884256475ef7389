"""Pictures, embeds, tables and `Baca juga` are lifted out of a page before its text is looked for, and put back after.

A reader of main texts keeps paragraphs and drops much of what stands between them; a word it cannot know stands in for
each piece meanwhile.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import Final

from lxml import etree

from warta.ingest.formats.html.page import words
from warta.ingest.formats.html.phrases import CAPTION_NAMES, ICON_NAMES

PARTED: Final = "¶w¶"
"""Stands for two line breaks, which part paragraphs."""

_STAND_IN: Final = re.compile(r"<p>\s*WARTAPIECE(\d{1,5})X\s*</p>|WARTAPIECE(\d{1,5})X")
_SOURCES: Final = (
    "src",
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-img",
    "data-url",
    "data-full-url",
)
_MOST: Final = 2_000
_LONGEST_CAPTION: Final = 600
_SOCIAL: Final = re.compile(r"twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|fb-post")
_NO_EMBED: Final = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|adservice|recaptcha|facebook\.com/(?:plugins/(?:like|share|page)|tr)|"
    r"about:blank|platform\.twitter\.com/widgets|disqus|taboola|outbrain|mgid",
    re.IGNORECASE,
)
_HOLDERS: Final = frozenset(
    {
        "a",
        "span",
        "div",
        "p",
        "center",
        "picture",
        "em",
        "strong",
        "b",
        "amp-img",
        "section",
        "td",
        "tr",
        "tbody",
        "table",
    }
)
_CELLS: Final = frozenset({"td", "tr", "tbody"})


class Pieces:
    """The pieces of one page."""

    def __init__(self) -> None:
        self._markup: list[str] = []
        self._back: set[int] = set()
        self.pictures: list[tuple[str, ...]] = []
        """Per number the addresses under which a picture may be found, the best first."""
        self.figures: list[tuple[etree._Element, str]] = []
        """What stands in for each figure, and the figure's markup, in the page's order."""

    def add(self, markup: str) -> etree._Element | None:
        """Keep a piece; return the paragraph that stands in for it."""
        if len(self._markup) >= _MOST:
            return None
        paragraph = etree.Element("p")
        paragraph.text = f"WARTAPIECE{len(self._markup)}X"
        self._markup.append(markup)
        return paragraph

    def put_back(self, html: str) -> str:
        """Return HTML with each piece in its place, at most once."""
        return _STAND_IN.sub(self._piece, html).replace(PARTED, "<br><br>")

    def missing(self, whole: str) -> Iterator[str]:
        """Return the markup of the pieces that stood in `whole` and were not put back."""
        for found in _STAND_IN.finditer(whole):
            number = int(found[1] or found[2])
            if number not in self._back and number < len(self._markup):
                yield self._markup[number]

    def _piece(self, found: re.Match[str]) -> str:
        number = int(found[1] or found[2])
        if number in self._back or number >= len(self._markup):
            return ""
        self._back.add(number)
        return self._markup[number]

    def lift(self, tree: etree._Element) -> None:
        """Take figures, pictures, embeds and tables of data out of the tree."""
        for figure in list(tree.iter("figure")):
            if figure.getparent() is not None and next(figure.iter("img", "amp-img"), None) is not None:
                self._lift_figure(figure)
        for image in list(tree.iter("img", "amp-img")):
            if image.getparent() is not None:
                self._lift_image(image)
        for embed in list(tree.iter("iframe", "video", "audio", "blockquote", "table")):
            if embed.getparent() is not None and _is_piece(embed):
                if embed.tag == "blockquote" or not _NO_EMBED.search(embed.get("src") or embed.get("data-src") or ""):
                    self._replace(embed, etree.tostring(embed, encoding="unicode", method="html", with_tail=False))
                else:
                    remove(embed)

    def _replace(self, element: etree._Element, markup: str) -> etree._Element | None:
        stand_in = self.add(markup)
        parent = element.getparent()
        if stand_in is None or parent is None:
            return None
        stand_in.tail, element.tail = element.tail, None
        parent.replace(element, stand_in)
        return stand_in

    def _lift_image(self, image: etree._Element) -> None:
        if is_icon(image):
            remove(image)
            return
        holder = at = image
        while (parent := at.getparent()) is not None and parent.tag in _HOLDERS:
            if (
                len(list(islice(parent.iter("img", "h1"), 2))) > 1
                or len(words(parent, _LONGEST_CAPTION)) > _LONGEST_CAPTION
            ):
                break
            if parent.tag not in {"a", "picture"} and not _is_caption(parent):
                break
            at = parent
            holder = holder if at.tag in _CELLS else at
        after = holder.getnext()
        caption = ""
        if after is not None and CAPTION_NAMES.search(_named(after)) and not words(holder, 10):
            caption = words(after, _LONGEST_CAPTION)
        if after is not None and 0 < len(caption) <= _LONGEST_CAPTION:
            remove(after)
        self._lift_figure(holder, caption[:_LONGEST_CAPTION])

    def _lift_figure(self, figure: etree._Element, caption: str = "") -> None:
        markup = "".join(self._image(image) for image in figure.iter("img", "amp-img") if not is_icon(image))
        embeds = "".join(
            etree.tostring(each, encoding="unicode", method="html", with_tail=False) for each in figure.iter("iframe")
        )
        said = words(figure, 2_000) or caption
        credit = next((text for each in figure.iter() if _is_credit(each) and (text := words(each, 200))), "")
        if credit and credit != said and said.endswith(credit):
            said = said[: -len(credit)].strip()
        else:
            credit = ""
        told = f"<figcaption>{escape(said)}</figcaption>" if said else ""
        whole = f"<figure>{markup}{embeds}{told}{escape(credit)}</figure>"
        if markup or embeds:
            stand_in = self._replace(figure, whole)
            if stand_in is not None and markup:
                self.figures.append((stand_in, whole))

    def _image(self, image: etree._Element) -> str:
        self.pictures.append(tuple(dict.fromkeys(candidates(image))))
        alt = image.get("alt", "")
        return f'<img src="{len(self.pictures) - 1}" alt="{escape(alt[:300])}">'


def remove(element: etree._Element) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def is_icon(image: etree._Element) -> bool:
    """Tell whether a picture is furniture: a logo, an avatar, a counter."""
    sizes = [
        int(size)
        for key in ("width", "height")
        if (size := image.get(key, "").removesuffix("px")).isdecimal() and len(size) < 6
    ]
    address = next(candidates(image), "")
    return (
        min(sizes, default=999) < 60
        or not address
        or ICON_NAMES.search(f"{_named(image)} {address.rpartition('/')[2]}") is not None
    )


def candidates(image: etree._Element) -> Iterator[str]:
    """Return the addresses of a picture, the widest first."""
    parent = image.getparent()
    others = parent.iter("source") if parent is not None and parent.tag == "picture" else ()
    sets = [each.get(key, "") for each in (image, *others) for key in ("srcset", "data-srcset", "data-lazy-srcset")]
    sized = []
    for part in re.split(r",\s+|,(?=https?://|/)", " , ".join(said for said in sets if said)[:20_000]):
        address, _, size = part.strip(" ,").partition(" ")
        number = re.match(r"\d{1,5}", size.strip())
        if address:
            sized.append((-int(number[0]) if number else 0, address))
    for _, address in sorted(sized):
        if not address.startswith("data:"):
            yield address
    for key in _SOURCES:
        if (address := image.get(key, "").strip()) and not address.startswith("data:"):
            yield address


def _is_piece(element: etree._Element) -> bool:
    if element.tag == "blockquote":
        return _SOCIAL.search(element.get("class", "")) is not None
    if element.tag != "table":
        return True
    rows = list(element.iter("tr"))
    is_layout = any(next(element.iter(tag), None) is not None for tag in ("h1", "table", "iframe")) and (
        next(element.iterdescendants("table"), None) is not None or next(element.iter("h1"), None) is not None
    )
    cells = [len(words(cell, 200)) for row in rows[:50] for cell in row.iter("td", "th")]
    return not is_layout and len(rows) >= 2 and len(cells) >= 2 * len(rows[:50]) and max(cells, default=0) <= 200


def _named(element: etree._Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _is_caption(holder: etree._Element) -> bool:
    """Tell whether all that is said beside a picture is its caption."""
    said = len(words(holder, _LONGEST_CAPTION))
    if holder.tag == "table":
        return said <= _LONGEST_CAPTION // 2 and bool(holder.get("align") or CAPTION_NAMES.search(_named(holder)))
    named = [each for each in holder.iter() if isinstance(each.tag, str) and _names_caption(each)]
    outer = [each for each in named if not any(_names_caption(up) for up in each.iterancestors())]
    return said - sum(len(words(each, _LONGEST_CAPTION)) for each in outer) <= 3


def _names_caption(element: etree._Element) -> bool:
    return element.tag in {"small", "figcaption"} or CAPTION_NAMES.search(_named(element)) is not None


def _is_credit(element: etree._Element) -> bool:
    return (
        re.search(r"credit|kredit|copyright|source|photographer|fotografer", element.get("class", ""), re.IGNORECASE)
        is not None
    )
