"""File copy from outside: make an article of it, or bring the article of the same uri up to date."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from warta.lexicon import addresses, zones
from warta.lexicon.copy import Copy, PhotoCopy
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.body import cut, stream
from warta.newsroom.actions.headings import Headings, UnfitCopyError
from warta.newsroom.actions.keep_photo import keep_photo
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.put_back import put_back
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, ArticleOldAddress, Byline, Photo
from warta.newsroom.photos.inspection import RefusedPhotoError

_LONGEST_ADDRESS: Final = 500


@dataclass(frozen=True, slots=True)
class Filed:
    """The article that copy became; `lost` names what could not be carried."""

    article: Article
    is_new: bool
    lost: list[str] = field(default_factory=list)


def file(copy: Copy, *, by: Any, now: datetime, headings: Headings | None = None) -> Filed:
    """Make or update the article of a piece of copy, in one transaction, and bring it to the copy's status.

    `headings` finds rubrics and names, or opens them. A published piece under an embargo is scheduled for the instant
    at which the embargo ends.
    Raises: UnfitCopyError.
    """
    lost: list[str] = []
    photos = Photos(by=by, lost=lost)
    lead = photos.keep(copy.lead) if copy.lead else None
    body = stream(copy.body, photo=photos.keep, lost=lost)
    with transaction.atomic():
        article = Article.objects.select_for_update().filter(uri=copy.uri).first() or Article(
            uri=copy.uri, live=False, made_by=by
        )
        is_new = article.pk is None
        article.lead_photo, article.body = lead, body
        headings = headings or Headings(may_create=True)
        write(article, copy, headings=headings, now=now, lost=lost)
        name(article, copy, headings=headings)
        if is_new:
            article.has_unpublished_changes = True
            article.save()
        elif copy.first_published_at:
            Article.objects.filter(pk=article.pk).update(first_published_at=article.first_published_at)
        for address in old_addresses(copy, lost):
            ArticleOldAddress.objects.update_or_create(address=address, defaults={"article": article})
        _bring_to_status(article, copy, by=by, now=now, lost=lost)
        if copy.status == "published":
            Article.objects.filter(pk=article.pk).update(updated_at=copy.updated_at)
    article.refresh_from_db()
    return Filed(article=article, is_new=is_new, lost=lost)


def write(article: Article, copy: Copy, *, headings: Headings, now: datetime, lost: list[str]) -> None:
    """Write what copy says, but for its pictures, body and names, over an article, without saving it.

    Raises: UnfitCopyError.
    """
    _set_time(article, copy, now=now)
    _set_words(article, copy, headings=headings, lost=lost)
    article.lead_caption = article.lead_credit = ""


def name(article: Article, copy: Copy, *, headings: Headings) -> None:
    """Give an article that was not refused its topics and people, which are opened if they do not exist."""
    article.topics = list({topic.pk: topic for topic in map(headings.topic, copy.topics)}.values())
    article.bylines = _bylines(copy, headings)


def old_addresses(copy: Copy, lost: list[str]) -> list[str]:
    """Return the addresses that copy had in the form in which they are kept; what is none is noted in `lost`."""
    found: dict[str, None] = {}
    for address in copy.old_addresses:
        try:
            form = addresses.old(address)
        except ValueError:
            form = ""
        if form and len(form) <= _LONGEST_ADDRESS:
            found[form] = None
        else:
            lost.append(f"old address {address!r}")
    return list(found)


class Photos:
    """Keeps the photos of one piece of copy and notes those that were refused."""

    def __init__(self, *, by: Any, lost: list[str]) -> None:
        self._by = by
        self._lost = lost

    def keep(self, copy: PhotoCopy) -> Photo | None:
        """Keep one photo; None when it was refused."""
        try:
            kept = keep_photo(copy, by=self._by)
        except RefusedPhotoError as error:
            self._lost.append(f"picture {copy.path.name}: {error}")
        except OSError as error:
            self._lost.append(f"picture {copy.path.name}: {error.strerror or error}")
        else:
            for name in ("caption", "creator", "credit"):
                cut(f"{name} of picture {copy.path.name}", getattr(copy, name), len(getattr(kept, name)), self._lost)
            return kept
        return None


def _set_words(article: Article, copy: Copy, *, headings: Headings, lost: list[str]) -> None:
    article.headline = _fit("headline", copy.headline)
    article.standfirst = cut("standfirst", copy.standfirst, 600, lost)
    article.place = cut("located", copy.place, 120, lost)
    article.initials = cut("initials", copy.initials, 8, lost)
    article.language = copy.lang or settings.LANGUAGE_CODE
    try:
        article.zone = zones.zone(copy.zone or settings.WARTA_ZONE).key
    except zones.UnknownZoneError as error:
        raise UnfitCopyError(str(error)) from error
    article.channel = headings.channel(copy.channel, lost)
    article.rubric = headings.rubric(copy.rubric)
    article.embargo = copy.embargo


def _set_time(article: Article, copy: Copy, *, now: datetime) -> None:
    try:
        for instant in (copy.first_published_at, copy.updated_at, copy.embargo):
            if instant:
                zones.possible(instant)
    except zones.ImpossibleInstantError as error:
        raise UnfitCopyError(str(error)) from error
    article.first_published_at = copy.first_published_at or article.first_published_at
    ahead = [at for at in (copy.embargo, article.first_published_at) if at and at > now]
    article.go_live_at = max(ahead) if ahead else None
    if ahead:
        article.first_published_at = article.go_live_at


def _bring_to_status(article: Article, copy: Copy, *, by: Any, now: datetime, lost: list[str]) -> None:
    if article.withdrawn_at and article.withdrawal_ground != Ground.ORIGIN:
        article.save_revision(user=by, clean=False)
        lost.append(f"status {copy.status}: the newsroom has withdrawn it, and it stays withdrawn")
        return
    match copy.status:
        case "published" if article.withdrawn_at:
            text = article.save_revision(user=by, clean=False)
            put_back(article, by=by, now=now, note="Dikirim kembali oleh sumbernya.", text=text)
        case "published":
            publish(article, by=by, now=now)
        case "draft":
            article.save_revision(user=by, clean=False)
            if article.live:
                article.unpublish(user=by)
            elif article.scheduled_revision:
                article.unschedule()
        case "withdrawn":
            article.save_revision(user=by, clean=False)
            reason = copy.withdrawal_reason or "Ditarik oleh pengirim."
            withdraw(article, by=by, now=now, ground=Ground.ORIGIN, reason=reason)


def _bylines(copy: Copy, headings: Headings) -> list[Byline]:
    people = {(name, role): headings.contributor(name) for name, role in copy.by}
    return [
        Byline(contributor=person, role=role, sort_order=place)
        for place, ((_, role), person) in enumerate(people.items())
    ]


def _fit(what: str, words: str) -> str:
    limit = Article._meta.get_field(what).max_length
    if not words.strip():
        raise UnfitCopyError(f"the {what} is empty")
    if len(words) > limit:
        raise UnfitCopyError(f"the {what} has {len(words):,} characters: at most {limit} can be taken")
    return words.strip()
