"""What is kept of the newsroom's rows when they leave it: typed records, named as the tables' columns are.

Users, sign-ins, side notes, desks and the audit log stay behind, so nothing here says who did what. Records come in
from files that anybody may have written: each field has a type and an end.
"""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from warta.lexicon.copy import HEADLINE_LENGTH
from warta.lexicon.fronts import BREAKING_LENGTH
from warta.newsroom.whole.blocks import Body

Id = Annotated[int, Meta(ge=1, le=2**62)]
Small = Annotated[int, Meta(ge=0, le=32_767)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Instant = Annotated[datetime, Meta(tz=True)]
Words = Annotated[str, Meta(max_length=100_000)]
Address = Annotated[str, Meta(max_length=500)]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Language = Literal["id", "en"]
Place = Literal["lead", "second-1", "second-2", "second-3"]

_FIRST_YEAR: Final = 2
_LAST_YEAR: Final = 9998


class Record(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all records have in common: instants that can be told in every zone."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, datetime) and not _FIRST_YEAR <= value.year <= _LAST_YEAR:
                raise ValueError(f"{name} lies outside the years that can be kept")


class Heading(Record, frozen=True, kw_only=True, tag_field="kind"):
    """What rubrics, channels and topics have in common."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    slug: Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    description: Words = ""


class Rubric(Heading, frozen=True, kw_only=True, tag="rubric"):
    """A rubric."""

    order: Small


class Channel(Heading, frozen=True, kw_only=True, tag="channel"):
    """A channel."""

    order: Small


class Topic(Heading, frozen=True, kw_only=True, tag="topic"):
    """A topic."""


class Contributor(Record, frozen=True, kw_only=True, tag_field="kind", tag="contributor"):
    """A person whose name stands over articles."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    slug: Slug
    role: Annotated[str, Meta(max_length=120)] = ""
    initials: Annotated[str, Meta(max_length=8)] = ""
    about: Words = ""
    portrait_id: Id | None = None


class HouseWord(Record, frozen=True, kw_only=True, tag_field="kind", tag="house word"):
    """A word that the paper does not write, and the one that it writes."""

    id: Id
    wrong: Annotated[str, Meta(max_length=80)]
    right: Annotated[str, Meta(max_length=80)]


Subject = Rubric | Channel | Topic | Contributor | HouseWord


class Photo(Record, frozen=True, kw_only=True):
    """A photo; `file` is the name of its original, `sha256` and `bytes` are None when that was lost before."""

    id: Id
    title: Annotated[str, Meta(max_length=255)]
    file: Annotated[str, Meta(pattern=r"^[^/\\.\x00-\x1f][^/\\\x00-\x1f]*$", max_length=255)]
    sha256: Digest | None = None
    bytes: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None = None
    file_hash: Annotated[str, Meta(pattern=r"^[0-9a-f]{0,40}$")] = ""
    file_size: Count | None = None
    width: Count
    height: Count
    created_at: Instant
    description: Annotated[str, Meta(max_length=255)] = ""
    caption: Annotated[str, Meta(max_length=400)] = ""
    creator: Annotated[str, Meta(max_length=200)] = ""
    credit: Annotated[str, Meta(max_length=200)] = ""
    copyright_notice: Annotated[str, Meta(max_length=200)] = ""
    usage_terms: Annotated[str, Meta(max_length=400)] = ""
    licence: Annotated[str, Meta(pattern=r"^(https?://|$)", max_length=300)] = ""
    rights_until: Instant | None = None
    taken_at: Instant | None = None
    place: Annotated[str, Meta(max_length=200)] = ""
    focal_point_x: Count | None = None
    focal_point_y: Count | None = None
    focal_point_width: Count | None = None
    focal_point_height: Count | None = None
    is_eye_guessed: bool = False
    tags: tuple[Annotated[str, Meta(max_length=100)], ...] = ()
    collection: tuple[Annotated[str, Meta(max_length=255)], ...] = ()
    """The names of its collection and of those around it, the outermost first; empty for the root."""


class StaticPage(Record, frozen=True, kw_only=True):
    """A page that is no article."""

    id: Id
    title: Annotated[str, Meta(max_length=120)]
    slug: Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    language: Language
    order: Small
    body: Body
    uri: Address | None = None
    old_addresses: str = ""
    updated_at: Instant


class Byline(Record, frozen=True, kw_only=True):
    """A name over an article."""

    contributor: Id
    role: Literal["reporter", "editor"]


class Text(Record, frozen=True, kw_only=True):
    """What an editor writes of an article: the row of it, or a draft."""

    channel: Id
    rubric: Id
    topics: tuple[Id, ...] = ()
    headline: Annotated[str, Meta(max_length=HEADLINE_LENGTH)]
    standfirst: Words = ""
    body: Body
    lead_photo: Id | None = None
    lead_caption: Annotated[str, Meta(max_length=400)] = ""
    lead_credit: Annotated[str, Meta(max_length=200)] = ""
    place: Annotated[str, Meta(max_length=120)] = ""
    zone: Annotated[str, Meta(max_length=40)]
    language: Language
    translation_of: Id | None = None
    initials: Annotated[str, Meta(max_length=8)] = ""
    embargo: Instant | None = None
    go_live_at: Instant | None = None
    expire_at: Instant | None = None
    bylines: tuple[Byline, ...] = ()


class Draft(Record, frozen=True, kw_only=True):
    """A text that readers do not have: the newest, or (with `go_live_at`) the one that waits for its second."""

    text: Text
    saved_at: Instant
    go_live_at: Instant | None = None
    is_newest: bool = True


class Version(Record, frozen=True, kw_only=True):
    """A link of the public history, as it is."""

    number: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    at: Instant
    kind: Literal["published", "updated", "corrected", "taken back", "withdrawn", "put back"]
    why: str = ""
    content: str
    before: Digest | Literal[""] = ""
    hash: Digest


class Correction(Record, frozen=True, kw_only=True):
    """A correction, published or a draft."""

    id: Id
    kind: Literal["erratum", "correction"]
    seriousness: Literal["minor", "serious"]
    wrong: Words
    right: Words
    stands_in_id: Id | None = None
    corrects_id: Id | None = None
    made_at: Instant
    published_at: Instant | None = None


class Reply(Record, frozen=True, kw_only=True):
    """A right of reply."""

    id: Id
    party: Annotated[str, Meta(max_length=200)]
    words: Words
    received_at: Instant
    due_at: Instant
    answer_id: Id | None = None
    answered_at: Instant | None = None
    declined_at: Instant | None = None
    decline_reason: Words = ""


class Verification(Record, frozen=True, kw_only=True):
    """The notice that an article is not yet verified."""

    id: Id
    words: Words
    noted_at: Instant
    follow_up_id: Id | None = None
    followed_up_at: Instant | None = None


class Unranked(Record, frozen=True, kw_only=True):
    """That an editor took an article out of the lists of the most read, and why."""

    reason: Annotated[str, Meta(min_length=1, max_length=500)]
    at: Instant


class Article(Record, frozen=True, kw_only=True):
    """An article with all that hangs on it."""

    id: Id
    uri: Address | None = None
    live: bool
    state: Literal["draft", "submitted", "editing", "scheduled", "published", "corrected", "withdrawn"]
    expired: bool = False
    has_unpublished_changes: bool = False
    made_at: Instant
    first_published_at: Instant | None = None
    last_published_at: Instant | None = None
    updated_at: Instant | None = None
    withdrawn_at: Instant | None = None
    withdrawal_ground: Literal["", "sara", "decency", "child", "trauma", "council", "origin"] = ""
    withdrawal_reason: Words = ""
    submitted_at: Instant | None = None
    """When it was submitted to the desk, as long as it waits there."""
    text: Text
    drafts: Annotated[tuple[Draft, ...], Meta(max_length=2)] = ()
    old_addresses: tuple[Address, ...] = ()
    versions: tuple[Version, ...] = ()
    corrections: tuple[Correction, ...] = ()
    replies: tuple[Reply, ...] = ()
    verification: Verification | None = None
    unranked: Unranked | None = None


class Deleted(Record, frozen=True, kw_only=True):
    """The history of an article that is no longer there."""

    article_id: Id
    versions: tuple[Version, ...]


class Pinned(Record, frozen=True, kw_only=True):
    """An article at a place of a front."""

    article: Id
    until: Instant | None = None


class Arrangement(Record, frozen=True, kw_only=True, tag_field="kind", tag="arrangement"):
    """What stood at the places of a front (`rubric` None: the front page) from one moment on; the last is live."""

    rubric: Id | None = None
    number: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    slots: dict[Place, Pinned]
    back_to: Count | None = None
    made_at: Instant


class Breaking(Record, frozen=True, kw_only=True, tag_field="kind", tag="breaking"):
    """Breaking news, past or present."""

    id: Id
    text: Annotated[str, Meta(max_length=BREAKING_LENGTH)]
    article_id: Id | None = None
    path: Annotated[str, Meta(pattern=r"^(/([a-z0-9-]+(/[a-z0-9-]+)*)?)?$", max_length=300)] = ""
    started_at: Instant
    ends_at: Instant
    ended_at: Instant | None = None


Fronted = Arrangement | Breaking


def written(record: type[Any], row: Any, **others: Any) -> Any:
    """Return the record of a row: each field from `others`, else from the column of its name."""
    names = record.__struct_fields__
    return record(**{name: others[name] if name in others else getattr(row, name) for name in names})
