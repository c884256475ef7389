"""The blocks of a body as they are kept: what is not there stays away, so that a body comes back as it was."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

_Long = Annotated[str, Meta(max_length=2_000_000)]
_Short = Annotated[str, Meta(max_length=10_000)]
_Number = Annotated[int, Meta(ge=1, le=2**62)]


class _Part(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    pass


class Block(_Part, frozen=True, kw_only=True, tag_field="type"):
    """What all blocks have."""

    id: Annotated[str, Meta(max_length=100)] | UnsetType | None = UNSET


class Paragraph(Block, frozen=True, kw_only=True, tag="paragraph"):
    """Rich text as HTML; whoever shows it sends it through the sieve."""

    value: _Long


class Heading(Block, frozen=True, kw_only=True, tag="heading"):
    """A sub-heading."""

    value: _Short


class Said(_Part, frozen=True, kw_only=True):
    """Words and who said them."""

    text: _Short
    speaker: _Short | UnsetType = UNSET


class Quote(Block, frozen=True, kw_only=True, tag="quote"):
    """A quotation."""

    value: Said


class Shown(_Part, frozen=True, kw_only=True):
    """A photo by its id, and words of its own."""

    photo: _Number | None
    caption: _Short | UnsetType = UNSET
    credit: _Short | UnsetType = UNSET
    alt: _Short | UnsetType = UNSET
    decorative: bool | UnsetType = UNSET


class Photo(Block, frozen=True, kw_only=True, tag="photo"):
    """A photo within the body."""

    value: Shown


class Elsewhere(_Part, frozen=True, kw_only=True):
    """An address and what stands there."""

    address: Annotated[str, Meta(max_length=500)]
    title: _Short | UnsetType = UNSET


class Embed(Block, frozen=True, kw_only=True, tag="embed"):
    """Something that lives elsewhere."""

    value: Elsewhere


class Column(_Part, frozen=True, kw_only=True):
    """A column of a table."""

    type: Annotated[str, Meta(pattern="^text$")]
    heading: _Short


class Row(_Part, frozen=True, kw_only=True):
    """A row of a table."""

    values: Annotated[tuple[_Short, ...], Meta(max_length=100)]


class Cells(_Part, frozen=True, kw_only=True):
    """What a table holds."""

    columns: Annotated[tuple[Column, ...], Meta(max_length=100)]
    rows: tuple[Row, ...]
    caption: _Short | UnsetType | None = UNSET


class Table(Block, frozen=True, kw_only=True, tag="table"):
    """A table."""

    value: Cells


class ReadAlso(Block, frozen=True, kw_only=True, tag="read_also"):
    """Another article by its id."""

    value: _Number | None


class Told(_Part, frozen=True, kw_only=True):
    """What happened, and when; a draft may have no moment yet."""

    headline: _Short | UnsetType = UNSET
    text: _Long
    at: Annotated[datetime, Meta(tz=True)] | None
    is_last: bool | UnsetType = UNSET


class Entry(Block, frozen=True, kw_only=True, tag="entry"):
    """A development of a live report."""

    value: Told


_Any = Paragraph | Heading | Quote | Photo | Embed | Table | ReadAlso | Entry
Body = Annotated[tuple[_Any, ...], Meta(max_length=20_000)]
