"""File many pieces of copy at once, as an archive brings them: the rows are those of `file`, written by the hundred."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend

from warta import plain
from warta.lexicon.copy import Copy, ReadAlsoCopy
from warta.newsroom import dispatches
from warta.newsroom.actions.body import stream
from warta.newsroom.actions.file import Filed, Photos, file, old_addresses, write
from warta.newsroom.actions.headings import Headings, UnfitCopyError
from warta.newsroom.models import Article, ArticleOldAddress, Byline, Version
from warta.newsroom.models.style import keep_likeness
from warta.newsroom.models.version import VersionKind
from warta.newsroom.states import State


def file_many(copies: Sequence[Copy], *, by: Any, now: datetime, headings: Headings) -> list[Filed | UnfitCopyError]:
    """File every piece in one transaction; return for each, in order, what `file` would have returned or raised.

    New pieces that are published by `now` are written together, the others one by one after them. On any other
    failure nothing of the lot is kept, and `headings` must forget.
    Raises: django.db.Error.
    """
    with transaction.atomic():
        uris = [copy.uri for copy in copies]
        known = set(Article.objects.filter(uri__in=uris).values_list("uri", flat=True))
        together: dict[int, _New] = {}
        outcomes: dict[int, Filed | UnfitCopyError] = {}
        fresh = set(uris) - known
        for place, copy in enumerate(copies):
            if copy.uri not in known and _is_plain(copy, now, fresh):
                known.add(copy.uri)
                try:
                    together[place] = _New(copy, by=by, now=now, headings=headings)
                except UnfitCopyError as error:
                    outcomes[place] = error
        _keep(list(together.values()), by=by, now=now)
        outcomes |= {place: Filed(new.article, is_new=True, lost=new.lost) for place, new in together.items()}
        for place, copy in enumerate(copies):
            if place not in outcomes:
                outcomes[place] = _alone(copy, by=by, now=now, headings=headings)
    return [outcomes[place] for place in range(len(copies))]


def _is_plain(copy: Copy, now: datetime, fresh: set[str]) -> bool:
    """Tell whether a new piece is simply published, and leads to none that is as new as itself."""
    at = copy.first_published_at
    is_published = copy.status == "published" and copy.embargo is None and at is not None and at <= now
    return is_published and not any(isinstance(block, ReadAlsoCopy) and block.uri in fresh for block in copy.body)


def _alone(copy: Copy, *, by: Any, now: datetime, headings: Headings) -> Filed | UnfitCopyError:
    try:
        with transaction.atomic():
            return file(copy, by=by, now=now, headings=headings)
    except (ValueError, DataError, IntegrityError) as error:
        headings.forget()
        return error if isinstance(error, UnfitCopyError) else UnfitCopyError(str(error))


class _New:
    """A new article on its way into the tables, with its body and its old addresses.

    Raises: UnfitCopyError.
    """

    def __init__(self, copy: Copy, *, by: Any, now: datetime, headings: Headings) -> None:
        self.lost: list[str] = []
        photos = Photos(by=by, lost=self.lost)
        self.updated_at = copy.updated_at
        self.article = Article(uri=copy.uri, live=False, made_by=by, has_unpublished_changes=True)
        self.article.lead_photo = photos.keep(copy.lead) if copy.lead else None
        self.article.body = stream(copy.body, photo=photos.keep, lost=self.lost)
        write(self.article, copy, headings=headings, now=now, lost=self.lost)
        self.article.settle()
        self.addresses = old_addresses(copy, self.lost)


def _keep(made: Sequence[_New], *, by: Any, now: datetime) -> None:
    """Write new articles as drafts, with a revision each, and then as what `publish` makes of them."""
    if not made:
        return
    articles = Article.objects.bulk_create(new.article for new in made)
    for article in articles:
        for byline in article.bylines.all():
            byline.article = article
    Byline.objects.bulk_create(byline for article in articles for byline in article.bylines.all())
    tagged = Article.topics.through
    tagged._default_manager.bulk_create(
        tagged(article_id=article.pk, topic_id=topic.pk) for article in articles for topic in article.topics.all()
    )
    revisions = Revision.objects.bulk_create(_revision(article, by) for article in articles)
    for new, revision in zip(made, revisions, strict=True):
        article = new.article
        article.latest_revision = article.live_revision = revision
        article.latest_revision_created_at = revision.created_at
        article.live, article.has_unpublished_changes = True, False
        article.last_published_at, article.state = timezone.now(), State.PUBLISHED
        article.updated_at = new.updated_at
    _make_live(articles)
    Version.objects.bulk_create(_first_version(article, now) for article in articles)
    _keep_addresses(made)
    _tell(articles, revisions, by=by)
    dispatches.leave("article", [article.pk for article in articles])


def _revision(article: Article, by: Any) -> Revision:
    kind = ContentType.objects.get_for_model(article, for_concrete_model=False)
    return Revision(
        content_type=kind,
        base_content_type=kind,
        object_id=str(article.pk),
        user=by,
        content=article.serializable_data(),
        object_str=str(article),
        created_at=timezone.now(),
    )


def _make_live(articles: Sequence[Article]) -> None:
    names = [
        "latest_revision",
        "live_revision",
        "live",
        "has_unpublished_changes",
        "last_published_at",
        "state",
        "updated_at",
    ]
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


def _first_version(article: Article, now: datetime) -> Version:
    return Version.made(article, None, kind=VersionKind.PUBLISHED, at=min(article.published_at, now))


def _keep_addresses(made: Sequence[_New]) -> None:
    """Keep old addresses; one that another article had is this one's from now on."""
    owners = {address: new.article.pk for new in made for address in new.addresses}
    ArticleOldAddress.objects.bulk_create(
        (ArticleOldAddress(address=address, article_id=pk) for address, pk in owners.items()),
        update_conflicts=True,
        unique_fields=["address"],
        update_fields=["article"],
    )


@lru_cache(maxsize=1000)
def _path_hash(path: str) -> UUID:
    hashed: UUID = ReferenceIndex._get_content_path_hash(path)
    return hashed


def _tell(articles: Sequence[Article], revisions: Sequence[Revision], *, by: Any) -> None:
    """Write what Wagtail notes beside a publication: the log, what refers to what, and the newsroom's own search.

    Its own way to index references asks twice for each object; for many there is none, so its inner parts are used.
    """
    kind = ContentType.objects.get_for_model(Article, for_concrete_model=False)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            label=str(article),
            action="wagtail.publish",
            timestamp=timezone.now(),
            data={},
            object_id=str(article.pk),
            user=by,
            revision=revision,
            content_changed=True,
        )
        for article, revision in zip(articles, revisions, strict=True)
    )
    hashed = ReferenceIndex._meta.get_field("content_path_hash")
    plain.do_many(
        "INSERT INTO wagtailcore_referenceindex (content_type_id, base_content_type_id, object_id, to_content_type_id,"
        " to_object_id, model_path, content_path, content_path_hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (
            (kind.pk, kind.pk, str(article.pk), *said, hashed.get_db_prep_save(_path_hash(said[-1]), connection))
            for article in articles
            for said in set(ReferenceIndex._extract_references_from_object(article))
        ),
    )
    get_search_backend().add_bulk(Article, articles)
    keep_likeness(articles)
