"""File many pieces of copy at once, as an archive brings them: the rows are those of `file`, written by the hundred."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Revision

from warta import plain
from warta.lexicon.copy import Copy, ReadAlsoCopy
from warta.newsroom import dispatches, reading
from warta.newsroom.actions import bookkeeping
from warta.newsroom.actions.body import stream
from warta.newsroom.actions.file import Filed, Photos, file, name, old_addresses, write
from warta.newsroom.actions.headings import Headings, UnfitCopyError
from warta.newsroom.models import Article, Version
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
        known = set(reading.ids_by_uri(uris))
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
        headings.meet([copies[place] for place in together])
        for place, new in together.items():
            name(new.article, copies[place], headings=headings)
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
    """Write new articles as what `publish` makes of drafts, with what filing leaves of each."""
    if not made:
        return
    articles = [new.article for new in made]
    for article, number in zip(articles, plain.numbers(Article, len(made)), strict=True):
        article.pk = number
        for byline in article.bylines.all():
            byline.article = article
    revisions = [bookkeeping.revision(article, by=by) for article in articles]
    for new, revision, number in zip(made, revisions, plain.numbers(Revision, len(made)), strict=True):
        revision.pk = number
        _make_live(new, revision)
    plain.add(Revision, revisions)
    plain.add(Article, articles)
    plain.insert(
        "newsroom_byline",
        ("article_id", "contributor_id", "role", "sort_order"),
        (
            (article.pk, byline.contributor_id, byline.role, byline.sort_order)
            for article in articles
            for byline in article.bylines.all()
        ),
    )
    plain.insert(
        "newsroom_article_topics",
        ("article_id", "topic_id"),
        ((article.pk, topic.pk) for article in articles for topic in article.topics.all()),
    )
    plain.add(Version, [_first_version(article, now) for article in articles])
    _keep_addresses(made)
    bookkeeping.tell(articles, revisions, action="wagtail.publish", by=by)
    keep_likeness(articles)
    dispatches.leave("article", [article.pk for article in articles])


def _make_live(new: _New, revision: Revision) -> None:
    """Make a draft what `publish` makes of it."""
    article = new.article
    article.latest_revision = article.live_revision = revision
    article.live, article.has_unpublished_changes = True, False
    article.last_published_at, article.state = timezone.now(), State.PUBLISHED
    article.updated_at = new.updated_at


def _first_version(article: Article, now: datetime) -> Version:
    return Version.made(article, None, kind=VersionKind.PUBLISHED, at=min(article.published_at, now))


def _keep_addresses(made: Sequence[_New]) -> None:
    """Keep old addresses; one that another article had is this one's from now on."""
    owners = {address: new.article.pk for new in made for address in new.addresses}
    plain.insert(
        "newsroom_articleoldaddress",
        ("address", "article_id"),
        owners.items(),
        on_conflict="(address) DO UPDATE SET article_id = excluded.article_id",
        types=("text", "bigint"),
    )
