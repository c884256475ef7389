"""Makes HTML of shortcodes. Those that show something known are carried over; of the others the text within stays.

Which words in brackets are shortcodes only the old site knew. Here they are: those that WordPress and well-known
plugins have, those with `name="value"`, those that are closed by `[/name]`, those with an underscore. `[sic]` is text.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final, NamedTuple

from warta.ingest.formats.ninjs.fields import Lost, short

_CODE: Final = re.compile(
    r"(?P<left>\[?)\[(?P<end>/?)(?P<name>[A-Za-z][\w-]{0,60})(?P<rest>(?:[\s=/][^\[\]]*)?)\](?P<right>\]?)"
)
_PAIR: Final = re.compile(
    r"""(?<![\w-])([A-Za-z][\w-]{0,60})\s*=\s*(?:"([^"]*)"|'([^']*)'|[“”″]([^“”″]*)[“”″]|([^\s"'“”″]+))"""
)
_PICTURE: Final = re.compile(r"\s*(?:<a\b[^<>]*>)?\s*(<img\b[^<>]*>)\s*(?:</a>)?")
_SOURCE: Final = re.compile(r"""\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_WEB: Final = re.compile(r"https?://[^\s<>\"'\[\]]+")
_SIZE: Final = re.compile(r"&[wh]=\d+")
_IDENTITY: Final = re.compile(r"[\w-]{6,20}", re.ASCII)
_CAPTIONS: Final = frozenset({"caption", "wp_caption"})
_EMBEDS: Final = frozenset(
    {"embed", "youtube", "youtube_sc", "vimeo", "video", "audio", "soundcloud", "spotify", "dailymotion", "tweet",
     "twitter", "instagram", "facebook", "tiktok", "googlemaps", "slideshare", "scribd", "ted", "flickr"}
)  # fmt: skip
_BY_IDENTITY: Final = {
    "youtube": "https://www.youtube.com/watch?v=",
    "youtube_sc": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "dailymotion": "https://www.dailymotion.com/video/",
    "instagram": "https://www.instagram.com/p/",
}
_KNOWN: Final = _CAPTIONS | _EMBEDS | {
    "gallery", "playlist", "contact-form", "contact-form-7", "related-posts", "instagram-feed", "polldaddy", "poll",
    "archives", "sitemap", "recaptcha", "adrotate", "adsense", "toc", "dropcap",
}  # fmt: skip
_DEEPEST: Final = 8


def figure(number: int) -> str:
    """Return the markup that shows an attachment, which `Pictures.in_body` knows by this address."""
    return f'<figure><img src="attachment:{number}"></figure>'


class _Code(NamedTuple):
    found: re.Match[str]
    name: str
    is_end: bool


class Shortcodes:
    """Replaces the shortcodes of one item: `attached` gives its pictures, `learn` takes picture numbers."""

    def __init__(self, attached: Callable[[], list[int]], learn: Callable[[str, int], None], lost: Lost) -> None:
        self._attached = attached
        self._learn = learn
        self._lost = lost

    def html(self, markup: str, depth: int = 0) -> str:
        """Return markup without shortcodes."""
        if "[" not in markup:
            return markup
        codes = list(_codes(markup))
        ends = _ends(codes)
        closed = {codes[end].name for end in ends.values()}
        out: list[str] = []
        at = 0
        for place, code in enumerate(codes):
            found = code.found
            if found.start() < at:
                continue
            if found["left"] and found["right"]:  # Source: WordPress, Shortcode API: [[name]] shows [name]
                out.append(markup[at : found.start()] + found[0][1:-1])
                at = found.end()
                continue
            if not _is_shortcode(code, closed):
                continue
            start, end = found.start() + len(found["left"]), found.end() - len(found["right"])
            out.append(markup[at:start])
            closing = codes[ends[place]].found if place in ends else None
            inner = markup[end : closing.start() + len(closing["left"])] if closing else ""
            shown = None if code.is_end else self._shown(code, inner, depth)
            if shown is not None:
                out.append(shown)
                end = closing.end() - len(closing["right"]) if closing else end
            elif not code.is_end:
                self._lost.add(f"shortcode: {short(markup[start:end], 180)}")
            at = end
        return "".join([*out, markup[at:]])

    def _shown(self, code: _Code, inner: str, depth: int) -> str | None:
        """Return what a shortcode shows, None when it is none that is known."""
        said = _pairs(code.found["rest"])
        if code.name in _CAPTIONS and depth < _DEEPEST:
            return self._captioned(said, inner, depth)
        if code.name == "gallery":
            named = re.findall(r"\d{1,18}", said.get("ids") or said.get("include") or "", re.ASCII)
            left_out = {int(each) for each in re.findall(r"\d{1,18}", said.get("exclude", ""), re.ASCII)}
            numbers = [int(each) for each in named] or [each for each in self._attached() if each not in left_out]
            return "".join(figure(number) for number in numbers[:500]) or None
        if code.name in _EMBEDS:
            address = _address(code, said, inner)
            return f'<iframe src="{escape(address)}"></iframe>' if address else None
        return None

    def _captioned(self, said: dict[str, str], inner: str, depth: int) -> str:
        picture = _PICTURE.match(inner)
        if picture is None:
            return self.html(inner, depth + 1)
        source = _SOURCE.search(picture[1])
        number = re.search(r"\d{1,18}", said.get("id", ""), re.ASCII)
        if source and number:
            self._learn(source[1] or source[2] or "", int(number[0]))
        caption = self.html(inner[picture.end() :], depth + 1).strip() or said.get("caption", "")
        return f"<figure>{picture[0].strip()}<figcaption>{caption}</figcaption></figure>"


def _codes(markup: str) -> list[_Code]:
    return [_Code(found, found["name"].lower(), bool(found["end"])) for found in _CODE.finditer(markup)]


def _ends(codes: list[_Code]) -> dict[int, int]:
    """Return for the place of each opening that of its end, if one comes before the next opening of the same name."""
    ends: dict[int, int] = {}
    next_end: dict[str, int] = {}
    for place in range(len(codes) - 1, -1, -1):
        code = codes[place]
        if code.is_end:
            next_end[code.name] = place
        elif code.name in next_end:
            ends[place] = next_end.pop(code.name)
    return ends


def _is_shortcode(code: _Code, closed: set[str]) -> bool:
    if code.name in _KNOWN or code.name in closed:
        return True
    rest = code.found["rest"]
    if code.is_end or "<" in rest:
        return False
    return ("_" in code.name and not rest.strip()) or _PAIR.search(unescape(rest)) is not None


def _pairs(rest: str) -> dict[str, str]:
    return {found[1].lower(): next(filter(None, found.groups()[1:]), "") for found in _PAIR.finditer(unescape(rest))}


def _address(code: _Code, said: dict[str, str], inner: str) -> str:
    found = _WEB.search(unescape(code.found["rest"])) or _WEB.search(unescape(inner))
    if found:
        return _SIZE.sub("", found[0])
    identity = said.get("id") or said.get("video") or inner.strip() or code.found["rest"].strip(" =\"'")
    return _BY_IDENTITY[code.name] + identity if code.name in _BY_IDENTITY and _IDENTITY.fullmatch(identity) else ""
