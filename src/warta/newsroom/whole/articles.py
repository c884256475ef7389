"""Restores articles under their old ids, and in a second round what ties them to each other."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any, Final

import msgspec
from django.db import transaction
from wagtail.blocks import StreamValue
from wagtail.models import Revision

from warta.lexicon import zones
from warta.newsroom import dispatches, live
from warta.newsroom.actions import bookkeeping
from warta.newsroom.models import (
    Article,
    ArticleOldAddress,
    Byline,
    Contributor,
    Correction,
    RightOfReply,
    Rubric,
    Submission,
    Topic,
    Unranked,
    Verification,
    Version,
)
from warta.newsroom.models.style import keep_likeness
from warta.newsroom.states import State
from warta.newsroom.versions import Link, broken
from warta.newsroom.whole import records

_AFTERWARDS: Final = ("latest_revision", "live_revision", "made_at")
"""What is written once the rows and their revisions are there; `made_at` Django sets itself."""
_OWN: Final = (
    *("live", "state", "expired", "has_unpublished_changes", "made_at", "first_published_at", "last_published_at"),
    *("updated_at", "withdrawn_at", "withdrawal_ground", "withdrawal_reason", "uri"),
)
_WORDS: Final = (
    *("headline", "standfirst", "lead_caption", "lead_credit", "place", "zone", "language", "initials"),
    *("embargo", "go_live_at", "expire_at"),
)


class WrongRecordError(ValueError):
    """A record cannot be what it says it is; the message names it."""


@transaction.atomic
def restore_articles(given: Sequence[records.Article]) -> None:
    """Write articles that are not there, with their drafts, histories and old addresses, in one transaction.

    They have no Dispatch yet: `restore_ties` leaves it.
    Raises: WrongRecordError; django.db.Error.
    """
    known = _Known(given)
    articles = [known.row(record) for record in given]
    Article.objects.bulk_create(articles)
    for article, record in zip(articles, given, strict=True):
        article.made_at = record.made_at
        article.translation_of_id = record.text.translation_of  # in its revision; in its row once all are there
    Byline.objects.bulk_create(_bylines(articles))
    tagged = Article.topics.through
    tagged._default_manager.bulk_create(
        tagged(article_id=article.pk, topic_id=topic.pk) for article in articles for topic in article.topics.all()
    )
    newest = _keep_revisions(articles, given, known)
    bookkeeping.write(articles, _AFTERWARDS)
    keep_versions((record.id, record.versions) for record in given)
    ArticleOldAddress.objects.bulk_create(
        ArticleOldAddress(article_id=record.id, address=address) for record in given for address in record.old_addresses
    )
    keep_likeness(article for article in articles if article.live)
    Submission.objects.bulk_create(_submissions(given))
    bookkeeping.tell(articles, newest, action="wagtail.create", by=None)


@transaction.atomic
def restore_ties(given: Sequence[records.Article]) -> None:
    """Write the corrections, replies and notices of articles that are all there, and leave the Dispatches.

    Raises: django.db.Error.
    """
    Correction.objects.bulk_create(
        Correction(article_id=record.id, **_columns(row)) for record in given for row in record.corrections
    )
    RightOfReply.objects.bulk_create(
        RightOfReply(article_id=record.id, **_columns(row)) for record in given for row in record.replies
    )
    Verification.objects.bulk_create(
        Verification(article_id=record.id, **_columns(record.verification)) for record in given if record.verification
    )
    unranked = [record for record in given if record.unranked]
    Unranked.objects.bulk_create(Unranked(article_id=record.id, **_columns(record.unranked)) for record in unranked)
    dispatches.leave("unranked", [record.id for record in unranked])
    translated = [Article(pk=r.id, translation_of_id=r.text.translation_of) for r in given if r.text.translation_of]
    bookkeeping.write(translated, ("translation_of",))
    seen = {State.PUBLISHED, State.CORRECTED, State.SCHEDULED, State.WITHDRAWN}
    dispatches.leave("article", [record.id for record in given if record.state in seen])


def keep_versions(given: Iterable[tuple[int, Sequence[records.Version]]]) -> None:
    """Write chains of versions that hold.

    Raises: WrongRecordError for the first that does not; django.db.Error.
    """
    rows = []
    for article_id, versions in given:
        links = [
            Link(article_id, v.number, v.at.astimezone(UTC).isoformat(), v.kind, v.why, v.content, v.before, v.hash)
            for v in versions
        ]
        wrong = broken(links)
        if wrong is not None:
            raise WrongRecordError(f"version {wrong.number} of article {article_id} is not what was published")
        rows += [Version(article_id=article_id, **_columns(version)) for version in versions]
    Version.objects.bulk_create(rows)


class _Known:
    """The topics and people that some records name, found at once."""

    def __init__(self, given: Sequence[records.Article]) -> None:
        texts = [text for record in given for text in (record.text, *(draft.text for draft in record.drafts))]
        self._topics = Topic.objects.in_bulk({number for text in texts for number in text.topics})
        people = {byline.contributor for text in texts for byline in text.bylines}
        self._people: Mapping[int, Contributor] = Contributor.objects.in_bulk(people)

    def row(self, record: records.Article, draft: records.Text | None = None) -> Article:
        """Return an article as its row shall be, or with the text of a draft; what a draft names may be gone by now.

        Raises: WrongRecordError when the row names what is not there, or has an impossible date or zone.
        """
        text = draft or record.text
        article = Article(pk=record.id, **{name: getattr(record, name) for name in _OWN})
        article.translation_of_id = text.translation_of if draft else None
        for name in _WORDS:
            setattr(article, name, getattr(text, name))
        article.channel_id, article.rubric_id, article.lead_photo_id = text.channel, text.rubric, text.lead_photo
        article.body = stream(Article, text.body)
        try:
            article.settle()
            if article.first_published_at is not None:
                zones.possible(article.first_published_at)
            for at in live.moments(article.body.raw_data):
                zones.possible(at)
        except ValueError as error:
            raise WrongRecordError(f"article {record.id}: {error}") from error
        missing = {n for n in text.topics if n not in self._topics}
        unknown = {byline.contributor for byline in text.bylines if byline.contributor not in self._people}
        if draft is None and (missing or unknown):
            raise WrongRecordError(
                f"article {record.id} names topic or contributor {min(missing | unknown)}: not there"
            )
        article.topics = [self._topics[number] for number in text.topics if number not in missing]
        article.bylines = [
            Byline(article=article, contributor_id=byline.contributor, role=byline.role, sort_order=place)
            for place, byline in enumerate(text.bylines)
            if byline.contributor not in unknown
        ]
        return article


def stream(model: Any, body: Sequence[Any]) -> StreamValue:
    """Return the blocks of a record as the value of a model's body."""
    raw = msgspec.json.decode(msgspec.json.encode(body))  # lists and dicts, as they come from the tables
    value: StreamValue = model._meta.get_field("body").stream_block.to_python(raw)
    return value


def _bylines(articles: Sequence[Article]) -> list[Byline]:
    return [byline for article in articles for byline in article.bylines.all()]


def _submissions(given: Sequence[records.Article]) -> list[Submission]:
    """Return what waits for its desk, under the rubric of the newest text, which may be gone by now."""
    rubrics = {
        record.id: next((draft.text for draft in record.drafts if draft.is_newest), record.text).rubric
        for record in given
        if record.submitted_at
    }
    there = Rubric.objects.in_bulk(set(rubrics.values()))
    return [
        Submission(article_id=record.id, at=record.submitted_at, rubric=there.get(rubrics[record.id]))
        for record in given
        if record.submitted_at
    ]


def _keep_revisions(articles: Sequence[Article], given: Sequence[records.Article], known: _Known) -> list[Revision]:
    """Write the revision of each text that readers have, or had, and those of drafts; return of each its newest."""
    rows: list[Revision] = []
    pairs: list[tuple[Revision, Revision | None]] = []
    for article, record in zip(articles, given, strict=True):
        drafts = [
            bookkeeping.revision(known.row(record, draft.text), by=None, at=draft.saved_at, go_live_at=draft.go_live_at)
            for draft in record.drafts
        ]
        newest = next((row for row, draft in zip(drafts, record.drafts, strict=True) if draft.is_newest), None)
        of_row = bookkeeping.revision(article, by=None, at=record.last_published_at or record.made_at)
        is_of_readers = record.live or record.withdrawn_at is not None
        is_needed = is_of_readers or newest is None
        rows += [of_row, *drafts] if is_needed else drafts
        pairs.append((newest or of_row, of_row if is_of_readers else None))
    Revision.objects.bulk_create(rows)
    for article, (newest_, of_readers) in zip(articles, pairs, strict=True):
        article.latest_revision, article.live_revision = newest_, of_readers
    return [newest_ for newest_, _ in pairs]


def _columns(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}
