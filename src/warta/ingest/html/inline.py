"""One run of text with its marks (bold, italic, link), on its way to a paragraph, heading, cell or list item."""

import html
import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import nh3

from warta.lexicon import links

_TAGS: Final = {"p", "b", "i", "a", "br", "ul", "ol", "li"}
_MOST_MARKS: Final = 8
_TAG: Final = re.compile(r"<[^<>]*>")


_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_SELDOM: Final = ("  ", "\n", "\t", "\r", "\f")


def sieve(markup: str) -> str:
    """Let only the marks of a paragraph or list through, and links to http, https, mailto or within the site."""
    return nh3.clean(markup, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=set(links.SCHEMES), link_rel=None)


def plain(markup: str) -> str:
    """Return the words of sieved markup; a line break becomes a space."""
    words = _TAG.sub("", markup.replace("<br>", " ")) if "<" in markup else markup
    return " ".join(html.unescape(words).split())


def link(href: str) -> str:
    """Return the address of a link as the standard wants it, or nothing when it leads nowhere or its scheme is odd."""
    return links.written(href)


def within(href: str, home: Collection[str]) -> str:
    """Return a link to one of the hosts of `home` as path, query and fragment; any other link as it is."""
    if not home or "//" not in href:
        return href
    try:
        parts = urlsplit(href)
        is_home = parts.scheme.lower() in {"", "http", "https"} and (parts.hostname or "") in home
    except ValueError:
        return href
    return f"/{urlunsplit(('', '', parts.path, parts.query, parts.fragment)).lstrip('/')}" if is_home else href


def web(address: str) -> str:
    """Return an http(s) address as the standard wants it, or nothing when it is none."""
    whole = links.written(address)
    whole = f"https:{whole}" if whole.startswith("//") else whole
    return whole if whole.startswith(("http:", "https:")) else ""


def _trimmed(markup: str) -> str:
    start, end = 0, len(markup)
    while start < end and (markup[start].isspace() or markup.startswith("<br>", start)):
        start += 1 if markup[start].isspace() else len("<br>")
    while start < end and (markup[end - 1].isspace() or markup.endswith("<br>", start, end)):
        end -= 1 if markup[end - 1].isspace() else len("<br>")
    return markup[start:end]


class Run:
    """Text as it comes in; marks open when text needs them and are always closed, so none is empty or misnested."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._marks: list[tuple[str, str]] = []
        self._shown = 0

    def mark(self, name: str, opening: str) -> None:
        """Begin a mark: `name` is b, i or a, `opening` its start tag. A link ends the link before it."""
        if name == "a":
            self.unmark("a")
        if len(self._marks) < _MOST_MARKS and (name, opening) not in self._marks:
            self._marks.append((name, opening))

    def unmark(self, name: str) -> None:
        """End the innermost mark of this name; marks within it go on in the text that follows."""
        for place in range(len(self._marks) - 1, -1, -1):
            if self._marks[place][0] == name:
                self._hide(place)
                del self._marks[place]
                return

    def add(self, words: str, *, exact: bool = False) -> None:
        """Add plain text; blanks collapse unless `exact`, where each line ends in a break."""
        if exact:
            lines = [html.escape(line, quote=False) for line in words.split("\n")]
            self._show(bool(words.strip()))
            self._pieces.append("<br>".join(lines))
            return
        text = _BLANKS.sub(" ", words) if any(blanks in words for blanks in _SELDOM) else words
        if text == " ":
            if self._pieces:
                self._pieces.append(" ")
            return
        self._show(bool(text))
        self._pieces.append(html.escape(text, quote=False))

    def line_break(self) -> bool:
        """Break the line; True when the line before is empty, which is how old archives part paragraphs."""
        last = next((piece for piece in reversed(self._pieces[-2:]) if piece != " "), "")
        self._pieces.append("<br>")
        return last == "<br>"

    def finish(self) -> str:
        """Return the run as sieved markup, empty when it says nothing, and begin the next with the marks still open."""
        self._hide(0)
        markup = "".join(self._pieces)
        self._pieces.clear()
        if not plain(markup):
            return ""
        return _trimmed(sieve(markup) if "<" in markup else markup)

    def end_marks(self) -> None:
        """Forget the marks that are still open, as at the end of a table cell or list."""
        self._hide(0)
        self._marks.clear()

    def _show(self, is_wanted: bool) -> None:
        if is_wanted:
            self._pieces.extend(opening for _, opening in self._marks[self._shown :])
            self._shown = len(self._marks)

    def _hide(self, down_to: int) -> None:
        while self._shown > down_to:
            self._shown -= 1
            self._pieces.append(f"</{self._marks[self._shown][0]}>")
