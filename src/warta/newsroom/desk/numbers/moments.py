"""What happened to an article, for the flags over its curve: each kind is one query over a bounded number of rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from warta.lexicon.fronts import SLOTS
from warta.newsroom.models import Arrangement, Article, Breaking, Correction, Front, Version
from warta.newsroom.models.version import VersionKind

MOST: Final = 16
"""Flags over one curve, at most."""
_LOOKED_THROUGH: Final = 2_000
"""How many arrangements of a front are looked through, the newest."""
_LONGEST: Final = 200


class Moment(NamedTuple):
    """What happened when."""

    at: datetime
    label: str


def moments(article: Article) -> list[Moment]:
    """Return what happened to an article since it was published, in order; when that is much, the latest."""
    found = sorted({*_versions(article), *_corrections(article), *_fronts(article), *_breaking(article)})
    first = [Moment(article.published_at, _("Published"))]
    later = [one for one in found if one.at > article.published_at]
    return first + later[-(MOST - 1) :]


def _versions(article: Article) -> Iterator[Moment]:
    words = {
        VersionKind.UPDATED: _("Updated"),
        VersionKind.TAKEN_BACK: _("Taken back to a draft"),
        VersionKind.WITHDRAWN: _("Withdrawn"),
        VersionKind.PUT_BACK: _("Put back"),
        VersionKind.PUBLISHED: _("Published again"),
    }
    rows = Version.objects.filter(article_id=article.pk).order_by("-number").values_list("at", "kind")
    for at, kind in rows[:_LONGEST]:
        if kind in words:
            yield Moment(at, words[VersionKind(kind)])


def _corrections(article: Article) -> Iterator[Moment]:
    """Return when readers were told of a mistake; the version that came with it is not told besides."""
    rows = Correction.objects.published().filter(article=article).order_by("-pk")
    for at in rows.values_list("published_at", flat=True)[:_LONGEST]:
        if at is not None:
            yield Moment(at, _("Corrected"))


def _fronts(article: Article) -> Iterator[Moment]:
    """Return when editors put it on the front page or on its rubric's front; moving it there is not told."""
    at_a_place = Q()
    for slot in SLOTS:
        at_a_place |= Q(**{f"slots__{slot}__article": article.pk})
    for front in Front.objects.filter(Q(rubric=None) | Q(rubric=article.rubric_id)).select_related("rubric"):
        rows = Arrangement.objects.filter(at_a_place, front=front, number__gt=front.number - _LOOKED_THROUGH)
        before = -1
        for number, at in rows.order_by("number").values_list("number", "made_at"):
            if number != before + 1:
                where = _("the front page") if front.rubric is None else front.rubric.name
                yield Moment(at, _("Put on %(front)s") % {"front": where})
            before = number


def _breaking(article: Article) -> Iterator[Moment]:
    rows = Breaking.objects.filter(article=article).order_by("-pk")
    for at in rows.values_list("started_at", flat=True)[:_LONGEST]:
        yield Moment(at, _("Breaking news"))
