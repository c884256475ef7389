"""Copy: an article on its way into the newsroom, from an agency, an archive or the demo, before anything is stored.

Whatever brings articles in speaks these types; `newsroom/actions/file.py` takes them. Instants are aware.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

Status = Literal["published", "draft", "withdrawn"]
HEADLINE_LENGTH: Final = 300
"""The longest headline that is taken, in characters."""

Role = Literal["reporter", "editor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoCopy:
    """A photo file and what is said of it; empty words are filled from the file's own IPTC/XMP."""

    path: Path
    caption: str = ""
    credit: str = ""
    creator: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphCopy:
    """A paragraph or list as HTML; only `p b strong i em a[href] br ul ol li` survive the newsroom's sieve."""

    html: str


@dataclass(frozen=True, slots=True)
class HeadingCopy:
    """A sub-heading, plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class QuoteCopy:
    """A quotation, plain text, and who said it."""

    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class PictureCopy:
    """A photo within the body."""

    photo: PhotoCopy


@dataclass(frozen=True, slots=True)
class EmbedCopy:
    """An http(s) address of something that lives elsewhere."""

    address: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class TableCopy:
    """Cells as plain text; `head` may be empty."""

    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ReadAlsoCopy:
    """`Baca juga`: the uri of another piece of copy."""

    uri: str


@dataclass(frozen=True, slots=True)
class EntryCopy:
    """A development of a live report: its moment, its HTML like a paragraph's, whether the report ends with it."""

    at: datetime
    html: str
    headline: str = ""
    is_last: bool = False


BlockCopy = ParagraphCopy | HeadingCopy | QuoteCopy | PictureCopy | EmbedCopy | TableCopy | ReadAlsoCopy | EntryCopy


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One article from outside. `uri` is its identity: filing the same uri again updates the article.

    Of `headings` (an archive's categories) one becomes the rubric if there is no `rubric`, the others become topics.
    """

    uri: str
    headline: str
    is_page: bool = False
    """Whether it becomes a static page, such as the masthead, and no article."""
    status: Status = "published"
    lang: str = ""
    zone: str = ""
    place: str = ""
    standfirst: str = ""
    channel: str = ""
    rubric: str = ""
    headings: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    by: tuple[tuple[str, Role], ...] = ()
    initials: str = ""
    first_published_at: datetime | None = None
    updated_at: datetime | None = None
    embargo: datetime | None = None
    withdrawal_reason: str = ""
    old_addresses: tuple[str, ...] = ()
    lead: PhotoCopy | None = None
    body: tuple[BlockCopy, ...] = field(default=())
