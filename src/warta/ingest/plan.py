"""What an import would do with each item: create, update or skip it, and under which rubric. Pure."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from warta.ingest.item import SourceItem
from warta.lexicon import addresses
from warta.lexicon.copy import Copy, ParagraphCopy, PhotoCopy, PictureCopy

Verb = Literal["create", "update", "skip"]
_OLD_LINK: Final = re.compile(r'<a href="/[^"]')
_CHANNELS: Final = {
    "news": "berita", "article": "berita", "current": "berita", "opinion": "opini", "column": "opini",
    "editorial": "opini", "picture": "foto", "photo": "foto", "photos": "foto",
}  # fmt: skip
"""Genre names that agencies use, and the channels that a paper is founded with."""


class Mapped:
    """What the person who imports says of names: which rubric and which channel an archive's category means.

    Names are compared without regard to case; an empty rubric leaves the category out.
    """

    def __init__(self, rubrics: Mapping[str, str] | None = None, channels: Mapping[str, str] | None = None) -> None:
        self._rubrics = {name.casefold(): meant.strip() for name, meant in (rubrics or {}).items()}
        self._channels = {name.casefold(): meant.strip() for name, meant in (channels or {}).items()}

    def rubric(self, name: str) -> str | None:
        """Return the rubric that a category means, "" when it shall be left out, None when nothing is said of it."""
        return self._rubrics.get(name.casefold())

    def channel(self, name: str) -> str | None:
        """Return the channel that a genre means, None when nothing is said of it."""
        return self._channels.get(name.casefold())


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with one item, whose copy has its rubric and channel by now."""

    verb: Verb
    item: SourceItem
    digest: str

    @property
    def copy(self) -> Copy:
        """The copy to be filed."""
        return self.item.copy

    @property
    def waits(self) -> bool:
        """Whether the body links to addresses of the old site."""
        return any(isinstance(block, ParagraphCopy) and _OLD_LINK.search(block.html) for block in self.copy.body)

    @property
    def pictures(self) -> list[PhotoCopy]:
        """The photos that were found for it."""
        inside = [block.photo for block in self.copy.body if isinstance(block, PictureCopy)]
        return [self.copy.lead, *inside] if self.copy.lead else inside


def plan(items: Sequence[SourceItem], known: Mapping[str, str], *, rubrics: set[str], mapped: Mapped) -> list[Step]:
    """Return a step for each item, in order.

    `known` has the uri of every item that is in the paper, with the digest of the copy that was filed last ("" when
    that is unknown); `rubrics` are the slugs of those that exist.
    """
    steps = []
    for item in items:
        settled = replace(item, copy=_settled(item.copy, rubrics, mapped))
        said = digest(settled.copy)
        before = known.get(item.copy.uri)
        steps.append(Step("create" if before is None else "skip" if before == said else "update", settled, said))
    return steps


def digest(copy: Copy) -> str:
    """Return 32 hex digits that change when anything of the copy does; pictures count by name and size."""
    told = msgspec.json.encode(copy, enc_hook=_picture)
    return hashlib.blake2b(told, digest_size=16).hexdigest()


def _picture(path: Any) -> str:
    if not isinstance(path, Path):
        raise TypeError(f"{type(path)} has no place in copy")
    try:
        return f"{path.name} {path.stat().st_size}"
    except OSError:
        return path.name


def _settled(copy: Copy, rubrics: set[str], mapped: Mapped) -> Copy:
    """Choose channel and rubric: of the headings the first that is mapped, else one that exists, else the first.

    What is not chosen stays a topic. An agency's copy has no headings: then the rubric is one of its topics.
    """
    channel = mapped.channel(copy.channel) or _CHANNELS.get(copy.channel.casefold(), copy.channel)
    if copy.rubric:
        return replace(copy, channel=channel, rubric=mapped.rubric(copy.rubric) or copy.rubric)
    meant = {name: mapped.rubric(name) for name in copy.headings or copy.topics}
    kept = [name for name, rubric in meant.items() if rubric != ""]
    first = (
        next((name for name in kept if meant[name]), "")
        or next((name for name in kept if addresses.slug(name, fallback="") in rubrics), "")
        or next(iter(kept), "")
    )
    others = dict.fromkeys((*kept, *(copy.topics if copy.headings else ())))
    others.pop(first, None)
    return replace(copy, channel=channel, rubric=meant.get(first) or first, headings=(), topics=tuple(others))
