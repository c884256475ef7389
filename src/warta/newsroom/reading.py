"""What other rooms may read of the newsroom: its live articles and what stands around them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Final

from django.db.models import Q, QuerySet

from warta import plain
from warta.lexicon import addresses
from warta.newsroom.models import (
    Arrangement,
    Article,
    ArticleOldAddress,
    Breaking,
    Byline,
    Channel,
    Contributor,
    Correction,
    Front,
    Photo,
    RightOfReply,
    Rubric,
    StaticPage,
    Topic,
    Unranked,
    Verification,
    Version,
)
from warta.newsroom.versions import Link, broken

__all__ = [
    "Arrangement",
    "Article",
    "Breaking",
    "Byline",
    "Channel",
    "Contributor",
    "Correction",
    "Photo",
    "Rubric",
    "Rules",
    "StaticPage",
    "Topic",
    "Version",
    "arrangement",
    "article",
    "article_ids",
    "articles_with_photo",
    "breaking",
    "coming",
    "first_broken_version",
    "has_articles",
    "ids_by_uri",
    "led_on",
    "live_articles",
    "old_addresses",
    "pages_by_uri",
    "paths_by_uri",
    "people_with_portrait",
    "photo",
    "rubric_slugs",
    "rules",
    "rules_of",
    "static_page",
    "subject",
    "unranked_at",
    "version_count",
    "versions",
]

_ELSEWHERE: Final = (
    "translation_of__rubric_id",
    "translations__rubric_id",
    "translation_of__translations__rubric_id",
)
"""How a translation leads to the rubric of the others, whose addresses begin with it."""
_SUBJECTS: dict[str, type[Rubric | Channel | Topic | Contributor]] = {
    "rubric": Rubric,
    "channel": Channel,
    "topic": Topic,
    "person": Contributor,
}


def article(article_id: int) -> Article | None:
    """Return the article as it shall be seen: what is live, or else what is scheduled; None for a mere draft."""
    found = next(iter(_whole(Article.objects.filter(pk=article_id))), None)
    if found is None or found.live or found.withdrawn_at:
        return found
    scheduled: Article | None = found.get_scheduled_revision_as_object()
    return scheduled


def live_articles(ids: Sequence[int]) -> list[Article]:
    """Return those of the articles that are live and have no update under way, in no order that matters."""
    return _whole(Article.objects.filter(pk__in=ids, live=True, has_unpublished_changes=False))


def _whole(rows: QuerySet[Article]) -> list[Article]:
    """Return articles with the people and topics of their pages, in no order, which would cost as much as the rest.

    Both lie where modelcluster keeps those of a text that is being edited: what `prefetch_related` finds is looked up
    for each article by a question of its own, which takes longer than to ask the database.
    """
    found = list(rows.select_related("channel", "rubric", "lead_photo").order_by())
    ids = [article.pk for article in found]
    people: dict[int, list[Byline]] = {number: [] for number in ids}
    for byline in Byline.objects.filter(article_id__in=ids).select_related("contributor"):
        people[byline.article_id].append(byline)
    holders: dict[int, list[int]] = {}
    for number, topic_id in Article.topics.through.objects.filter(article_id__in=ids).values_list(
        "article_id", "topic_id"
    ):
        holders.setdefault(topic_id, []).append(number)
    topics: dict[int, list[Topic]] = {number: [] for number in ids}
    for topic in Topic.objects.filter(pk__in=holders):
        for number in holders[topic.pk]:
            topics[number].append(topic)
    for article in found:
        article._cluster_related_objects = {"bylines": people[article.pk], "topics": topics[article.pk]}
    return found


def coming(live: Article) -> Article | None:
    """Return a live article as its scheduled update will show it from `go_live_at` on; None without one."""
    may_change = live.live and live.has_unpublished_changes  # Wagtail says so as long as an update is scheduled
    scheduled: Article | None = live.get_scheduled_revision_as_object() if may_change else None
    if scheduled is not None:
        scheduled.updated_at = scheduled.go_live_at
    return scheduled


def arrangement(rubric_id: int) -> Arrangement | None:
    """Return how editors arranged the front of a rubric, or with 0 the front page; None when nobody did."""
    front = Front.objects.filter(rubric=rubric_id) if rubric_id else Front.objects.filter(rubric=None)
    found = front.first()
    return found.live() if found else None


def unranked_at(article_id: int) -> datetime | None:
    """Return when an article was taken out of the lists of the most read, None for one that was not."""
    return Unranked.objects.filter(article_id=article_id).values_list("at", flat=True).first()


def breaking() -> Breaking | None:
    """Return the newest breaking news, whether it has ended or not."""
    return Breaking.objects.select_related("article__rubric").first()


def rubric_slugs() -> set[str]:
    """Return the slugs of all rubrics."""
    return set(Rubric.objects.values_list("slug", flat=True))


def ids_by_uri(uris: Sequence[str]) -> dict[str, int]:
    """Return the ids of those articles that came from outside under one of these identities."""
    if not uris:
        return {}
    is_asked, values = plain.among(uris)
    return dict(plain.ask(f"SELECT uri, id FROM newsroom_article WHERE uri {is_asked}", *values))  # noqa: S608 — names of ours


def pages_by_uri(uris: Sequence[str]) -> set[str]:
    """Return those of these identities under which a static page came from outside."""
    if not uris:
        return set()
    is_asked, values = plain.among(uris)
    return {uri for (uri,) in plain.ask(f"SELECT uri FROM newsroom_staticpage WHERE uri {is_asked}", *values)}  # noqa: S608 — names of ours


def paths_by_uri(uris: Sequence[str]) -> dict[str, str]:
    """Return the addresses of those of these articles that readers have."""
    rows = Article.objects.filter(uri__in=uris, live=True).select_related("rubric").defer("body").order_by()
    return {str(row.uri): row.path for row in rows}


def has_articles() -> bool:
    """Tell whether there is any article."""
    return bool(Article.objects.exists())


def subject(kind: str, object_id: int) -> Rubric | Channel | Topic | Contributor | None:
    """Return a rubric, channel, topic or person by kind and id."""
    return _SUBJECTS[kind]._default_manager.filter(pk=object_id).first()


def subjects(kind: str, ids: Sequence[int]) -> list[Rubric | Channel | Topic | Contributor]:
    """Return those rubrics, channels, topics or people of a kind that there are; one query, and one for portraits."""
    if kind == "person":
        return list(Contributor.objects.filter(pk__in=ids).select_related("portrait").order_by())
    return list(_SUBJECTS[kind]._default_manager.filter(pk__in=ids).order_by())


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
    """Return the ids of all articles that show a subject's name, or lead to an article in a rubric."""
    names = {
        "rubric": ("rubric_id", *_ELSEWHERE),
        "channel": ("channel_id",),
        "topic": ("topics__id",),
        "person": ("bylines__contributor_id",),
    }[kind]
    live = Article.objects.filter(live=True).order_by()
    first, *others = (live.filter(**{name: object_id}).values_list("pk") for name in names)
    return (pk for (pk,) in first.union(*others).order_by("pk").iterator())


def articles_with_photo(shown: Photo) -> list[int]:
    """Return the ids of the articles that show a photo, as lead or in their body."""
    return shown.article_ids()


def old_addresses(of: Sequence[Article]) -> dict[int, list[str]]:
    """Return the addresses at which articles stood in other systems, by their ids; one query."""
    found: dict[int, list[str]] = {article.pk: [] for article in of}
    for number, address in ArticleOldAddress.objects.filter(article_id__in=found).values_list("article_id", "address"):
        found[number].append(address)
    return found


def led_on(links: Iterable[str]) -> dict[str, str]:
    """Return where those links within the site lead that are old addresses of an article; one query for all."""
    forms: dict[str, tuple[str, ...]] = {}
    for link in links:
        with suppress(ValueError):
            forms[link] = addresses.old_forms(link)
    asked = {form for said in forms.values() for form in said}
    if not asked:
        return {}
    rows = ArticleOldAddress.objects.filter(address__in=asked).select_related("article__rubric")
    known = {row.address: row.article.path for row in rows.defer("article__body")}
    return {link: known[form] for link, said in forms.items() if (form := next((f for f in said if f in known), ""))}


_SPOKEN_OF: Final = """
    SELECT id, (SELECT max(number) FROM newsroom_version WHERE article_id = a.id),
      EXISTS (SELECT 1 FROM newsroom_correction WHERE article_id = a.id OR stands_in_id = a.id)
      OR EXISTS (SELECT 1 FROM newsroom_rightofreply WHERE article_id = a.id OR answer_id = a.id)
      OR EXISTS (SELECT 1 FROM newsroom_verification WHERE article_id = a.id OR follow_up_id = a.id)
      OR translation_of_id IS NOT NULL OR EXISTS (SELECT 1 FROM newsroom_article WHERE translation_of_id = a.id)
    FROM newsroom_article AS a WHERE id """


@dataclass(frozen=True, slots=True)
class Rules:
    """What the press rules say of an article, each list with the oldest first."""

    corrections: list[Correction]
    """Published, of the article itself."""
    brought: list[Correction]
    """Published, of other articles, which this one brings."""
    answered: list[RightOfReply]
    """Replies to the article."""
    carried: list[RightOfReply]
    """Requests to reply that this article answers."""
    notice: Verification | None
    """That the article is not yet verified, if it ever had such a notice."""
    followed: list[Verification]
    """Notices that this article follows up."""
    versions: int
    """How many versions readers have had of it."""
    translations: list[Article] = field(default_factory=list)
    """Those that are live of the articles that say the same in another language."""


def rules(of: Article) -> Rules:
    """Return what the press rules say of an article; one short query for one of which they say nothing."""
    return rules_of([of]).get(of.pk, Rules([], [], [], [], None, [], 0))


def rules_of(articles: Sequence[Article]) -> dict[int, Rules]:
    """Return what the press rules say of articles, by their ids; one short query for all of which they say nothing."""
    asked = [article.pk for article in articles if article.pk]
    is_asked, values = plain.among(asked)
    rows = plain.ask(_SPOKEN_OF + is_asked, *values) if asked else []
    said = {number: (versions or 0, is_spoken_of) for number, versions, is_spoken_of in rows}
    return {
        article.pk: _told(article, versions=versions) if is_spoken_of else Rules([], [], [], [], None, [], versions)
        for article in articles
        if article.pk in said
        for versions, is_spoken_of in [said[article.pk]]
    }


def _told(of: Article, *, versions: int) -> Rules:
    told = Correction.objects.published().filter(Q(article_id=of.pk) | Q(stands_in_id=of.pk))
    told = told.prefetch_related("article__rubric", "corrects", "stands_in__rubric").order_by("published_at", "pk")
    replies = RightOfReply.objects.filter(Q(article_id=of.pk) | Q(answer_id=of.pk))
    replies = replies.prefetch_related("article__rubric", "answer__rubric").order_by("answered_at", "pk")
    notices = Verification.objects.filter(Q(article_id=of.pk) | Q(follow_up_id=of.pk))
    notices = notices.prefetch_related("article__rubric", "follow_up__rubric").order_by("noted_at", "pk")
    first = of.translation_of_id or of.pk
    translations = Article.objects.filter(Q(pk=first) | Q(translation_of=first), live=True).exclude(pk=of.pk)
    return Rules(
        corrections=[row for row in told if row.article_id == of.pk],
        brought=[row for row in told if row.stands_in_id == of.pk],
        answered=[row for row in replies if row.article_id == of.pk and row.answered_at is not None],
        carried=[row for row in replies if row.answer_id == of.pk],
        notice=next((row for row in notices if row.article_id == of.pk), None),
        followed=[row for row in notices if row.follow_up_id == of.pk],
        versions=versions,
        translations=list(translations.select_related("rubric").defer("body").order_by("language", "pk")),
    )


def versions(article_id: int, *, after: int) -> list[Version]:
    """Return the versions of an article behind a number, the oldest first."""
    return list(Version.objects.filter(article_id=article_id, number__gt=after).order_by("number"))


def version_count() -> int:
    """Return how many versions there are (for the operator's progress bar, never on a page)."""
    return Version.objects.count()


def first_broken_version(step: Callable[[], object]) -> Link | None:
    """Prove the chains of all articles, one row at a time; return the first link that does not hold."""

    def counted() -> Iterator[Link]:
        for link in Version.links():
            step()
            yield link

    chains = (broken(chain) for _, chain in groupby(counted(), key=lambda link: link.article_id))
    return next((link for link in chains if link is not None), None)
