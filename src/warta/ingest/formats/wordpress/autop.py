"""Gives text of the classic editor the paragraphs that WordPress makes only when it shows it.

A blank line parts paragraphs, a single one breaks the line, unless it stands beside a block of HTML. Source: WordPress,
wpautop().
"""

import re
from html import escape
from typing import Final
from urllib.parse import urlsplit

_TAG: Final = re.compile(r"(<[^<>]*>)")
_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_BLOCKS: Final = frozenset(
    {"table", "thead", "tfoot", "caption", "col", "colgroup", "tbody", "tr", "td", "th", "div", "dl", "dd", "dt", "ul",
     "ol", "li", "pre", "form", "map", "area", "blockquote", "address", "style", "script", "p", "h1", "h2", "h3", "h4",
     "h5", "h6", "hr", "fieldset", "legend", "section", "article", "aside", "hgroup", "header", "footer", "nav",
     "figure", "figcaption", "details", "menu", "summary", "iframe", "video", "audio", "object", "embed", "br"}
)  # fmt: skip
_EXACT: Final = frozenset({"pre", "script", "style", "textarea"})
_MARKS: Final = frozenset({"a", "b", "strong", "i", "em", "u", "s", "del", "ins", "span", "font", "small", "big"})
_BLANK: Final = re.compile(r"\n[ \t\xa0]*\n\s*")
_LINE: Final = re.compile(r"[ \t]*\n[ \t]*")
_ALONE: Final = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$")
_SHOWS: Final = frozenset(
    {"youtube.com", "youtu.be", "vimeo.com", "twitter.com", "x.com", "instagram.com", "facebook.com", "tiktok.com",
     "soundcloud.com", "open.spotify.com", "dailymotion.com", "dai.ly", "flickr.com", "slideshare.net", "scribd.com",
     "ted.com", "reddit.com", "issuu.com", "bsky.app", "m.youtube.com", "mobile.twitter.com"}
)  # fmt: skip


def with_paragraphs(markup: str) -> str:
    """Return markup with its paragraphs and line breaks, and addresses that stand alone as what they show."""
    pieces = _TAG.split(_ALONE.sub(_shown, markup))
    out: list[str] = []
    exact, marks = "", 0
    for place, piece in enumerate(pieces):
        if place % 2:
            name = _tag(piece)
            is_end = piece.startswith("</")
            if exact:
                exact = "" if is_end and name == exact else exact
            elif name in _EXACT and not is_end:
                exact = name
            if name in _MARKS:
                marks = max(0, marks + (-1 if is_end else 1))
            elif name in _BLOCKS and name != "br":
                marks = 0
            out.append(piece)
        elif exact or "\n" not in piece:
            out.append(piece)
        else:
            before = _tag(pieces[place - 1]) in _BLOCKS if place else True
            after = _tag(pieces[place + 1]) in _BLOCKS if place + 1 < len(pieces) else True
            out.append(_parted(piece, is_marked=marks > 0, is_after_block=before, is_before_block=after))
    return "".join(out)


def _parted(text: str, *, is_marked: bool, is_after_block: bool, is_before_block: bool) -> str:
    text = text.lstrip() if is_after_block else text
    text = text.rstrip() if is_before_block else text
    between = "<br><br>" if is_marked else "<p>"
    return between.join(_LINE.sub("<br>", part) for part in _BLANK.split(text))


def _tag(markup: str) -> str:
    found = _NAME.match(markup)
    return found[1].lower() if found else ""


def _shown(found: re.Match[str]) -> str:
    try:
        host = (urlsplit(found[1].replace("&amp;", "&")).hostname or "").removeprefix("www.")
    except ValueError:
        return found[0]
    if host not in _SHOWS:
        return found[0]
    return f'<iframe src="{escape(found[1].replace("&amp;", "&"))}"></iframe>'
