"""Brings items from outside into the newsroom, one by one; what cannot be taken is reported, the rest goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import DataError, IntegrityError

from warta.ingest.formats import ninjs as format_ninjs
from warta.ingest.item import BrokenItem, SourceItem
from warta.ingest.sources import files
from warta.lexicon import addresses
from warta.lexicon.copy import Copy
from warta.newsroom import reading
from warta.newsroom.actions.file import UnfitCopyError, file

_CHANNELS: Final = {
    "news": "berita", "article": "berita", "current": "berita", "opinion": "opini", "column": "opini",
    "editorial": "opini", "picture": "foto", "photo": "foto", "photos": "foto",
}  # fmt: skip
"""Genre names that agencies use, and the channels that a paper is founded with."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: `status` is published, scheduled, draft, withdrawn or broken; `url` None if unseen."""

    uri: str
    where: str
    status: str
    url: str | None = None
    is_new: bool = False
    lost: tuple[str, ...] = ()
    error: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as a line of `--json`."""
        found: dict[str, Any] = {"uri": self.uri, "url": self.url, "status": self.status, "lost": list(self.lost)}
        if self.error:
            return {**found, "where": self.where, "error": self.error}
        return {**found, "new": self.is_new}


def ninjs(path: Path, *, by: Any, now: datetime, may_create: bool) -> Iterator[Outcome]:
    """Import every ninjs item of a file or folder."""
    for document in files.documents(path):
        if isinstance(document, BrokenItem):
            yield _broken(document)
            continue
        where, folder, data = document
        item = format_ninjs.parse(data, folder=folder, where=where)
        yield _broken(item) if isinstance(item, BrokenItem) else _load(item, by=by, now=now, may_create=may_create)


def _load(item: SourceItem, *, by: Any, now: datetime, may_create: bool) -> Outcome:
    copy = _with_rubric(item.copy)
    try:
        filed = file(copy, by=by, now=now, may_create=may_create)
    except (UnfitCopyError, ValueError, DataError, IntegrityError) as error:
        return Outcome(uri=copy.uri, where=item.where, status="broken", error=str(error))
    article = filed.article
    status = "scheduled" if copy.status == "published" and not article.live else copy.status
    return Outcome(
        uri=copy.uri,
        where=item.where,
        status=status,
        url=None if status == "draft" else article.path,
        is_new=filed.is_new,
        lost=(*item.lost, *filed.lost),
    )


def _with_rubric(copy: Copy) -> Copy:
    """Choose the rubric: the first subject that names one that exists, or else the first; the others stay topics."""
    channel = _CHANNELS.get(copy.channel.casefold(), copy.channel)
    if copy.rubric or not copy.topics:
        return replace(copy, channel=channel)
    known = reading.rubric_slugs()
    rubric = next((name for name in copy.topics if addresses.slug(name, fallback="") in known), copy.topics[0])
    return replace(copy, channel=channel, rubric=rubric, topics=tuple(name for name in copy.topics if name != rubric))


def _broken(item: BrokenItem) -> Outcome:
    return Outcome(uri=item.uri, where=item.where, status="broken", error=item.reason)
