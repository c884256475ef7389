"""Takes the events of an HTML parser and hands text, pictures and embeds to the block they belong to."""

import dataclasses
import re
from collections.abc import Callable, Collection
from typing import Final

from warta.ingest.html.frames import Figure, Grid, Lines, Quotation, undashed
from warta.ingest.html.inline import Run, link, plain, web, within
from warta.lexicon.copy import (
    BlockCopy,
    EmbedCopy,
    HeadingCopy,
    ParagraphCopy,
    PhotoCopy,
    PictureCopy,
    QuoteCopy,
    TableCopy,
)

_MARKS: Final = {"b": "b", "strong": "b", "i": "i", "em": "i"}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT: Final = frozenset({"style", "title", "noscript"})
_DROPPED: Final = frozenset({"script", "svg", "math", "template", "select", "textarea", "button", "canvas", "applet"})
_EMBEDS: Final = frozenset({"iframe", "video", "audio", "oembed", "embed", "object"})
_INLINE: Final = frozenset(
    {"span", "font", "u", "s", "strike", "del", "ins", "small", "big", "sub", "sup", "code", "kbd", "samp", "var", "tt",
     "q", "abbr", "acronym", "dfn", "mark", "time", "label", "bdi", "bdo", "wbr", "nobr", "ruby", "rt", "rp", "data",
     "picture", "input", "param", "track", "link", "meta"}
)  # fmt: skip
_SOCIAL: Final = re.compile(r"twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|fb-post")


class Walker:
    """The target of the parser's events."""

    def __init__(self, picture: Callable[[str], PhotoCopy | None], home: Collection[str] = ()) -> None:
        self.depth = 0
        self._home = home
        self._picture = picture
        self._blocks: list[BlockCopy] = []
        self._after: list[BlockCopy] = []
        self._lost: dict[str, None] = {}
        self._run = Run()
        self._leaf = "p"
        self._frame: Lines | Grid | Quotation | Figure | None = None
        self._frame_depth = 0
        self._mute = ""
        self._mute_depth = 0

    # what the parser calls

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        self.depth += 1
        name = _local(tag)
        if self._mute:
            self._mute_depth += name == self._mute
            if name == "source" and self._mute in {"video", "audio"}:
                self._embed(self._mute, attributes, is_told=False)
            return
        if name in _MARKS:
            self._run.mark(_MARKS[name], f"<{_MARKS[name]}>")
        elif name == "a":
            self._link(attributes)
        elif name in _SILENT or name in _DROPPED or name in _EMBEDS:
            self._drop(name, attributes)
        elif name not in _INLINE:
            self._block(name, attributes)

    def end(self, tag: str) -> None:
        """Take an end tag."""
        self.depth -= 1
        name = _local(tag)
        if self._mute:
            self._mute_depth -= name == self._mute
            if not self._mute_depth:
                self._mute = ""
        elif name in _MARKS:
            self._run.unmark(_MARKS[name])
        elif name == "a":
            self._run.unmark("a")
        elif name not in _INLINE and name not in {"br", "img"}:
            self._end_block(name)

    def data(self, text: str) -> None:
        """Take text."""
        if not self._mute:
            self._run.add(text, exact=self._leaf == "pre")

    def comment(self, text: str) -> None:
        """Pass over a comment."""

    def close(self) -> None:
        """End one parser's part; the walker itself goes on."""
        self._mute, self._mute_depth = "", 0

    def finish(self) -> tuple[tuple[BlockCopy, ...], tuple[str, ...]]:
        """Return all blocks and all that is lost."""
        self._flush()
        self._end_frame()
        return tuple(self._blocks), tuple(self._lost)

    # marks and embeds

    def _link(self, attributes: dict[str, str]) -> None:
        href = within(link(attributes.get("href", "")), self._home)
        if isinstance(self._frame, Quotation) and self._frame.is_embed and href:
            self._frame.address = href
        if href:
            quoted = href.replace("&", "&amp;").replace('"', "&quot;").replace("<", "%3C").replace(">", "%3E")
            self._run.mark("a", f'<a href="{quoted}">')

    def _drop(self, name: str, attributes: dict[str, str]) -> None:
        self._mute, self._mute_depth = name, 1
        if name in _EMBEDS:
            self._embed(name, attributes, is_told=name not in {"video", "audio"})
        elif name in _DROPPED:
            self._lost[name] = None

    def _embed(self, name: str, attributes: dict[str, str], *, is_told: bool) -> None:
        found = next((attributes[key] for key in ("src", "data-src", "url", "data") if attributes.get(key)), "")
        address = web(found)
        if address:
            block = EmbedCopy(address, " ".join(attributes.get("title", "").split()))
            if block not in (self._after or self._blocks)[-1:]:
                self._place(block)
        elif is_told or found:
            self._lost[f"{name}: {found[:200]}" if found else name] = None

    # blocks

    def _block(self, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            if self._run.line_break() and self._frame is None and self._leaf == "p":
                self._flush()
            return
        if name == "cite" and not isinstance(self._frame, Quotation):
            return
        self._flush()
        if name == "img":
            self._image(attributes)
        elif name in {"ul", "ol", "table", "blockquote", "figure"}:
            self._start_frame(name, attributes)
        elif isinstance(self._frame, Lines) and name == "li":
            self._frame.start("li")
        elif isinstance(self._frame, Grid) and name in {"tr", "td", "th", "caption"} and self._frame_depth == 1:
            self._run.end_marks()
            self._frame.start(name, attributes.get("colspan", ""))
        elif isinstance(self._frame, Quotation) and name in {"footer", "cite"}:
            self._frame.names_speaker = True
        elif isinstance(self._frame, Figure) and name == "figcaption":
            self._frame.in_caption = True
        elif self._frame is None and name in _HEADINGS | {"pre", "figcaption"}:
            self._leaf = "h" if name in _HEADINGS else name
        elif name == "form":
            self._lost["form"] = None

    def _end_block(self, name: str) -> None:
        if name == "cite" and not isinstance(self._frame, Quotation):
            return
        self._flush()
        frame = self._frame
        if frame is None:
            self._leaf = "p"
        elif isinstance(frame, Lines):
            if name in {"li", "ul", "ol"} and frame.end(name):
                self._end_frame()
        elif name in frame.tags:
            self._frame_depth -= 1
            if not self._frame_depth:
                self._end_frame()
        elif isinstance(frame, Grid) and name in {"td", "th", "tr", "caption"} and self._frame_depth == 1:
            self._run.end_marks()
            frame.end()
        elif isinstance(frame, Quotation) and name == "footer":
            frame.names_speaker = False
        elif isinstance(frame, Figure) and name == "figcaption":
            frame.in_caption = False

    def _start_frame(self, name: str, attributes: dict[str, str]) -> None:
        if (name == "table" and not isinstance(self._frame, Grid)) or (
            name == "blockquote" and isinstance(self._frame, Figure)
        ):
            self._end_frame()
        if self._frame is None:
            self._leaf, self._frame_depth = "p", 1
            self._frame = _new_frame(name, attributes)
        elif name in self._frame.tags and not isinstance(self._frame, Lines):
            self._frame_depth += 1
        if isinstance(self._frame, Lines) and name in Lines.tags:
            self._frame.start(name)

    def _end_frame(self) -> None:
        frame, self._frame = self._frame, None
        if frame is None:
            return
        self._run.end_marks()
        if isinstance(frame, Figure):
            found, spare = frame.finish()
            self._lost.update(dict.fromkeys(spare))
        elif isinstance(frame, Quotation) and frame.is_embed and web(frame.address):
            found = (EmbedCopy(web(frame.address)),)
        else:
            found = frame.finish()
        self._blocks.extend((*found, *self._after))
        self._after.clear()

    def _flush(self) -> None:
        markup = self._run.finish()
        if not markup:
            return
        if self._frame is not None:
            self._frame.add(markup)
        elif self._leaf == "h":
            self._blocks.append(HeadingCopy(plain(markup)))
        elif self._leaf == "figcaption" and self._blocks and self._captioned(plain(markup)):
            return
        else:
            self._blocks.append(ParagraphCopy(f"<p>{markup}</p>"))

    def _captioned(self, caption: str) -> bool:
        last = self._blocks[-1]
        if isinstance(last, TableCopy) and not last.caption:
            self._blocks[-1] = dataclasses.replace(last, caption=caption)
        elif isinstance(last, EmbedCopy) and not last.title:
            self._blocks[-1] = dataclasses.replace(last, title=caption)
        elif isinstance(last, QuoteCopy) and not last.speaker:
            self._blocks[-1] = dataclasses.replace(last, speaker=undashed(caption))
        else:
            return False
        return True

    def _image(self, attributes: dict[str, str]) -> None:
        source = (attributes.get("src") or attributes.get("data-src") or "").strip()
        if {attributes.get("width"), attributes.get("height")} & {"0", "1"}:
            return
        photo = self._picture(source) if source else None
        if photo is None:
            self._lost[f"picture: {source[:200] or 'without an address'}"] = None
            return
        photo = dataclasses.replace(photo, alt=photo.alt or " ".join(attributes.get("alt", "").split()))
        if isinstance(self._frame, Figure):
            self._frame.photos.append(photo)
        else:
            self._place(PictureCopy(photo))

    def _place(self, block: BlockCopy) -> None:
        self._flush()
        if isinstance(self._frame, Figure):
            self._frame.others.append(block)
        elif self._frame is not None:
            self._after.append(block)
        else:
            self._blocks.append(block)


def _new_frame(name: str, attributes: dict[str, str]) -> Lines | Grid | Quotation | Figure:
    if name == "table":
        return Grid()
    if name == "figure":
        return Figure()
    if name == "blockquote":
        is_embed = _SOCIAL.search(attributes.get("class", "")) is not None
        address = attributes.get("cite") or attributes.get("data-instgrm-permalink") or ""
        return Quotation(address if is_embed else "", is_embed=is_embed)
    return Lines()


def _local(tag: str) -> str:
    return tag.rpartition(":")[2].lower()
