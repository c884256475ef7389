"""Turn the blocks of copy into the blocks of an article's body."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any, Final

from wagtail.blocks import StreamValue

from warta.lexicon.copy import (
    BlockCopy,
    EmbedCopy,
    EntryCopy,
    HeadingCopy,
    ParagraphCopy,
    PhotoCopy,
    PictureCopy,
    QuoteCopy,
    ReadAlsoCopy,
    TableCopy,
)
from warta.newsroom import live
from warta.newsroom.models import Article, Photo
from warta.newsroom.sieve import inline_html

_LONGEST_ADDRESS: Final = 500


def stream(
    body: Sequence[BlockCopy], *, photo: Callable[[PhotoCopy], Photo | None], lost: list[str], field: Any = None
) -> StreamValue:
    """Return the body as the value of a StreamField, an article's if none is given.

    What has no place in it is noted in `lost`.
    """
    taken = (field or Article._meta.get_field("body")).stream_block
    raw = [made for block in body if (made := _raw(block, photo, lost)) is not None]
    lost.extend(f"block: {block['type']}" for block in raw if block["type"] not in taken.child_blocks)
    value: StreamValue = taken.to_python([{**block, "id": str(uuid.uuid4())} for block in raw])
    return value


def cut(what: str, words: str, limit: int, lost: list[str]) -> str:
    """Return the words without outer blanks, at most `limit` characters of them; note in `lost` what is cut."""
    words = words.strip()
    if len(words) > limit:
        lost.append(f"{what}: cut to {limit} of {len(words)} characters")
    return words[:limit].strip()


def _raw(block: BlockCopy, photo: Callable[[PhotoCopy], Photo | None], lost: list[str]) -> dict[str, Any] | None:
    match block:
        case ParagraphCopy(html):
            return {"type": "paragraph", "value": inline_html(html)}
        case HeadingCopy(text):
            return {"type": "heading", "value": cut("heading", text, 200, lost)}
        case QuoteCopy(text, speaker):
            words = {"text": cut("quote", text, 2000, lost), "speaker": cut("speaker", speaker, 200, lost)}
            return {"type": "quote", "value": words}
        case PictureCopy(copy):
            kept = photo(copy)
            return (
                {"type": "photo", "value": {"photo": kept.pk, "caption": "", "credit": "", "alt": ""}} if kept else None
            )
        case EmbedCopy():
            return _embed(block, lost)
        case EntryCopy(at, html, headline, is_last):
            words = {"headline": cut("headline of a development", headline, 200, lost), "text": inline_html(html)}
            return {"type": live.ENTRY, "value": {**words, "at": live.written(at), "is_last": is_last}}
        case TableCopy():
            return {"type": "table", "value": _table(block)}
        case ReadAlsoCopy(uri):
            known = Article.objects.filter(uri=uri).values_list("pk", flat=True).first()
            if known is None:
                lost.append(f"link to {uri}: that article is not here")
            return {"type": "read_also", "value": known} if known else None


def _embed(embed: EmbedCopy, lost: list[str]) -> dict[str, Any] | None:
    if len(embed.address) > _LONGEST_ADDRESS:
        lost.append(f"embed {embed.address!r}: its address is too long")
        return None
    words = {"address": embed.address, "title": cut("title of embed", embed.title, 200, lost)}
    return {"type": "embed", "value": words}


def _table(table: TableCopy) -> dict[str, Any]:
    width = max((len(row) for row in (table.head, *table.rows)), default=0)
    head = [*table.head, *[""] * (width - len(table.head))]
    return {
        "columns": [{"type": "text", "heading": cell} for cell in head],
        "rows": [{"values": [*row, *[""] * (width - len(row))]} for row in table.rows],
        "caption": table.caption,
    }
