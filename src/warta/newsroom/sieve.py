"""What HTML may enter a paragraph: a few inline marks and lists, and links that lead somewhere honest."""

import re
from typing import Final

import nh3

from warta.lexicon import links

_TAGS: Final = {"p", "b", "i", "a", "br", "ul", "ol", "li"}
_STRONG: Final = re.compile(r"<(/?)strong\b", re.IGNORECASE)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PLAIN: Final = re.compile(r"<p>[^<>&\x00-\x08\x0b-\x1f\x7f\xa0\ud800-\udfff]*</p>")
"""A paragraph without marks, as most are, which would come out as it went in."""
_EM: Final = re.compile(r"<(/?)em\b", re.IGNORECASE)


def inline_html(html: str) -> str:
    """Return HTML that holds only `p b i a[href] br ul ol li`; all else loses its tags, scripts their text too.

    Addresses of links are put right; what no browser could follow is none.
    """
    if _PLAIN.fullmatch(html):
        return html
    clean = _clean(_CONTROLS.sub("", html))
    if _CONTROLS.search(clean):  # written as `&#8;`; once they are gone, what they split may be something else
        clean = _clean(_CONTROLS.sub("", clean))
    return clean


def _clean(html: str) -> str:
    return nh3.clean(
        _EM.sub(r"<\1i", _STRONG.sub(r"<\1b", html)),
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_href,
        url_schemes=set(links.SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def _href(tag: str, name: str, address: str) -> str | None:
    return links.written(address) or None
