"""Makes the body of a post: from the editor's document, which says what each card is, else from the HTML made of it."""

import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

import msgspec

from warta.ingest import html
from warta.ingest.formats.beside import NotBesideError, kept
from warta.ingest.formats.ghost import lexical, mobiledoc
from warta.ingest.formats.ninjs.fields import Lost, UnusableError, clean, short
from warta.lexicon.copy import BlockCopy, PhotoCopy

LONGEST_DOCUMENT: Final = 4_000_000
"""Characters of JSON that the document of one post may have."""

_MOST_PIECES: Final = 2_000
_SITE: Final = "__GHOST_URL__"
_SIZED: Final = re.compile(r"(/content/images)/size/[^/]+(?:/format/[^/]+)?(?=/)")
_MARKDOWN: Final = re.compile(r'"(?:card-)?markdown"')
_EDITORS: Final = (("lexical", lexical.pieces), ("mobiledoc", mobiledoc.pieces))


def local(address: str) -> str:
    """Return an address with the placeholder of the old site taken off: what is left begins with a slash."""
    return re.sub(rf"{_SITE}/?", "/", address)


class Pictures:
    """Finds pictures by their old addresses in the folder of pictures, and keeps the reasons for those it does not."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.reasons: dict[str, str] = {}

    def find(self, source: str) -> PhotoCopy | None:
        """Return the photo of an address, in its full size whatever size the address asks for."""
        try:
            return PhotoCopy(path=kept(self._folder, _SIZED.sub(r"\1", local(source))))
        except NotBesideError as reason:
            self.reasons[f"picture: {source[:200]}"] = f"picture: {reason}"
            return None


def body(documents: dict[str, str], pictures: Pictures, lost: Lost) -> tuple[BlockCopy, ...]:
    """Return the blocks of a post from `lexical`, else `mobiledoc`, else `html`, the first that can be read.

    A document with a card in Markdown is left for its HTML, where there is one, for Warta reads no Markdown.
    Raises: UnusableError when it is too long.
    """
    made = documents.get("html", "")
    for name, pieces in _EDITORS:
        source = documents.get(name, "")
        if not source.strip() or (made.strip() and _MARKDOWN.search(source)):
            continue
        if len(source) > LONGEST_DOCUMENT:
            raise UnusableError(f"its {name} has {len(source):,} characters: at most {LONGEST_DOCUMENT:,}")
        told = Lost()
        try:
            found = _blocks(pieces(_decoded(source), told.add), pictures, told)
        except ValueError as wrong:
            lost.add(short(f"{name}: {wrong}", 200))
            continue
        for loss in told.all():
            lost.add(short(local(loss), 200))
        return found
    try:
        return _blocks(iter([made]), pictures, lost)
    except ValueError as wrong:
        raise UnusableError(f"its html has {wrong}") from wrong


def _blocks(pieces: Iterator[str], pictures: Pictures, lost: Lost) -> tuple[BlockCopy, ...]:
    """Turn pieces of HTML into blocks, each with a parser of its own.

    Raises: ValueError when they are too long.
    """
    found, length = [], 0
    for piece in _few(pieces):
        length += len(piece)
        if length > html.LONGEST:
            raise ValueError(f"more than {html.LONGEST:,} characters")
        blocks, losses = html.blocks(local(clean(piece)), picture=pictures.find)
        found.append(blocks)
        for loss in losses:
            lost.add(short(pictures.reasons.get(loss, loss), 200))
    return tuple(chain.from_iterable(found))


def _few(pieces: Iterator[str]) -> Iterator[str]:
    """Return the pieces that say something; beyond two thousand, far more than an article has, they come as one."""
    said = (piece for piece in pieces if piece)
    yield from islice(said, _MOST_PIECES)
    yield "".join(said)


def _decoded(source: str) -> object:
    try:
        return msgspec.json.decode(source)
    except RecursionError as deep:
        raise ValueError("is nested too deep") from deep
    except msgspec.MsgspecError:
        pass
    try:
        return json.loads(source, strict=False)
    except RecursionError as deep:
        raise ValueError("is nested too deep") from deep
    except ValueError as wrong:
        raise ValueError(f"is no JSON: {wrong}") from wrong
