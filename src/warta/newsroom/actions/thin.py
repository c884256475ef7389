"""Thin what autosave leaves: of revisions that nobody needs, a few of each article are kept."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from wagtail.models import Revision

from warta.newsroom.models import Article, OpenEditor

KEPT: Final = 8
"""How many revisions that nothing points to are kept of one article: the last of each stretch of one person's work."""
OPEN_FOR: Final = timedelta(days=3)
"""How long an editor counts as open after it was last heard of; one with a refused text stays ten times as long."""


def thin(now: datetime, *, since: datetime) -> int:
    """Thin the articles saved since an instant, if they have many revisions, and those whose editors are open no more.

    Return how many rows went.
    """
    revisions = Revision.objects.filter(content_type=_of_articles())
    touched = list(revisions.filter(created_at__gte=since).values_list("object_id", flat=True).distinct()[:1000])
    many = revisions.filter(object_id__in=touched).values("object_id").annotate(rows=Count("pk")).filter(rows__gt=KEPT)
    ids = {int(pk) for pk in many.values_list("object_id", flat=True)} | _forget_editors(now)
    return sum(thin_article(pk) for pk in sorted(ids))


@transaction.atomic
def thin_article(article_id: int) -> int:
    """Delete of one article what no row points to and no schedule needs, but the last `KEPT` stretches."""
    ended: list[int] = []
    spare: list[int] = []
    newer_user: object = None
    free = _free(article_id).order_by("-created_at", "-pk").values_list("pk", "user_id")
    for pk, user_id in free:
        is_end = user_id != newer_user or not ended
        newer_user = user_id
        (ended if is_end and len(ended) < KEPT else spare).append(pk)
    for start in range(0, len(spare), 500):
        _free(article_id).filter(pk__in=spare[start : start + 500]).delete()
    return len(spare)


def _free(article_id: int) -> QuerySet[Revision]:
    """Return the revisions of an article that nothing needs.

    What people did (saved, submitted, published) has an entry in the history, which points to its revision; so do the
    article to its newest and its live one, and open editors to what they started from.
    """
    free = Revision.objects.filter(
        content_type=_of_articles(), object_id=str(article_id), approved_go_live_at__isnull=True
    )
    for relation in _pointing():
        model = relation.model
        free = free.exclude(Exists(model._base_manager.filter(**{relation.name: OuterRef("pk")})))
    return free


def _pointing() -> Iterator[Any]:
    for relation in Revision._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.concrete is False and relation.field.concrete:
            yield relation.field


def _forget_editors(now: datetime) -> set[int]:
    gone = OpenEditor.objects.filter(seen_at__lt=now - OPEN_FOR, refused__isnull=True)
    gone |= OpenEditor.objects.filter(seen_at__lt=now - 10 * OPEN_FOR)
    found: Iterable[tuple[int, int]] = gone.values_list("pk", "article_id")[:1000]
    editors = dict(found)
    OpenEditor.objects.filter(pk__in=editors).delete()
    return set(editors.values())


def _of_articles() -> ContentType:
    return ContentType.objects.get_for_model(Article)
