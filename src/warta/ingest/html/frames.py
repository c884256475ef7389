"""Lists, tables, quotations and figures while their parts are still coming in."""

import dataclasses
import re
from html import escape
from typing import Final, Literal

from warta.ingest.html.inline import plain
from warta.lexicon.copy import BlockCopy, ParagraphCopy, PhotoCopy, PictureCopy, QuoteCopy, TableCopy

_DASH: Final = re.compile(r"^(?:[-–—―~]|--)\s*")
_PAIRS: Final = (("“", "”"), ('"', '"'), ("«", "»"))
_DEEPEST_LIST: Final = 6
_WIDEST_SPAN: Final = 20


def undashed(name: str) -> str:
    """Return the name of a speaker without the dash before it."""
    return _DASH.sub("", name).strip()


class Lines:
    """A list, nested or not, as markup."""

    tags = frozenset({"ul", "ol"})

    def __init__(self) -> None:
        self._markup: list[str] = []
        self._levels: list[str] = []
        self._items: list[Literal["none", "open", "worded"]] = []
        self._too_deep = 0
        self._says = False

    def start(self, tag: str) -> None:
        """Begin a list within the list, or an item."""
        if tag == "li":
            self._end_item()
        elif len(self._levels) >= _DEEPEST_LIST:
            self._too_deep += 1
        else:
            if self._levels:
                self._begin_item()
            self._levels.append(tag)
            self._items.append("none")
            self._markup.append(f"<{tag}>")

    def end(self, tag: str) -> bool:
        """End an item or a list; True when that was the outermost."""
        if tag == "li":
            self._end_item()
        elif self._too_deep:
            self._too_deep -= 1
        else:
            self._close()
        return not self._levels

    def add(self, markup: str) -> None:
        """Add text to the item; a second paragraph in one item follows a break."""
        self._says = True
        self._begin_item()
        self._markup.append(f"<br>{markup}" if self._items[-1] == "worded" else markup)
        self._items[-1] = "worded"

    def finish(self) -> tuple[BlockCopy, ...]:
        """Return the list as one block."""
        while self._levels:
            self._close()
        markup = re.sub(r"(?:<li></li>|<[uo]l></[uo]l>)+", "", "".join(self._markup))
        return (ParagraphCopy(markup),) if self._says else ()

    def _begin_item(self) -> None:
        if self._items[-1] == "none":
            self._markup.append("<li>")
            self._items[-1] = "open"

    def _end_item(self) -> None:
        if self._items and self._items[-1] != "none":
            self._markup.append("</li>")
            self._items[-1] = "none"

    def _close(self) -> None:
        self._end_item()
        self._items.pop()
        self._markup.append(f"</{self._levels.pop()}>")


class Grid:
    """A table; tables within its cells become words of the cell."""

    tags = frozenset({"table"})

    def __init__(self) -> None:
        self._rows: list[list[list[str]]] = []
        self._is_head: list[bool] = []
        self._caption: list[str] = []
        self._cell: list[str] | None = None
        self._in_caption = False

    def start(self, tag: str, span: str = "") -> None:
        """Begin a row, cell or caption; `span` is the colspan as written, and adds empty cells."""
        self.end()
        self._in_caption = tag == "caption"
        if tag == "tr":
            self._rows.append([])
            self._is_head.append(True)
        elif tag in {"td", "th"}:
            if not self._rows:
                self.start("tr")
            self._is_head[-1] &= tag == "th"
            self._cell = []
            wide = min(int(span), _WIDEST_SPAN) if re.fullmatch(r"[1-9]\d{0,3}", span, re.ASCII) else 1
            self._rows[-1].extend([self._cell, *([] for _ in range(wide - 1))])

    def end(self) -> None:
        """End the cell or caption."""
        self._cell = None
        self._in_caption = False

    def add(self, markup: str) -> None:
        """Add words to the cell or the caption; words between cells are a cell of their own."""
        if self._in_caption:
            self._caption.append(plain(markup))
            return
        if self._cell is None:
            self.start("td")
        if self._cell is not None:
            self._cell.append(markup)

    def finish(self) -> tuple[BlockCopy, ...]:
        """Return the table; one that is a single cell was only a frame around paragraphs."""
        filled = [cell for row in self._rows for cell in row if cell]
        caption = " ".join(self._caption)
        if len(filled) <= 1:
            paragraphs = [escape(caption, quote=False)] if caption else []
            return tuple(ParagraphCopy(f"<p>{text}</p>") for text in (*paragraphs, *(filled[0] if filled else ())))
        worded = [
            (tuple(" ".join(plain(part) for part in cell) for cell in row), is_head)
            for row, is_head in zip(self._rows, self._is_head, strict=True)
            if any(row)
        ]
        has_head = worded[0][1] and len(worded) > 1
        rows = tuple(row for row, _ in (worded[1:] if has_head else worded))
        return (TableCopy(rows, head=worded[0][0] if has_head else (), caption=caption),)


class Quotation:
    """A quotation and its speaker."""

    tags = frozenset({"blockquote"})

    def __init__(self, address: str, *, is_embed: bool) -> None:
        self.address = address
        self.is_embed = is_embed
        self._said: list[str] = []
        self._speaker: list[str] = []
        self.names_speaker = False

    def add(self, markup: str) -> None:
        """Add a paragraph of what was said, or words on who said it."""
        (self._speaker if self.names_speaker else self._said).append(plain(markup))

    def finish(self) -> tuple[BlockCopy, ...]:
        """Return the quotation; a last paragraph that begins with a dash names the speaker."""
        if not self._speaker and len(self._said) > 1 and _DASH.match(self._said[-1]):
            self._speaker.append(self._said.pop())
        speaker = undashed(" ".join(self._speaker).replace(" ,", ","))
        said = "\n".join(self._said)
        for left, right in _PAIRS:
            inner = said[1:-1]
            if len(said) > 2 and said[0] == left and said[-1] == right and left not in inner and right not in inner:
                said = inner.strip()
        return (QuoteCopy(said or speaker, speaker if said else ""),) if said or speaker else ()


class Figure:
    """Pictures with one caption and the words around them, which are the credit."""

    tags = frozenset({"figure"})

    def __init__(self) -> None:
        self.photos: list[PhotoCopy] = []
        self.others: list[BlockCopy] = []
        self.in_caption = False
        self._caption: list[str] = []
        self._around: list[str] = []

    def add(self, markup: str) -> None:
        """Add words to the caption, or to what stands around it."""
        (self._caption if self.in_caption else self._around).append(plain(markup))

    def finish(self) -> tuple[tuple[BlockCopy, ...], tuple[str, ...]]:
        """Return the pictures with caption and credit where theirs are empty, and the words that found no place."""
        caption, around = " ".join(self._caption), " ".join(self._around)
        if not self.photos:
            kept = tuple(ParagraphCopy(f"<p>{escape(text, quote=False)}</p>") for text in (around, caption) if text)
            return (*self.others, *kept), ()
        photos = [
            dataclasses.replace(photo, caption=photo.caption or caption, credit=photo.credit or around)
            for photo in self.photos
        ]
        told = "\n".join(f"{photo.caption}\n{photo.credit}" for photo in photos)
        spare = tuple(f"figure: {text[:80]}" for text in (caption, around) if text and not _is_told(text, photos, told))
        return (*(PictureCopy(photo) for photo in photos), *self.others), spare


def _is_told(text: str, photos: list[PhotoCopy], told: str) -> bool:
    return text in told or any(photo.caption and text.startswith(photo.caption) for photo in photos)
