"""What other rooms may read of the newsroom: its live articles and what stands around them."""

from collections.abc import Iterator

from django.db.models import Prefetch, Q

from warta.newsroom.models import (
    Article,
    ArticleOldAddress,
    Byline,
    Channel,
    Contributor,
    Correction,
    Photo,
    RightOfReply,
    Rubric,
    StaticPage,
    Topic,
    Verification,
)

__all__ = [
    "Article",
    "Byline",
    "Channel",
    "Contributor",
    "Photo",
    "Rubric",
    "StaticPage",
    "Topic",
    "Verification",
    "article",
    "article_ids",
    "articles_with_photo",
    "coming",
    "corrections",
    "corrections_brought",
    "has_articles",
    "notice",
    "notices_followed",
    "old_addresses",
    "people_with_portrait",
    "photo",
    "replies_answered",
    "replies_carried",
    "rubric_slugs",
    "static_page",
    "subject",
]

_SUBJECTS: dict[str, type[Rubric | Channel | Topic | Contributor]] = {
    "rubric": Rubric,
    "channel": Channel,
    "topic": Topic,
    "person": Contributor,
}


def article(article_id: int) -> Article | None:
    """Return the article as it shall be seen: what is live, or else what is scheduled; None for a mere draft."""
    rows = Article.objects.select_related("channel", "rubric", "lead_photo")
    found = (
        rows.prefetch_related(Prefetch("bylines", Byline.objects.select_related("contributor")), "topics")
        .filter(pk=article_id)
        .first()
    )
    if found is None or found.live or found.withdrawn_at:
        return found
    scheduled: Article | None = found.get_scheduled_revision_as_object()
    return scheduled


def coming(article_id: int) -> Article | None:
    """Return a live article as its scheduled update will show it from `go_live_at` on; None without one."""
    live = Article.objects.filter(pk=article_id, live=True).first()
    scheduled: Article | None = live.get_scheduled_revision_as_object() if live else None
    if scheduled is not None:
        scheduled.updated_at = scheduled.go_live_at
    return scheduled


def rubric_slugs() -> set[str]:
    """Return the slugs of all rubrics."""
    return set(Rubric.objects.values_list("slug", flat=True))


def has_articles() -> bool:
    """Tell whether there is any article."""
    return bool(Article.objects.exists())


def subject(kind: str, object_id: int) -> Rubric | Channel | Topic | Contributor | None:
    """Return a rubric, channel, topic or person by kind and id."""
    return _SUBJECTS[kind]._default_manager.filter(pk=object_id).first()


def static_page(page_id: int) -> StaticPage | None:
    """Return a static page by id."""
    return StaticPage.objects.filter(pk=page_id).first()


def photo(photo_id: int) -> Photo | None:
    """Return a photo by id."""
    return Photo.objects.filter(pk=photo_id).first()


def people_with_portrait(portrait: Photo) -> list[int]:
    """Return the ids of the contributors whose portrait a photo is."""
    return list(Contributor.objects.filter(portrait=portrait).values_list("pk", flat=True))


def article_ids(kind: str, object_id: int) -> Iterator[int]:
    """Return the ids of all articles that show a subject's name, in no order that matters."""
    condition = {
        "rubric": Q(rubric_id=object_id),
        "channel": Q(channel_id=object_id),
        "topic": Q(topics__id=object_id),
        "person": Q(bylines__contributor_id=object_id),
    }[kind]
    return Article.objects.filter(condition, live=True).order_by("pk").values_list("pk", flat=True).iterator()


def articles_with_photo(shown: Photo) -> list[int]:
    """Return the ids of the articles that show a photo, as lead or in their body."""
    return shown.article_ids()


def old_addresses(article_id: int) -> list[str]:
    """Return the addresses at which an article stood in other systems."""
    return list(ArticleOldAddress.objects.filter(article_id=article_id).values_list("address", flat=True))


def corrections(of: Article) -> list[Correction]:
    """Return the published corrections of an article, the oldest first."""
    rows = Correction.objects.published().filter(article_id=of.pk)
    return list(rows.select_related("corrects", "stands_in__rubric").order_by("published_at", "pk"))


def corrections_brought(by: Article) -> list[Correction]:
    """Return the published corrections of other articles that an article brings."""
    rows = Correction.objects.published().filter(stands_in_id=by.pk)
    return list(rows.select_related("article__rubric").order_by("published_at", "pk"))


def replies_answered(of: Article) -> list[RightOfReply]:
    """Return the replies to an article, the oldest first."""
    rows = RightOfReply.objects.filter(article_id=of.pk, answered_at__isnull=False)
    return list(rows.select_related("answer__rubric").order_by("answered_at", "pk"))


def replies_carried(by: Article) -> list[RightOfReply]:
    """Return the requests to reply that an article answers."""
    rows = RightOfReply.objects.filter(answer_id=by.pk).select_related("article__rubric")
    return list(rows.order_by("answered_at", "pk"))


def notice(of: Article) -> Verification | None:
    """Return the notice that an article is not yet verified, if it ever had one."""
    return Verification.objects.filter(article_id=of.pk).select_related("follow_up__rubric").first()


def notices_followed(by: Article) -> list[Verification]:
    """Return the notices that an article follows up."""
    rows = Verification.objects.filter(follow_up_id=by.pk).select_related("article__rubric")
    return list(rows.order_by("noted_at", "pk"))
