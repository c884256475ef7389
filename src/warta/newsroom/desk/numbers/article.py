"""One article's own numbers: its curve since it was published, with what happened to it, and how deeply it was read."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from warta.newsroom.desk.asking import EDIT
from warta.newsroom.desk.numbers import chart, words
from warta.newsroom.desk.numbers.moments import Moment, moments
from warta.newsroom.desk.numbers.words import Chart, Mark, Row
from warta.newsroom.models import Article
from warta.newsroom.numbers import OfArticle, Unit, numbers
from warta.newsroom.permissions import Verb, may

_SPAN: Final[dict[Unit, timedelta]] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
}


class ArticleNumbersView(View):
    """The numbers of a live article for the desk, of their own for everybody else."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show them.

        Raises: Http404 for an article that is not there, or not theirs.
        """
        article = get_object_or_404(Article.objects.select_related("rubric"), pk=pk)
        is_own = may(request.user, Verb.SEE, article)
        if not is_own and not (article.live and may(request.user, Verb.NUMBERS)):
            raise Http404("no such article, or not yours to see")
        now = timezone.now()
        context: dict[str, Any] = {
            "article": article,
            "edit_url": reverse(EDIT, args=[pk]) if may(request.user, Verb.EDIT, article) else "",
            "path": article.path if article.live else "",
            **words.crumbs(_("Numbers of an article")),
        }
        if article.first_published_at is not None and article.first_published_at <= now:
            found = numbers().of_article(pk, article.first_published_at, now)
            context |= {
                "readers": found.readers,
                "chart": article_chart(found, moments(article), now),
                "depths": depths(found),
                "depth_days": found.depth_days,
                "ends": sum(found.engaged),
            }
        return TemplateResponse(request, "newsroom/numbers/article.html", context)


def article_chart(found: OfArticle, happened: Sequence[Moment], now: datetime) -> Chart:
    """Return the curve with a flag at each moment."""
    rows = [Row(words.spelt(at, found.unit), reads) for at, reads in found.points]
    curve = chart.curve(
        [row.value for row in rows],
        [words.short(at, found.unit) for at, _reads in found.points],
        is_running=True,
        flags=[share(at, found) for at, _label in happened],
    )
    titles = {
        "hour": _("Reads by hour since it was published"),
        "day": _("Reads by day since it was published"),
        "month": _("Reads by month since it was published"),
    }
    return Chart(
        name="article",
        title=titles[found.unit],
        said=words.summary(rows),
        curve=curve,
        rows=rows,
        head=words.unit_name(found.unit),
        marks=[
            Mark(flag, words.moment(at, found.unit), label)
            for flag, (at, label) in zip(curve.flags, happened, strict=True)
        ],
    )


def share(at: datetime, found: OfArticle) -> float:
    """Return where on the curve a moment lies, from 0 to 1: a span's value stands at the span's beginning."""
    first, last = found.points[0].at, found.points[-1].at
    if first == last:
        return min(1.0, max(0.0, (at - first) / _SPAN[found.unit]))
    return min(1.0, max(0.0, (at - first) / (last - first)))


def depths(found: OfArticle) -> list[tuple[str, str, tuple[chart.Bar, ...]]]:
    """Return how long and how far visits went, as named bars."""
    long = (
        _("under 10 seconds"),
        _("10 to 29 seconds"),
        _("30 to 59 seconds"),
        _("1 to 3 minutes"),
        _("3 minutes and more"),
    )
    far = (_("less than a quarter"), _("a quarter"), _("half"), _("three quarters"), _("to the end"))
    return [
        ("engaged", _("How long they stayed"), chart.bars(list(zip(long, found.engaged, strict=True)))),
        ("quarters", _("How far they came"), chart.bars(list(zip(far, found.quarters, strict=True)))),
    ]
