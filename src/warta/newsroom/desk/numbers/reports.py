"""Reports of a week or a month: of the paper, of each desk, of each byline; on the screen, as CSV and as Parquet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import View

from warta.newsroom.desk.numbers import chart, exports, periods, words
from warta.newsroom.desk.numbers.exports import Cell
from warta.newsroom.desk.numbers.periods import Kind, Period
from warta.newsroom.desk.numbers.pieces import Piece, Sum, daily, pieces, until
from warta.newsroom.desk.numbers.words import Chart, Row
from warta.newsroom.models import Contributor, Desk, Rubric
from warta.newsroom.permissions import Verb, may

_BEST: Final = 10
_NAMED: Final = 50
"""Bylines in the overview, those with the most readers; the files have all."""


@dataclass(frozen=True, slots=True)
class Group:
    """A desk, a byline or the whole paper in a period and in the one before."""

    name: str
    url: str
    now: Sum
    before: Sum
    width: str = "0"

    @property
    def change(self) -> int | None:
        """Return by how many percent it had more readers than before."""
        return chart.change(self.now.readers, self.before.readers)


class PeriodView(View):
    """A screen of one period, which its address names; as a file on demand."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Read the period."""
        self.now = timezone.now()
        self.today = words.today(self.now)
        self.period = periods.read(request.GET.get("period", ""), request.GET.get("from", ""), self.today)
        return super().dispatch(request, *args, **kwargs)

    def both(self) -> tuple[Sequence[Piece], Sequence[Piece]]:
        """Return what was published in the period and in the one before; while it runs, in the same days of that."""
        now, before = pieces(self.period, self.now), pieces(self.period.before, self.now)
        if self.period.last < self.today:
            return now, before
        return now, until(before, self.period.before.first + (self.today - self.period.first))

    def navigation(self) -> dict[str, Any]:
        """Return the ways to other periods, and what this one is called."""
        after, before = self.period.after, self.period.before
        return {
            "period": self.period,
            "period_name": called(self.period),
            "is_running": self.period.last >= self.today,
            "kinds": [
                (query(periods.around(kind, self.period.first)), label, kind == self.period.kind)
                for kind, label in ((Kind.WEEK, _("Week")), (Kind.MONTH, _("Month")))
            ],
            "older": (query(before), called(before)) if before.is_known(self.today) else None,
            "newer": (query(after), called(after)) if after.is_known(self.today) else None,
            "csv": f"{query(self.period)}&format=csv",
            "parquet": f"{query(self.period)}&format=parquet",
        }

    def file(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> HttpResponse:
        """Answer with a file, or say why not."""
        wanted = self.request.GET["format"]
        try:
            made = exports.parquet(columns, rows) if wanted == "parquet" else exports.csv(columns, rows)
        except exports.NoParquetError:
            told = _("Parquet needs one more package on the server: pip install 'warta[parquet]'. CSV is always there.")
            messages.error(self.request, told)
            return redirect(self.request.path + query(self.period))
        kinds = {"parquet": "application/vnd.apache.parquet"}
        end = "parquet" if wanted == "parquet" else "csv"
        response = HttpResponse(made, content_type=kinds.get(end, "text/csv; charset=utf-8"))
        filed = f"{name}-{self.period.kind}-{self.period.first.isoformat()}.{end}"
        response.headers["Content-Disposition"] = f'attachment; filename="{filed}"'
        return response


class ReportsView(PeriodView):
    """All desks and bylines of a period; who may not see all is led to their own."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them: as many queries for a hundred as for one."""
        if not may(request.user, Verb.NUMBERS):
            own = Contributor.objects.filter(user=request.user.pk).first()
            if own is None:
                messages.info(request, _("No byline is yours yet, so there is no report of it."))
                return redirect("numbers")
            return redirect(reverse("numbers_report", args=["byline", own.pk]) + query(self.period))
        now, before = self.both()
        paper, desks, bylines = self.groups(now, before)
        if request.GET.get("format") in {"csv", "parquet"}:
            columns = ("kind", "name", "articles", "readers", "articles_before", "readers_before")
            named = (("paper", [paper]), ("desk", desks), ("byline", bylines))
            return self.file("report", columns, [_line(kind, one) for kind, some in named for one in some])
        context = {
            "paper": paper,
            "groups": [
                ("desks", _("By desk"), desks),
                ("bylines", _("By byline"), bylines[:_NAMED]),
            ],
            "most": _NAMED if len(bylines) > _NAMED else 0,
            **self.navigation(),
            **words.crumbs(_("Reports")),
        }
        return TemplateResponse(request, "newsroom/numbers/reports.html", context)

    def groups(self, now: Sequence[Piece], before: Sequence[Piece]) -> tuple[Group, list[Group], list[Group]]:
        """Return the whole paper, its desks and its bylines, those with the most readers first."""
        desks = []
        for desk in Desk.objects.prefetch_related("rubrics"):
            rubrics = {rubric.pk for rubric in desk.rubrics.all()}
            desks.append(self.group("desk", desk.pk, desk.name, [_in(rubrics, now), _in(rubrics, before)]))
        by: dict[int, tuple[list[Piece], list[Piece]]] = {}
        for place, some in enumerate((now, before)):
            for piece in some:
                for who in piece.by:
                    by.setdefault(who, ([], []))[place].append(piece)
        people = dict(Contributor.objects.filter(pk__in=list(by)).values_list("pk", "name"))
        bylines = [self.group("byline", pk, people[pk], some) for pk, some in by.items() if pk in people]
        return self.group("paper", 0, _("The whole paper"), (now, before)), _ordered(desks), _ordered(bylines)

    def group(self, kind: str, pk: int, name: str, some: Sequence[Sequence[Piece]]) -> Group:
        """Return a group with the way to its own report."""
        url = reverse("numbers_report", args=[kind, pk]) + query(self.period)
        return Group(name, url, Sum.of(some[0]), Sum.of(some[1]))


class ReportView(PeriodView):
    """One desk, one byline or the whole paper: its days, its best articles, and the period before."""

    def get(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Show it.

        Raises: Http404 for what is not there, or not theirs.
        """
        name, is_of = self.wanted(kind, pk)
        now, before = ([piece for piece in some if is_of(piece)] for some in self.both())
        best = sorted(now, key=lambda piece: (-piece.readers, -piece.article_id))
        if request.GET.get("format") in {"csv", "parquet"}:
            return self.articles(f"{kind}-{pk}", best)
        rubrics = dict(Rubric.objects.values_list("pk", "name"))
        group = Group(name, "", Sum.of(now), Sum.of(before))
        context = {
            "group": group,
            "articles_change": chart.change(group.now.articles, group.before.articles),
            "each_change": chart.change(group.now.each, group.before.each),
            "chart": self.chart(now, before),
            "best": [
                (piece, rubrics.get(piece.rubric_id, ""), words.spelt(piece.at), bar.width)
                for piece, bar in zip(
                    best[:_BEST], chart.bars([("", one.readers) for one in best[:_BEST]]), strict=True
                )
            ],
            **self.navigation(),
            **words.crumbs(name, (_("Reports"), reverse("numbers_reports") + query(self.period))),
        }
        return TemplateResponse(request, "newsroom/numbers/report.html", context)

    def wanted(self, kind: str, pk: int) -> tuple[str, Callable[[Piece], bool]]:
        """Return what the report is of, and how to tell its articles.

        Raises: Http404.
        """
        may_all = may(self.request.user, Verb.NUMBERS)
        if kind == "byline":
            person = get_object_or_404(Contributor, pk=pk)
            if may_all or person.user_id == self.request.user.pk:
                return person.name, lambda piece: pk in piece.by
        elif kind == "desk" and may_all:
            desk = get_object_or_404(Desk, pk=pk)
            rubrics = set(desk.rubrics.values_list("pk", flat=True))
            return desk.name, lambda piece: piece.rubric_id in rubrics
        elif kind == "paper" and pk == 0 and may_all:
            return _("The whole paper"), lambda _piece: True
        raise Http404("no such report, or not yours to see")

    def chart(self, now: Sequence[Piece], before: Sequence[Piece]) -> Chart:
        """Return the readers of its days over those of the period before."""
        days, days_before = self.period.days(self.today), self.period.before.days(self.today)
        values, values_before = daily(now, days), daily(before, days_before)[: len(days)]
        values_before += [0] * (len(days) - len(values_before))  # February has fewer
        rows = [Row(date_format(day, "l, j M"), *both) for day, *both in zip(days, values, values_before, strict=True)]
        return Chart(
            name="report",
            title=_("Readers by day"),
            said=words.summary(rows),
            curve=chart.curve(
                values,
                [date_format(day, "j M") for day in days],
                before=values_before,
                is_running=self.period.last >= self.today,
            ),
            rows=rows,
            head=_("Day"),
            line=called(self.period),
            before=called(self.period.before),
        )

    def articles(self, name: str, found: Sequence[Piece]) -> HttpResponse:
        """Answer with all its articles as a file."""
        rubrics = dict(Rubric.objects.values_list("pk", "name"))
        ids = {who for piece in found for who in piece.by}
        people = dict(Contributor.objects.filter(pk__in=ids).values_list("pk", "name"))
        rows: list[tuple[Cell, ...]] = [
            (
                piece.article_id,
                piece.at,
                piece.headline,
                rubrics.get(piece.rubric_id, ""),
                ", ".join(people[who] for who in piece.by if who in people),
                piece.readers,
            )
            for piece in found
        ]
        return self.file(name, ("article", "published_at", "headline", "rubric", "reporters", "readers"), rows)


def query(period: Period) -> str:
    """Return what an address says of a period."""
    return f"?period={period.kind}&from={period.first.isoformat()}"


def called(period: Period) -> str:
    """Return a period in words."""
    if period.kind is Kind.MONTH:
        return date_format(period.first, "F Y")
    first = date_format(period.first, "j M" if period.first.year == period.last.year else "j M Y")
    return f"{first} – {date_format(period.last, 'j M Y')}"


def _in(rubrics: set[int], found: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in found if piece.rubric_id in rubrics]


def _ordered(groups: list[Group]) -> list[Group]:
    ordered = sorted(groups, key=lambda one: (-one.now.readers, one.name))
    drawn = chart.bars([(one.name, one.now.readers) for one in ordered])
    return [Group(one.name, one.url, one.now, one.before, bar.width) for one, bar in zip(ordered, drawn, strict=True)]


def _line(kind: str, one: Group) -> tuple[Cell, ...]:
    return kind, one.name, one.now.articles, one.now.readers, one.before.articles, one.before.readers
