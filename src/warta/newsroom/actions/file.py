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
from warta.newsroom.actions.keep_photo import keep_photo
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.put_back import put_back
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, ArticleOldAddress, Byline, Channel, Contributor, Photo, Rubric, Topic
from warta.newsroom.photos.inspection import RefusedPhotoError

_LONGEST_ADDRESS: Final = 500


class UnfitCopyError(ValueError):
    """The copy cannot become an article; the message says what would have to change."""


@dataclass(frozen=True, slots=True)
class Filed:
    """The article that copy became; `lost` names what could not be carried."""

    article: Article
    is_new: bool
    lost: list[str] = field(default_factory=list)


def file(copy: Copy, *, by: Any, now: datetime, may_create: bool = True) -> Filed:
    """Make or update the article of a piece of copy, in one transaction, and bring it to the copy's status.

    Rubrics that do not exist are created only if `may_create`; topics and contributors always are. A published piece
    under an embargo is scheduled for the instant at which the embargo ends.
    Raises: UnfitCopyError.
    """
    lost: list[str] = []
    photos = _Photos(by=by, lost=lost)
    lead = photos.keep(copy.lead) if copy.lead else None
    body = stream(copy.body, photo=photos.keep, lost=lost)
    with transaction.atomic():
        article = Article.objects.select_for_update().filter(uri=copy.uri).first() or Article(
            uri=copy.uri, live=False, made_by=by
        )
        is_new = article.pk is None
        _set_words(article, copy, may_create=may_create, lost=lost)
        article.lead_photo = lead
        article.lead_caption = article.lead_credit = ""
        article.body = body
        article.topics = [_topic(name) for name in copy.topics]
        article.bylines = _bylines(copy)
        _set_time(article, copy, now=now)
        if is_new:
            article.has_unpublished_changes = True
            article.save()
        elif copy.first_published_at:
            Article.objects.filter(pk=article.pk).update(first_published_at=article.first_published_at)
        _keep_old_addresses(article, copy, lost)
        _bring_to_status(article, copy, by=by, now=now, lost=lost)
        if copy.status == "published":
            Article.objects.filter(pk=article.pk).update(updated_at=copy.updated_at)
    article.refresh_from_db()
    return Filed(article=article, is_new=is_new, lost=lost)


class _Photos:
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


def _set_words(article: Article, copy: Copy, *, may_create: bool, lost: list[str]) -> None:
    article.headline = _fit("headline", copy.headline)
    article.standfirst = cut("standfirst", copy.standfirst, 600, lost)
    article.place = cut("located", copy.place, 120, lost)
    article.initials = cut("initials", copy.initials, 8, lost)
    article.language = copy.lang or settings.LANGUAGE_CODE
    try:
        article.zone = zones.zone(copy.zone or settings.WARTA_ZONE).key
    except zones.UnknownZoneError as error:
        raise UnfitCopyError(str(error)) from error
    article.channel = _channel(copy.channel, lost)
    article.rubric = _rubric(copy.rubric, may_create=may_create)
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
            put_back(article, by=by, now=now, note="Dikirim kembali oleh sumbernya.")
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


def _keep_old_addresses(article: Article, copy: Copy, lost: list[str]) -> None:
    for address in copy.old_addresses:
        try:
            form = addresses.old(address)
        except ValueError:
            form = ""
        if form and len(form) <= _LONGEST_ADDRESS:
            ArticleOldAddress.objects.update_or_create(address=form, defaults={"article": article})
        else:
            lost.append(f"old address {address!r}")


def _bylines(copy: Copy) -> list[Byline]:
    people = {(name, role): _contributor(name) for name, role in copy.by}
    return [
        Byline(contributor=person, role=role, sort_order=place)
        for place, ((_, role), person) in enumerate(people.items())
    ]


def _topic(name: str) -> Topic:
    slug = addresses.slug(name, fallback="topik")
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name[:80]})[0]


def _contributor(name: str) -> Contributor:
    known = Contributor.objects.filter(name__iexact=name).first()
    if known:
        return known
    slug = addresses.slug(name, fallback="penulis")
    return Contributor.objects.get_or_create(slug=slug, defaults={"name": name[:120]})[0]


def _channel(name: str, lost: list[str]) -> Channel:
    found = Channel.objects.filter(slug=addresses.slug(name, fallback="-")).first() if name else None
    if found is None and name:
        lost.append(f"genre: {name}")
    found = found or Channel.objects.order_by("order", "pk").first()
    if found is None:
        raise UnfitCopyError("the paper has no channel yet: run `warta init`")
    return found


def _rubric(name: str, *, may_create: bool) -> Rubric:
    slug = addresses.slug(name, fallback="umum")
    found = Rubric.objects.filter(slug=slug).first()
    if found is None and not may_create:
        raise UnfitCopyError(f"there is no rubric {name or 'Umum'!r}: create it, or import without --no-create")
    if found is None:
        slug = f"rubrik-{slug}" if slug in addresses.RESERVED else slug
        found, _ = Rubric.objects.get_or_create(slug=slug, defaults={"name": (name or "Umum")[:80]})
    return found


def _fit(what: str, words: str) -> str:
    limit = Article._meta.get_field(what).max_length
    if not words.strip():
        raise UnfitCopyError(f"the {what} is empty")
    if len(words) > limit:
        raise UnfitCopyError(f"the {what} has {len(words):,} characters: at most {limit} can be taken")
    return words.strip()
