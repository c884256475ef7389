"""Makes plain HTML of the block editor's markup. Most blocks are HTML between comments, and need nothing."""

import json
import re
from collections.abc import Callable
from html import escape
from typing import Any, Final

from warta.ingest.formats.ninjs.fields import Lost
from warta.ingest.formats.wordpress.shortcodes import figure

_COMMENT: Final = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+(?P<data>\{[^<>]*\}\s+)?(?P<alone>/)?-->"
)
_FIGURE: Final = re.compile(r"<figure\b[^<>]*>(?:(?!</?figure\b).)*</figure>", re.DOTALL)
_CAPTION: Final = re.compile(r"<figcaption\b[^<>]*>((?:(?!</?figcaption\b).)*)</figcaption>", re.DOTALL)
_IMAGE: Final = re.compile(r"<img\b[^<>]*>")
_SOURCE: Final = re.compile(r"""\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG: Final = re.compile(r"<[^<>]*>")
_WEB: Final = re.compile(r"https?://[^\s<>\"]+")
_DEEPEST: Final = 3
_MOST_REUSED: Final = 50
_BETWEEN: Final = 2_000
_SILENT: Final = frozenset({"more", "nextpage", "spacer", "separator", "paragraph"})


class Unfolder:
    """Makes HTML of one item's blocks: `reusable` gives a block by number, `learn` takes picture numbers."""

    def __init__(self, reusable: Callable[[int], str], learn: Callable[[str, int], None], lost: Lost) -> None:
        self._reusable = reusable
        self._learn = learn
        self._lost = lost
        self._reused = 0

    def html(self, markup: str, within: tuple[int, ...] = ()) -> str:
        """Return markup with its blocks made plain; `within` are the reusable blocks that it stands in."""
        out: list[str] = []
        at, region = 0, None
        for found in _COMMENT.finditer(markup):
            name = found["name"].removeprefix("core/")
            if region is not None:
                if found["end"] and name == region["name"].removeprefix("core/"):
                    out.append(self._region(name, _data(region), markup[region.end() : found.start()]))
                    at, region = found.end(), None
                continue
            out.append(markup[at : found.start()])
            at = found.end()
            if found["alone"]:
                out.append(self._alone(name, _data(found), within))
            elif not found["end"] and (name in {"gallery", "embed"} or name.startswith("core-embed/")):
                region = found
            elif name == "image" and not found["end"]:
                self._learn_image(_data(found).get("id"), markup[at : at + _BETWEEN])
        return "".join([*out, markup[at:]])

    def _alone(self, name: str, data: dict[str, Any], within: tuple[int, ...]) -> str:
        number = data.get("ref")
        if name == "block" and isinstance(number, int):
            self._reused += 1
            is_too_much = number in within or len(within) >= _DEEPEST or self._reused > _MOST_REUSED
            inner = "" if is_too_much else self._reusable(number)
            if not inner.strip():
                reason = "is used within itself or too often" if is_too_much else "is not in the export"
                self._lost.add(f"block: reusable block {number} {reason}")
            return self.html(inner, (*within, number))
        if (name == "embed" or name.startswith("core-embed/")) and (address := _address(data, "")):
            return _embed(address, "")
        if name not in _SILENT:
            self._lost.add(f"block: {name[:100]}")
        return ""

    def _region(self, name: str, data: dict[str, Any], inner: str) -> str:
        if name != "gallery":
            address = _address(data, inner)
            return _embed(address, _caption(inner)) if address else inner
        start = inner.find("<figure")
        is_outer = start >= 0 and "wp-block-gallery" in inner[start : start + 400].partition(">")[0]
        held = inner[start + len("<figure") :] if is_outer else inner
        for found in _COMMENT.finditer(held):
            if found["name"] == "image" and not found["end"]:
                self._learn_image(_data(found).get("id"), held[found.end() : found.end() + _BETWEEN])
        figures = _FIGURE.findall(held)
        if not figures:
            ids = data.get("ids")
            numbers = [each for each in ids if isinstance(each, int)] if isinstance(ids, list) else []
            return "".join(figure(number) for number in numbers) or inner
        caption = _caption(_FIGURE.sub("", held))
        return "".join(figures) + (f"<p>{escape(caption)}</p>" if caption else "")

    def _learn_image(self, number: object, follows: str) -> None:
        image = _IMAGE.search(follows)
        source = _SOURCE.search(image[0]) if image else None
        if source and isinstance(number, int):
            self._learn(source[1] or source[2] or "", number)


def has_blocks(markup: str) -> bool:
    """Tell whether markup was written in the block editor, whose HTML has its paragraphs.

    Source: WordPress, wp-includes/blocks.php.
    """
    return "<!-- wp:" in markup


def _data(found: re.Match[str]) -> dict[str, Any]:
    try:
        data = json.loads(found["data"] or "{}")
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _address(data: dict[str, Any], inner: str) -> str:
    told = data.get("url")
    if isinstance(told, str) and _WEB.fullmatch(told.strip()):
        return told.strip()
    found = _WEB.search(_TAG.sub(" ", inner).replace("&amp;", "&"))
    return found[0] if found else ""


def _caption(inner: str) -> str:
    found = _CAPTION.search(inner)
    return " ".join(_TAG.sub("", found[1]).split()) if found else ""


def _embed(address: str, title: str) -> str:
    words = f' title="{escape(title)}"' if title else ""
    return f'<iframe src="{escape(address)}"{words}></iframe>'
