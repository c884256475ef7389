"""Runs the HTML parser over a body and collects the blocks.

No tree is built, because trees are where hostile nesting hurts (sanitisers take time quadratic to the depth): the
parser only tells what comes, each finished piece of markup is sieved, and a document that is nested more than a
thousand deep goes on with a new parser.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Final

from lxml import etree

from warta.ingest.html.inline import plain
from warta.ingest.html.walk import Walker
from warta.lexicon.copy import BlockCopy, HeadingCopy, ParagraphCopy, PhotoCopy, TableCopy

LONGEST: Final = 2_000_000
"""Characters of HTML that one body may have."""

_CHUNK: Final = 16_384
_DEEPEST: Final = 1_000


def blocks(
    html: str, *, picture: Callable[[str], PhotoCopy | None], home: Collection[str] = ()
) -> tuple[tuple[BlockCopy, ...], tuple[str, ...]]:
    """Return the blocks of HTML, and what of it is lost; `picture` finds the photo of an address.

    A link to one of the hosts of `home`, the site that the HTML comes from, keeps its path and query alone.
    A picture that is not found is lost as `picture: <address>`, an element as its name, each once.
    Raises: ValueError when the HTML is longer than two million characters.
    """
    if len(html) > LONGEST:
        raise ValueError(f"{len(html):,} characters of HTML: at most {LONGEST:,}")
    walker = Walker(picture, home)
    _parse(html, walker)
    return walker.finish()


def words(html: str) -> str:
    """Return the words of HTML as one line of plain text.

    Raises: ValueError when the HTML is longer than two million characters.
    """
    found, _ = blocks(html, picture=lambda _: None)
    return " ".join(part for block in found for part in _said(block) if part)


def _said(block: BlockCopy) -> Iterator[str]:
    match block:
        case ParagraphCopy():
            yield plain(block.html.replace("</li>", " "))
        case HeadingCopy():
            yield block.text
        case TableCopy():
            yield from (block.caption, *block.head, *(cell for row in block.rows for cell in row))
        case _:
            yield getattr(block, "text", "")
            yield getattr(block, "speaker", "")


def _parse(html: str, walker: Walker) -> None:
    clean = html.encode("utf-8", "replace").replace(b"\x00", b"")
    parser, is_fed, start = None, False, 0
    while start < len(clean):
        end = len(clean) if start + _CHUNK >= len(clean) else clean.rfind(b"<", start + 1, start + _CHUNK)
        end = end if end > start else min(start + _CHUNK, len(clean))
        if parser is None or walker.depth > _DEEPEST:
            _close(parser, walker, is_fed=is_fed)
            parser = _parser(walker)
            is_fed = False
        parser.feed(clean[start:end])
        is_fed, start = True, end
    _close(parser, walker, is_fed=is_fed)


def _parser(walker: Walker) -> etree.HTMLParser:
    # the stubs ask for methods of a target that lxml does without
    parser: etree.HTMLParser = etree.HTMLParser(  # type: ignore[call-overload]
        target=walker, encoding="utf-8", huge_tree=True, no_network=True
    )
    return parser


def _close(parser: etree.HTMLParser | None, walker: Walker, *, is_fed: bool) -> None:
    if parser is not None and is_fed:
        parser.close()
    walker.depth = 0
