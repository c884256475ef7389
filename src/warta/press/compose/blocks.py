"""Turn the newsroom's body blocks into the paper's."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import html

from warta.lexicon import links, live
from warta.newsroom import reading
from warta.newsroom.sieve import inline_html
from warta.paper.pages import Block, Embed, Figure, Heading, LiveEntry, Paragraph, Quote, ReadAlso, Table
from warta.press import pictures
from warta.press.compose.links import led_on, within

_BLOCKS = {"p", "ul", "ol", "li"}
_ONE: Final = re.compile(r"<p>(?:[^<]++|</?(?:b|i|a|br)\b[^<>]*>)*+</p>")
_TAG: Final = re.compile(r"<[^<>]*>")


def blocks(stream: Any) -> tuple[Block, ...]:
    """Return the blocks of a StreamField value as the paper's blocks; empty ones and dead links are left out.

    Links to addresses that an article had elsewhere lead to where it is now.
    """
    old = within(stream)
    led = reading.led_on(old) if old else {}
    made = [made for block in stream for made in _block(block, led)]
    return tuple(live.newest_first(made, lambda block: block.at if isinstance(block, LiveEntry) else None))


def _block(block: Any, led: Mapping[str, str]) -> Iterator[Block]:
    value = block.value
    match block.block_type:
        case "paragraph":
            yield from paragraphs(led_on(value.source, led))
        case "heading" if value.strip():
            yield Heading(text=value.strip())
        case "quote" if value["text"].strip():
            yield Quote(text=value["text"].strip(), speaker=value["speaker"].strip())
        case "photo" if value["photo"] is not None:
            yield from _figure(value)
        case "embed" if (address := links.written(value["address"])).startswith(("http:", "https:")):
            provider = (urlsplit(address).hostname or "").removeprefix("www.")
            yield Embed(address=address, provider=provider, title=value["title"])
        case "table":
            yield from _table(value)
        case "read_also" if value is not None and value.live:
            yield ReadAlso(headline=value.headline, path=value.path)
        case "entry" if value["at"] is not None:
            yield from _entry(block.id, value, led)


def paragraphs(source: str) -> Iterator[Paragraph]:
    """Split rich text into paragraphs and lists, each cleaned once more; empty ones are left out."""
    clean = inline_html(source)
    if _ONE.fullmatch(clean):  # most are one paragraph, which needs no parser
        yield from _paragraph(clean.removeprefix("<p>").removesuffix("</p>"))
        return
    run = ""
    for piece in html.fragments_fromstring(clean or "<p></p>"):
        if isinstance(piece, str):
            run += escape(piece, quote=False)
            continue
        for inner in list(piece.iterdescendants("p")):
            inner.tail = f" {inner.tail or ''}"
            inner.drop_tag()
        if piece.tag not in _BLOCKS:
            run += html.tostring(piece, encoding="unicode")
        else:
            tail, piece.tail = piece.tail or "", None
            whole = html.tostring(piece, encoding="unicode")
            yield from _paragraph(run)
            yield from _paragraph(whole.removeprefix("<p>").removesuffix("</p>") if piece.tag == "p" else whole)
            run = escape(tail, quote=False)
    yield from _paragraph(run)


def _paragraph(whole: str) -> Iterator[Paragraph]:
    if unescape(_TAG.sub("", whole)).strip():  # sieved markup has no sign < or > but those of its tags
        yield Paragraph(html=whole.strip())


def _entry(block_id: str | None, value: Any, led: Mapping[str, str]) -> Iterator[LiveEntry]:
    """Yield a development under an anchor that stays while its block does, whatever its id holds."""
    name = hashlib.blake2b((block_id or value["at"].isoformat()).encode(), digest_size=4).hexdigest()
    text = tuple(paragraphs(led_on(value["text"].source, led)))
    if text or value["headline"].strip():
        yield LiveEntry(
            anchor=f"perkembangan-{name}",
            at=value["at"],
            headline=value["headline"].strip(),
            text=text,
            is_last=bool(value["is_last"]),
        )


def _figure(value: Any) -> Iterator[Figure]:
    photo = value["photo"]
    made = pictures.picture(
        photo,
        pictures.WHOLE,
        alt="" if value.get("decorative") else value["alt"] or photo.description,
        caption=value["caption"] or photo.caption,
        credit=value["credit"] or photo.credit,
    )
    if made is not None:
        yield Figure(picture=made)


def _table(value: Any) -> Iterator[Table]:
    rows = tuple(tuple(str(cell.value) for cell in row) for row in (r for r in value.rows))
    head = tuple(column["heading"] for column in value.columns)
    if rows:
        yield Table(caption=value.caption or "", head=head if any(head) else (), rows=rows)
