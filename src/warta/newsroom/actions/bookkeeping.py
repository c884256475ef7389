"""What Wagtail keeps beside articles (revisions, log, references, search), written for many at once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, Final
from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend

from warta import plain
from warta.newsroom.models import Article

_AS_THEY_ARE: Final = (str, int, bool)
"""Types of values that a revision keeps as they are."""


def revision(article: Article, *, by: Any, at: datetime | None = None, go_live_at: datetime | None = None) -> Revision:
    """Return a revision of an article's present text without saving it; `go_live_at` is when it shall be made live."""
    kind = ContentType.objects.get_for_model(article, for_concrete_model=False)
    return Revision(
        content_type=kind,
        base_content_type=kind,
        object_id=str(article.pk),
        user=by,
        content=content(article),
        object_str=str(article),
        created_at=at or timezone.now(),
        approved_go_live_at=go_live_at,
    )


def content(article: Article) -> dict[str, Any]:
    """Return what a revision keeps of an article: `article.serializable_data()`, in a third of its time.

    The library looks through all fields for relations anew for each article, and asks Django what each value is.
    """
    model: Any = type(article)
    made = _columns(article)
    for name in _children(model):
        made[name] = [_columns(child) for child in getattr(article, name).all()]
    for name in _many(model):
        made[name] = [other.pk for other in getattr(article, name).all()]
    return made


def _columns(row: Model) -> dict[str, Any]:
    made = {"pk": row.pk}
    for field in _fields(type(row)):
        value = getattr(row, field.attname)
        if type(value) is datetime:
            made[field.name] = value.astimezone(UTC)
        else:
            is_kept = value is None or type(value) in _AS_THEY_ARE or field.is_relation
            made[field.name] = value if is_kept else field.value_to_string(row)
    return made


@cache
def _fields(model: Any) -> list[Any]:
    return [field for field in model._meta.fields if field.serialize]


@cache
def _children(model: Any) -> list[str]:
    return [relation.get_accessor_name() for relation in get_all_child_relations(model)]


@cache
def _many(model: Any) -> list[str]:
    return [field.name for field in get_all_child_m2m_relations(model) if field.serialize]


def write(articles: Sequence[Article], names: Sequence[str]) -> None:
    """Write some fields of rows that are there, as they are."""
    fields = [Article._meta.get_field(name) for name in names]
    columns = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE newsroom_article SET {columns} WHERE id = %s",  # noqa: S608 — names of ours
            [
                [*(field.get_db_prep_save(getattr(article, field.attname), connection) for field in fields), article.pk]
                for article in articles
            ],
        )


@lru_cache(maxsize=1000)
def _path_hash(path: str) -> UUID:
    hashed: UUID = ReferenceIndex._get_content_path_hash(path)
    return hashed


def tell(articles: Sequence[Article], revisions: Sequence[Revision], *, action: str, by: Any) -> None:
    """Write of new articles the log of what was done to each, what refers to what, and the newsroom's own search.

    Wagtail's own way to index references asks twice for each object; for many at once, its inner parts are used.
    """
    kind, now = ContentType.objects.get_for_model(Article, for_concrete_model=False), timezone.now()
    logged = ModelLogEntry._meta.get_field("uuid")
    plain.insert(
        ModelLogEntry._meta.db_table,
        (
            *("content_type_id", "label", "action", "data", "timestamp", "uuid", "user_id", "revision_id"),
            *("content_changed", "deleted", "object_id"),
        ),
        (
            (
                *(kind.pk, str(article), action, "{}", now, logged.get_db_prep_save(uuid4(), connection), by and by.pk),
                *(revision.pk, True, False, str(article.pk)),
            )
            for article, revision in zip(articles, revisions, strict=True)
        ),
    )
    hashed = ReferenceIndex._meta.get_field("content_path_hash")
    plain.insert(
        "wagtailcore_referenceindex",
        (
            *("content_type_id", "base_content_type_id", "object_id", "to_content_type_id", "to_object_id"),
            *("model_path", "content_path", "content_path_hash"),
        ),
        (
            (kind.pk, kind.pk, str(article.pk), *said, hashed.get_db_prep_save(_path_hash(said[-1]), connection))
            for article in articles
            for said in set(ReferenceIndex._extract_references_from_object(article))
        ),
    )
    get_search_backend().add_bulk(Article, articles)
