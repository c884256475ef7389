"""The newsroom's first screen: what needs this person now. Each part costs one or two queries at any size."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Revision

from warta.newsroom.desk import photos
from warta.newsroom.desk.approving import name_of
from warta.newsroom.desk.asking import EDIT
from warta.newsroom.desk.moments import moment
from warta.newsroom.models import Article, Outcome, Submission
from warta.newsroom.permissions import Verb, articles_for, may, rubrics_for
from warta.newsroom.prepublish import RIGHTS_AHEAD

_SHOWN: Final = 12
_AHEAD: Final = timedelta(hours=24)
_JUST: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Line:
    """One article on the screen, and what is to be known of it; a loud one must not wait."""

    article: Article
    told: str
    is_loud: bool = False

    @property
    def url(self) -> str:
        """The address of its editor."""
        return reverse(EDIT, args=[self.article.pk])


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the screen; left out when it is empty and nobody would look for it."""

    name: str
    title: str
    lines: list[Line]
    nothing: str = ""


class Home(Component):
    """What needs this person now, and a way to a new article."""

    name = "home"
    template_name = "newsroom/home.html"
    order = 10

    def __init__(self, user: Any) -> None:
        self._user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the parts that have something to say."""
        parts = parts_for(self._user, timezone.now())
        return {
            "parts": [part for part in parts if part.lines or part.nothing],
            "may_write": may(self._user, Verb.WRITE),
            "lists_are_old": may(self._user, Verb.ARRANGE) and _lists_are_old(timezone.now()),
        }


def _lists_are_old(now: datetime) -> bool:
    """Tell whether nobody makes the lists of the most read any more, as far as the newsroom is told."""
    told: str = settings.WARTA_LISTS_ARE_OLD
    return bool(told and import_string(told)(now))


def parts_for(user: Any, now: datetime) -> Iterator[Part]:
    """Return the parts of somebody's first screen, the most pressing first."""
    is_desk = may(user, Verb.PUBLISH)
    if is_desk:
        yield Part("waiting", _("Waiting for the desk"), list(_waiting(user)), _("Nothing waits for you."))
    yield Part("sent-back", _("Sent back to you"), list(_sent_back(user)))
    yield Part("scheduled", _("Appears by itself in the next 24 hours"), list(_scheduled(user, now)))
    if is_desk:
        yield Part("rights", _("Photos whose rights end"), list(_rights(user, now)))
    yield Part("mine", _("My articles"), list(_mine(user)), _("Nothing yet. What you write is listed here."))
    yield Part("published", _("Published in the last hours"), list(_published(user, now)))


def _waiting(user: Any) -> Iterator[Line]:
    """Return what was submitted of this person's desk, or would come to it, the longest waiting first."""
    rubrics = rubrics_for(user)
    theirs = Q(article__rubric__in=rubrics) | Q(rubric__in=rubrics)
    rows = Submission.objects.filter(theirs, outcome="").exclude(by=user)
    for row in _with_article(rows).order_by("at")[:_SHOWN]:
        told = _("%(who)s, since %(since)s") % {"who": name_of(row.by), "since": moment(row.at, row.article)}
        if row.article.live and row.rubric not in {None, row.article.rubric}:
            told = _("%(told)s, to be filed under “%(rubric)s”") % {"told": told, "rubric": row.rubric}
        yield Line(row.article, told)


def _sent_back(user: Any) -> Iterator[Line]:
    later = Submission.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
    rows = Submission.objects.filter(~Exists(later), by=user, outcome=Outcome.SENT_BACK)
    for row in _with_article(rows).order_by("-decided_at")[:_SHOWN]:
        yield Line(row.article, f"{name_of(row.decided_by)}: “{row.note}”", is_loud=True)


def _scheduled(user: Any, now: datetime) -> Iterator[Line]:
    due = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(Article), approved_go_live_at__range=(now, now + _AHEAD)
    )
    times = {
        int(pk): at for pk, at in due.order_by("-approved_go_live_at").values_list("object_id", "approved_go_live_at")
    }
    found = articles_for(user).select_related("rubric").in_bulk(times)
    for pk, at in sorted(times.items(), key=lambda item: item[1]):
        if pk in found:
            yield Line(found[pk], moment(at, found[pk]))


def _rights(user: Any, now: datetime) -> Iterator[Line]:
    """Return live articles whose photos may soon not be shown any more, or may not already."""
    for photo, article in photos.ending(now + RIGHTS_AHEAD, user, most=_SHOWN):
        is_over = photo.rights_at(now) == "ended"
        told = _("%(photo)s: rights ended %(until)s") if is_over else _("%(photo)s: until %(until)s")
        until = moment(photo.rights_until, article) if photo.rights_until else ""
        yield Line(article, told % {"photo": photo.title, "until": until}, is_loud=is_over)


def _mine(user: Any) -> Iterator[Line]:
    """Return what this person worked on last."""
    saved = Revision.objects.filter(user=user, content_type=ContentType.objects.get_for_model(Article))
    ids = dict.fromkeys(
        int(pk) for pk in saved.order_by("-created_at").values_list("object_id", flat=True)[: _SHOWN * 5]
    )
    found = articles_for(user).select_related("rubric").in_bulk(list(ids)[:_SHOWN])
    yield from _lines(found[pk] for pk in ids if pk in found)


def _published(user: Any, now: datetime) -> Iterator[Line]:
    rows = articles_for(user).filter(live=True, first_published_at__range=(now - _JUST, now)).select_related("rubric")
    for article in rows.order_by("-first_published_at")[:_SHOWN]:
        yield Line(article, moment(article.published_at, article))


def _lines(articles: Iterable[Article]) -> Iterator[Line]:
    for article in articles:
        yield Line(article, "")


def _with_article(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    return rows.select_related("article__rubric", "rubric", "by", "decided_by")
