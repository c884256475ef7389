"""Restores what stands around articles: subjects, photos, static pages, fronts, each under its old id."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from django.core.files import File
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max
from wagtail.models import Collection

from warta.newsroom.models import (
    Arrangement,
    Article,
    Breaking,
    Channel,
    Contributor,
    Correction,
    Front,
    HouseWord,
    Photo,
    Pin,
    RightOfReply,
    Rubric,
    StaticPage,
    Topic,
    Verification,
    Version,
)
from warta.newsroom.photos.inspection import Inspected, RefusedPhotoError, inspect
from warta.newsroom.whole import records
from warta.newsroom.whole.articles import WrongRecordError, stream

_NUMBERED: Final[tuple[Any, ...]] = (
    *(Rubric, Channel, Topic, Contributor, HouseWord, Photo, StaticPage, Article),
    *(Correction, RightOfReply, Verification, Breaking),
)
"""The tables whose rows come back under their old numbers."""
_SUBJECTS: Final[dict[type[Any], Any]] = {
    records.Rubric: Rubric,
    records.Channel: Channel,
    records.Topic: Topic,
    records.Contributor: Contributor,
    records.HouseWord: HouseWord,
}
_OF_THE_FILE: Final = frozenset({"sha256", "bytes", "file", "tags", "collection", "created_at"})


def is_empty() -> bool:
    """Tell whether there is nothing yet but what founding a paper made."""
    return not any(model._default_manager.exists() for model in (Article, Rubric, Topic, Contributor, Photo, Version))


@transaction.atomic
def clear() -> None:
    """Take away what founding a paper made, so that what is restored finds its numbers free."""
    for model in (StaticPage, Channel, HouseWord):
        model._default_manager.all().delete()


@transaction.atomic
def restore_subjects(given: Sequence[records.Subject]) -> None:
    """Write rubrics, channels, topics, people and house words.

    Raises: django.db.Error.
    """
    for record in given:
        values = {name: getattr(record, name) for name in record.__struct_fields__}
        _SUBJECTS[type(record)](**values).save(force_insert=True)


@transaction.atomic
def restore_statics(given: Sequence[records.StaticPage]) -> None:
    """Write static pages.

    Raises: django.db.Error.
    """
    for record in given:
        values = {name: getattr(record, name) for name in record.__struct_fields__}
        StaticPage(**{**values, "body": stream(StaticPage, record.body)}).save(force_insert=True)
        StaticPage.objects.filter(pk=record.id).update(updated_at=record.updated_at)


def restore_photos(given: Sequence[tuple[records.Photo, Path | None]]) -> None:
    """Write photos with their originals, in one transaction; without a path the original was lost before.

    Raises: WrongRecordError for one that is no sound photo; django.db.Error; OSError.
    """
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(_inspected, given))
    with transaction.atomic():
        for (record, path), looks in zip(given, found, strict=True):
            _restore_photo(record, path, looks)


@transaction.atomic
def restore_fronts(given: Sequence[records.Fronted]) -> None:
    """Write arrangements, of each front the last of which is live, and breaking news.

    Raises: django.db.Error.
    """
    for record in given:
        if isinstance(record, records.Breaking):
            values = {name: getattr(record, name) for name in record.__struct_fields__}
            Breaking(**values).save(force_insert=True)
            Breaking.leave_dispatch()
            continue
        front = Front.objects.filter(rubric=record.rubric).first() or Front(rubric_id=record.rubric)
        front.number = record.number
        front.save()
        pins = [Pin(slot, pinned.article, pinned.until) for slot, pinned in record.slots.items()]
        slots = Arrangement.written(pins)
        Arrangement(
            front=front, number=record.number, slots=slots, back_to=record.back_to, made_at=record.made_at
        ).save()
        front.leave_dispatch()


@transaction.atomic
def number_on() -> None:
    """Go on numbering after the highest there is; articles also after those that are gone and have left a history."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_NUMBERED)):
            cursor.execute(statement)
        last = Version.objects.aggregate(last=Max("article_id"))["last"] or 0
        newest = Article.objects.aggregate(last=Max("pk"))["last"] or 0
        if last <= newest:
            return
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence('newsroom_article', 'id'), %s)", [last])
        else:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = 'newsroom_article'", [last])


def _inspected(given: tuple[records.Photo, Path | None]) -> Inspected | None:
    record, path = given
    try:
        return inspect(path) if path is not None else None
    except RefusedPhotoError as error:
        raise WrongRecordError(f"photo {record.id} ({record.file}): {error}") from error


def _restore_photo(record: records.Photo, path: Path | None, looks: Inspected | None) -> None:
    names = [name for name in record.__struct_fields__ if name not in _OF_THE_FILE]
    photo = Photo(**{name: getattr(record, name) for name in names}, collection=_collection(record.collection))
    if path is None or looks is None:
        photo.file.name = photo.get_upload_to(record.file)
        Photo.objects.bulk_create([photo])  # Wagtail's `save` would read the file
    else:
        name, storage = photo.get_upload_to(record.file), photo.file.storage
        if storage.exists(name) and not Photo.objects.filter(file=name).exists():
            storage.delete(name)  # left by a run that was interrupted
        with path.open("rb") as file:
            photo.file.save(record.file, File(file), save=False)
        photo.file_size, photo.file_hash = path.stat().st_size, _sha1(path)
        photo.likeness = looks.likeness
        photo.shown_size = (looks.width, looks.height)
        photo.save(force_insert=True)
    Photo.objects.filter(pk=photo.pk).update(created_at=record.created_at)
    if record.tags:
        photo.tags.set(record.tags)


def _sha1(path: Path) -> str:
    """Return the hash by which the newsroom knows a file again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()


def _collection(names: Sequence[str]) -> Collection:
    """Return the collection to which these names lead, made where it is missing."""
    here = Collection.get_first_root_node()
    for name in names:
        here = here.get_children().filter(name=name).first() or here.add_child(name=name)
    return here
