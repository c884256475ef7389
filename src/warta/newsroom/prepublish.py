"""What should be right before an article goes to readers. Pure: no I/O, no Django; words for people are the screen's.

An error stops a publication from the editor; a warning is passed by pressing once more. Copy that comes in without the
editor (imports, wires) is not stopped by either.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LONGEST_HEADLINE: Final = 110
"""Characters; beyond it search engines and phones cut. Source: Google's Article structured data, `headline`."""
RIGHTS_AHEAD: Final = timedelta(days=7)
"""So long before the rights over a photo end, it is said."""
AHEAD: Final = timedelta(minutes=5)
"""By so much may the clock of who adds a development be fast."""
_TAG: Final = re.compile(r"<[^>]+>")


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: what (`code`), where (`place`: a field, or `body:` and a block's number), with what values."""

    code: str
    level: Level
    place: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhotoWords:
    """What is said of a photo where it stands, the photo's own words included."""

    title: str
    credit: str
    alt: str
    is_decorative: bool = False
    rights_until: datetime | None = None
    until: str = ""
    """That instant as people write it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its number from 1, kind, words, and what its kind has besides."""

    number: int
    kind: str
    words: str
    speaker: str = ""
    photo: PhotoWords | None = None
    at: datetime | None = None
    """The moment of a development."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A published story that says nearly the same."""

    headline: str
    address: str


@dataclass(frozen=True, slots=True)
class Draft:
    """All that the rules look at."""

    headline: str
    rubric: str
    standfirst: str = ""
    lead: PhotoWords | None = None
    blocks: Sequence[Block] = ()
    dead_links: Sequence[tuple[str, str]] = ()
    """Place and address of each link to an article of this paper that readers cannot see."""
    twins: Sequence[Twin] = ()
    appears_at: datetime | None = None
    """When readers see it: now, or the time it is scheduled for; None asks nothing of rights."""
    replaced: str = ""
    """When an update of this article is scheduled, which publishing takes the place of; empty without one."""
    house_words: Sequence[tuple[str, str]] = ()
    """What is not written, and what is written instead."""


def findings(draft: Draft) -> list[Finding]:
    """Return what is to be mended, errors first, in the order of the text."""
    found = [
        *_head(draft),
        *_schedule(draft),
        *_photos(draft),
        *_rights(draft),
        *_quotes(draft),
        *_entries(draft),
        *_links(draft),
        *_twins(draft),
        *_words(draft),
    ]
    return sorted(found, key=lambda one: one.level is Level.WARNING)


def digest(found: Iterable[Finding]) -> str:
    """Return a short name of warnings, so that a press passes those that were shown and no others."""
    told = "\n".join(f"{one.code} {one.place} {sorted(one.values.items())}" for one in found)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _head(draft: Draft) -> Iterator[Finding]:
    if not draft.headline.strip():
        yield Finding("no-headline", Level.ERROR, "headline")
    elif len(draft.headline) > LONGEST_HEADLINE:
        yield Finding("long-headline", Level.WARNING, "headline", {"length": str(len(draft.headline))})
    if not draft.rubric:
        yield Finding("no-rubric", Level.ERROR, "rubric")


def _schedule(draft: Draft) -> Iterator[Finding]:
    if draft.replaced:
        yield Finding("replaces-update", Level.WARNING, "go_live_at", {"at": draft.replaced})


def _placed(draft: Draft) -> Iterator[tuple[str, PhotoWords | None]]:
    yield "lead_photo", draft.lead
    yield from ((f"body:{block.number}", block.photo) for block in draft.blocks)


def _photos(draft: Draft) -> Iterator[Finding]:
    for place, photo in _placed(draft):
        if photo and not photo.credit.strip():
            yield Finding("no-credit", Level.ERROR, place, {"photo": photo.title})
        if photo and not photo.alt.strip() and not photo.is_decorative:
            yield Finding("no-alt", Level.ERROR, place, {"photo": photo.title})


def _rights(draft: Draft) -> Iterator[Finding]:
    for place, photo in _placed(draft):
        if photo is None or photo.rights_until is None or draft.appears_at is None:
            continue
        values = {"photo": photo.title, "until": photo.until}
        if photo.rights_until <= draft.appears_at:
            yield Finding("rights-ended", Level.ERROR, place, values)
        elif photo.rights_until <= draft.appears_at + RIGHTS_AHEAD:
            yield Finding("rights-ending", Level.WARNING, place, values)


def _quotes(draft: Draft) -> Iterator[Finding]:
    for block in draft.blocks:
        if block.kind == "quote" and not block.speaker.strip():
            yield Finding("no-speaker", Level.WARNING, f"body:{block.number}", {"words": _short(block.words)})


def _entries(draft: Draft) -> Iterator[Finding]:
    for block in draft.blocks:
        if block.at and draft.appears_at and block.at > draft.appears_at + AHEAD:
            yield Finding("entry-ahead", Level.ERROR, f"body:{block.number}")


def _links(draft: Draft) -> Iterator[Finding]:
    for place, address in draft.dead_links:
        yield Finding("dead-link", Level.WARNING, place, {"address": address})


def _twins(draft: Draft) -> Iterator[Finding]:
    for twin in draft.twins:
        yield Finding("twin", Level.WARNING, "headline", {"headline": twin.headline, "address": twin.address})


def _words(draft: Draft) -> Iterator[Finding]:
    texts = [("headline", draft.headline), ("standfirst", draft.standfirst)]
    texts += [(f"body:{block.number}", block.words) for block in draft.blocks]
    for wrong, right in draft.house_words:
        pattern = re.compile(rf"(?<!\w){re.escape(wrong)}(?!\w)", re.IGNORECASE)
        for place, words in texts:
            met = pattern.search(_TAG.sub(" ", words))
            if met and met[0] != right:
                yield Finding("house-word", Level.WARNING, place, {"wrong": met[0], "right": right})


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39].rstrip()}…"
