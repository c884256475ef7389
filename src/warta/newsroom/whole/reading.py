"""Reads all that an export holds of the newsroom, in the order of ids, a few hundred rows at a time."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Prefetch, Q
from wagtail.models import Collection, Revision

from warta.newsroom.models import (
    Arrangement,
    Article,
    Breaking,
    Byline,
    Channel,
    Contributor,
    HouseWord,
    Photo,
    Rubric,
    StaticPage,
    Submission,
    Topic,
    Version,
)
from warta.newsroom.whole import records

AT_ONCE: Final = 200
"""How many articles are read by one set of queries."""
_Row = TypeVar("_Row", bound=models.Model)
_SUBJECTS: Final[tuple[tuple[Any, type[Any]], ...]] = (
    (Rubric, records.Rubric),
    (Channel, records.Channel),
    (Topic, records.Topic),
    (Contributor, records.Contributor),
    (HouseWord, records.HouseWord),
)
_DRAFT: Final = tuple(name for name in records.Text.__struct_fields__ if name not in {"body", "bylines"})


@dataclass(frozen=True, slots=True)
class Given:
    """An article's record beside the row it was read from, whose names and photos others may want."""

    record: records.Article
    row: Article
    photos: dict[int, Photo]


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything within as it is at one instant, while others go on writing.

    Within a transaction it is that of the transaction.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:  # not `atomic`, which takes the place of who writes
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def counts() -> dict[str, int]:
    """Return how many articles, versions, photos and static pages there are."""
    counted: dict[str, Any] = {"articles": Article, "versions": Version, "photos": Photo, "static_pages": StaticPage}
    return {name: model._default_manager.count() for name, model in counted.items()}


def subjects() -> Iterator[records.Subject]:
    """Return rubrics, channels, topics, people and house words."""
    for model, record in _SUBJECTS:
        for row in model._default_manager.order_by("pk").iterator(chunk_size=1000):
            yield records.written(record, row)


def statics() -> Iterator[records.StaticPage]:
    """Return the static pages."""
    for row in StaticPage.objects.order_by("pk"):
        yield records.written(records.StaticPage, row, body=_blocks(row.body))


def photos() -> Iterator[tuple[records.Photo, Path]]:
    """Return the photos and where their originals should lie; `sha256` and `bytes` are for who reads those."""
    collections = _collections()
    for rows in _portions(Photo.objects.prefetch_related("tags")):
        for row in rows:
            yield (
                records.written(
                    records.Photo,
                    row,
                    file=Path(row.file.name).name,
                    sha256=None,
                    bytes=None,
                    tags=tuple(sorted(tag.name for tag in row.tags.all())),
                    collection=collections.get(row.collection_id, ()),
                ),
                Path(row.file.path),
            )


def articles() -> Iterator[Given]:
    """Return all articles with everything that hangs on them."""
    whole = Article.objects.select_related(
        "channel", "rubric", "lead_photo", "verification", "unranked"
    ).prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("contributor")),
        *("topics", "old_addresses", "corrections", "replies"),
    )
    for rows in _portions(whole):
        ids = [row.pk for row in rows]
        versions, drafts = _versions(ids), _drafts(rows)
        submitted = dict(Submission.objects.filter(article__in=ids, outcome="").values_list("article_id", "at"))
        shown = Photo.objects.in_bulk({number for row in rows for number in _photo_ids(row)})
        for row in rows:
            record = records.written(
                records.Article,
                row,
                submitted_at=submitted.get(row.pk),
                text=_text(row),
                drafts=tuple(_draft(row, revision) for revision in drafts[row.pk]),
                old_addresses=tuple(sorted(old.address for old in row.old_addresses.all())),
                versions=tuple(versions[row.pk]),
                corrections=_sorted(records.Correction, row.corrections.all()),
                replies=_sorted(records.Reply, row.replies.all()),
                verification=_one(records.Verification, row, "verification"),
                unranked=_one(records.Unranked, row, "unranked"),
            )
            yield Given(record, row, shown)


def deleted() -> Iterator[records.Deleted]:
    """Return the histories of articles that are no longer there."""
    orphans = Version.objects.filter(~Exists(Article.objects.filter(pk=OuterRef("article_id"))))
    for article_id in orphans.order_by("article_id").values_list("article_id", flat=True).distinct().iterator():
        yield records.Deleted(article_id=article_id, versions=tuple(_versions([article_id])[article_id]))


def fronts() -> Iterator[records.Fronted]:
    """Return every arrangement that fronts ever had, each front's in order, and every breaking news."""
    rows = Arrangement.objects.select_related("front").order_by("front_id", "number")
    for row in rows.iterator(chunk_size=1000):
        slots = {pin.slot: records.Pinned(article=pin.article_id, until=pin.until) for pin in row.pins}
        yield records.written(records.Arrangement, row, rubric=row.front.rubric_id, slots=slots)
    for breaking in Breaking.objects.order_by("pk").iterator(chunk_size=1000):
        yield records.written(records.Breaking, breaking)


def _portions(rows: "models.QuerySet[_Row]") -> Iterator[list[_Row]]:
    last = 0
    while portion := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield portion
        last = portion[-1].pk


def _text(row: Article) -> records.Text:
    return records.written(
        records.Text,
        row,
        channel=row.channel_id,
        rubric=row.rubric_id,
        topics=tuple(sorted(topic.pk for topic in row.topics.all())),
        lead_photo=row.lead_photo_id,
        translation_of=row.translation_of_id,
        body=_blocks(row.body),
        bylines=tuple(
            records.Byline(contributor=byline.contributor_id, role=byline.role)
            for byline in sorted(row.bylines.all(), key=lambda byline: byline.sort_order or 0)
        ),
    )


def _draft(row: Article, revision: Revision) -> records.Draft:
    """Return what a revision says; what an older version of Warta did not write in it is as in the row."""
    content, text = revision.content, msgspec.structs.asdict(_text(row))
    text |= {name: content[name] for name in _DRAFT if name in content}
    if "body" in content:
        body = content["body"]
        text["body"] = json.loads(body or "[]") if isinstance(body, str) else body
    if "bylines" in content:
        said = sorted(content["bylines"], key=lambda byline: byline.get("sort_order") or 0)
        text["bylines"] = [{"contributor": byline["contributor"], "role": byline["role"]} for byline in said]
    return records.Draft(
        text=records.Text(**text),  # as it is: whether it can come in again is looked at when it is written
        saved_at=revision.created_at,
        go_live_at=revision.approved_go_live_at,
        is_newest=revision.pk == row.latest_revision_id,
    )


def _drafts(rows: Sequence[Article]) -> dict[int, list[Revision]]:
    """Return of each article the revisions that readers do not have: the newest, and the one that is scheduled."""
    newest = [row.latest_revision_id for row in rows if row.latest_revision_id not in {None, row.live_revision_id}]
    kind = ContentType.objects.get_for_model(Article)
    scheduled = Q(
        base_content_type=kind, object_id__in=[str(row.pk) for row in rows], approved_go_live_at__isnull=False
    )
    found: dict[int, list[Revision]] = defaultdict(list)
    for revision in Revision.objects.filter(Q(pk__in=newest) | scheduled).order_by("pk"):
        found[int(revision.object_id)].append(revision)
    return found


def _versions(ids: Iterable[int]) -> dict[int, list[records.Version]]:
    found: dict[int, list[records.Version]] = defaultdict(list)
    for row in Version.objects.filter(article_id__in=ids).order_by("article_id", "number"):
        found[row.article_id].append(records.written(records.Version, row))
    return found


def _one(record: type[Any], row: Article, name: str) -> Any:
    """Return the record of the one row that hangs on an article under a name, None where there is none."""
    found = getattr(row, name, None)
    return None if found is None else records.written(record, found)


def _sorted(record: type[Any], rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(records.written(record, row) for row in sorted(rows, key=lambda row: row.pk))


def _blocks(body: Any) -> Any:
    return [dict(block) for block in body.raw_data]


def _photo_ids(row: Article) -> Iterator[int]:
    if row.lead_photo_id:
        yield row.lead_photo_id
    for block in row.body.raw_data:
        if block["type"] == "photo" and block["value"].get("photo"):
            yield block["value"]["photo"]


def _collections() -> dict[int, tuple[str, ...]]:
    """Return of each collection the names that lead to it."""
    found: dict[int, tuple[str, ...]] = {}
    way: list[str] = []
    for row in Collection.objects.order_by("path"):
        way[row.depth - 1 :] = [row.name]
        found[row.pk] = tuple(way[1:])
    return found
