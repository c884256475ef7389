"""The screens: the dashboard and its stream for the desk, one's own articles for a reporter."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from warta.newsroom.desk.numbers import chart, live, words
from warta.newsroom.models import Article
from warta.newsroom.numbers import numbers
from warta.newsroom.permissions import Verb, articles_for, may

_OWN: Final = 20
_OWN_DAYS: Final = 30


class NumbersView(View):
    """What is read now: of the whole paper for the desk, of their own articles for a reporter."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        if not may(request.user, Verb.NUMBERS):
            return self.own(request)
        drawn = live.drawn()
        context = {"drawn": drawn, **words.crumbs(_("Numbers"))}
        return TemplateResponse(request, "newsroom/numbers/dashboard.html", context)

    def own(self, request: HttpRequest) -> HttpResponse:
        """Show somebody's newest published articles: as many queries for twenty as for one."""
        now = timezone.now()
        rows = articles_for(request.user).filter(live=True, first_published_at__lte=now).select_related("rubric")
        articles: list[Article] = list(rows.order_by("-first_published_at", "-pk")[:_OWN])
        ids = [one.pk for one in articles]
        hours = numbers().last_hours(ids, now)
        today = words.today(now)
        readers = numbers().readers(ids, today - timedelta(days=_OWN_DAYS), today, now)
        leaders = [
            live.Leader(
                article_id=one.pk,
                headline=one.headline,
                about=f"{one.rubric} · {words.spelt(one.published_at)}",
                readers=sum(readers.get(one.pk, {}).values()),
                spark=chart.sparkline(hours.get(one.pk, ())),
                trend=chart.trend(hours.get(one.pk, ())),
            )
            for one in articles
        ]
        context = {"leaders": leaders, "days": _OWN_DAYS, **words.crumbs(_("Numbers"))}
        return TemplateResponse(request, "newsroom/numbers/own.html", context)


class StreamView(View):
    """The dashboard as server-sent events, and the wish to be asked again in a few seconds (decision 28).

    No answer stays open: the newsroom has four threads, and a stream would hold one for as long as somebody looks.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        """Tell the time, and the dashboard to who has another."""
        drawn = live.drawn()
        told = f"retry: {live.INTERVAL_S * 1000}\nevent: clock\ndata: {drawn.clock}\n\n"
        if request.headers.get("Last-Event-ID", "") != drawn.digest:
            lines = "\n".join(f"data: {line}" for line in drawn.html.splitlines() if line.strip())
            told += f"id: {drawn.digest}\nevent: numbers\n{lines}\n\n"
        return HttpResponse(told, content_type="text/event-stream")
