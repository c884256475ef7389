"""Where a photo was used and when, and photos that were here before it: a few queries, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from warta.newsroom.desk.asking import EDIT
from warta.newsroom.models import Article, Photo, PhotoBand
from warta.newsroom.models.photo import bands
from warta.newsroom.permissions import articles_for

_ALIKE: Final = 6
"""Bits of 64 in which two likenesses of one scene may differ."""
_LOOKED_AT: Final = 50
_REFERENCES: Final = 400
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Use:
    """An article that shows a photo; without an address it is not for this person to open."""

    headline: str
    url: str
    at: datetime | None
    is_live: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """A photo that was here before, and its latest uses."""

    photo: Photo
    is_same_file: bool
    uses: Sequence[Use]

    @property
    def url(self) -> str:
        """The address of its screen."""
        return reverse("wagtailimages:edit", args=[self.photo.pk])


def earlier(photo: Photo, user: Any) -> list[Earlier]:
    """Return photos of the same file, then those that look alike, which somebody may choose instead."""
    same = list(_chosen_from(user).filter(file_hash=photo.file_hash).exclude(pk=photo.pk).order_by("pk")[:_SHOWN])
    others = _alike(photo, user) if len(same) < _SHOWN else []
    found = [*same, *(other for other in others if other not in same)][:_SHOWN]
    used = uses(found, user)
    return [Earlier(one, one in same, used[one.pk]) for one in found]


def uses(photos: Iterable[Photo], user: Any) -> dict[int, list[Use]]:
    """Return the latest articles that show each photo: those that were published, and this person's own drafts."""
    shown = references(Article).filter(to_object_id__in=[str(photo.pk) for photo in photos])
    pairs = dict.fromkeys(shown.order_by("-pk").values_list("to_object_id", "object_id")[:_REFERENCES])
    found: dict[int, list[Use]] = defaultdict(list)
    if not pairs:
        return found
    ids = {int(article) for _photo, article in pairs}
    seen = set(articles_for(user).filter(pk__in=ids).values_list("pk", flat=True))
    rows = Article.objects.filter(pk__in=ids).only("headline", "first_published_at", "live", "withdrawn_at")
    articles = {row.pk: row for row in rows if row.live or row.pk in seen}
    for photo_id, article_id in pairs:
        if article := articles.get(int(article_id)):
            url = reverse(EDIT, args=[article.pk]) if article.pk in seen else ""
            found[int(photo_id)].append(Use(article.headline, url, article.first_published_at, article.live))
    for listed in found.values():
        listed.sort(key=lambda use: use.at.timestamp() if use.at else float("inf"), reverse=True)
        del listed[_SHOWN:]
    return found


def references(to: type[Article]) -> QuerySet[ReferenceIndex]:
    """Return what is known of articles that show photos."""
    kinds = ContentType.objects.get_for_models(Photo, to)
    return ReferenceIndex.objects.filter(to_content_type=kinds[Photo], base_content_type=kinds[to])


def ending(before: datetime, user: Any, *, most: int) -> list[tuple[Photo, Article]]:
    """Return photos whose rights end before an instant, or have ended, and live articles that still show them."""
    named = references(Article).filter(to_object_id=Cast(OuterRef("pk"), CharField()))
    rows = Photo.objects.filter(Exists(named), rights_until__lte=before).order_by("-rights_until")
    photos = {str(photo.pk): photo for photo in rows[:most]}
    shown = references(Article).filter(to_object_id__in=photos)
    pairs = dict.fromkeys(
        shown.order_by("-pk").values_list("to_object_id", "object_id")[:_REFERENCES] if photos else ()
    )
    listed = [(photos[photo_id], int(article_id)) for photo_id, article_id in pairs]
    live = articles_for(user).filter(live=True).select_related("rubric").in_bulk({pk for _photo, pk in listed})
    return [(photo, live[pk]) for photo, pk in listed if pk in live][:most]


def _chosen_from(user: Any) -> QuerySet[Photo]:
    chosen: QuerySet[Photo] = policy_registry.get_by_type(Photo).instances_user_has_permission_for(user, "choose")
    return chosen


def _alike(photo: Photo, user: Any) -> list[Photo]:
    if photo.likeness is None:
        return []
    shared = PhotoBand.objects.filter(band__in=bands(photo.likeness)).exclude(photo=photo.pk)
    nearest = shared.values("photo").annotate(shared=Count("pk")).order_by("-shared", "-photo")
    ids = list(nearest.values_list("photo", flat=True)[:_LOOKED_AT])
    rows = _chosen_from(user).filter(pk__in=ids) if ids else []
    by_distance = [((row.likeness ^ photo.likeness) & (2**64 - 1), row) for row in rows if row.likeness is not None]
    near = sorted((bits.bit_count(), row.pk, row) for bits, row in by_distance if bits.bit_count() <= _ALIKE)
    return [row for _distance, _pk, row in near][:_SHOWN]
