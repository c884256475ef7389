"""The screens of the fronts: the list of them, one front with its search, its preview, its history."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.generic import View

from warta.newsroom.actions.arrange import StaleFrontError, UnchangedFrontError, WrongPinError, arrange
from warta.newsroom.actions.put_back_front import put_back_front
from warta.newsroom.desk.approving import name_of
from warta.newsroom.desk.fronts import screen
from warta.newsroom.desk.fronts.board import Board
from warta.newsroom.desk.fronts.finding import SEARCHED, found
from warta.newsroom.models import Arrangement, Breaking, Front, Rubric
from warta.newsroom.models.front import BEFORE
from warta.newsroom.permissions import Verb, may, need, rubrics_for

_PAGE: Final = 20


class Fronts(View):
    """The fronts that this person arranges, and who arranged each last: three queries."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        live = Arrangement.objects.filter(number=F("front__number")).select_related("made_by")
        by_rubric = {row.front.rubric_id: row for row in live.select_related("front")}
        rubrics: list[Rubric | None] = [*rubrics_for(request.user)]
        if may(request.user, Verb.ARRANGE, Front()):
            rubrics.insert(0, None)
        rows = [(Front(rubric=rubric), by_rubric.get(rubric.pk if rubric else None)) for rubric in rubrics]
        may_break = may(request.user, Verb.BREAK)
        context = {
            "rows": rows,
            "may_break": may_break,
            "breaking": Breaking.running(timezone.now()) if may_break else None,
            **crumbs(_("Fronts")),
        }
        return TemplateResponse(request, "newsroom/fronts/all.html", context)


class FrontView(View):
    """One front, found by the number of its rubric in the address, 0 for the front page; others' are refused."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the front, and ask for the right to arrange it."""
        number = self.kwargs["rubric"]
        self.rubric = get_object_or_404(Rubric, pk=number) if number else None
        self.front = Front.of(self.rubric)
        need(request.user, Verb.ARRANGE, self.front)
        return super().dispatch(request, *args, **kwargs)

    def url(self, name: str = "front") -> str:
        """Return the address of one of this front's screens."""
        return reverse(name, args=[self.kwargs["rubric"]])


class ArrangeView(FrontView):
    """The places of a front and a search; every button works as a plain form, `fronts.js` only adds dragging."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show what readers have."""
        return self.show(Board.of(self.front.live(), timezone.now()))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Move something and show it, or give it all to readers."""
        board, act = Board.read(request.POST), request.POST.get("act", "")
        if act == "publish":
            return self.publish(board)
        return self.show(board.done(act), has_clash="clash" in request.POST)

    def publish(self, board: Board) -> HttpResponse:
        """Give it to readers; say what is wrong with it; or show what somebody else made meanwhile."""
        pins, wrong = board.pins()
        if wrong:
            return self.show(board, wrong=wrong, status=422)
        try:
            arrange(self.rubric, pins, by=self.request.user, now=timezone.now(), after=board.after)
        except WrongPinError as error:
            return self.show(board, wrong={error.slot: [screen.why(error.why)]}, status=422)
        except StaleFrontError as error:
            self.front = Front.of(self.rubric)
            newest = error.between[0].number if error.between else self.front.number
            return self.show(Board(board.places, newest), has_clash=True, between=error.between, status=409)
        except UnchangedFrontError:
            messages.info(self.request, _("Nothing was changed: readers have it like this already."))
            return redirect(self.url())
        messages.success(self.request, _("Readers have it now."))
        return redirect(self.url())

    def show(
        self,
        board: Board,
        *,
        wrong: Mapping[str, list[str]] | None = None,
        has_clash: bool = False,
        between: list[Arrangement] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the screen."""
        now, query = timezone.now(), self.request.POST.get("q", "")[:200]
        live = self.front.live()
        places = screen.shown(
            board, user=self.request.user, now=now, wrong=wrong or {}, against=live if has_clash else None
        )
        taken = {place.article_id: place.name for place in places if place.article_id}
        context = {
            "front": self.front,
            "board": board,
            "places": places,
            "has_errors": bool(wrong),
            "has_clash": has_clash,
            "between": between or [],
            "query": query,
            "searched": number_format(SEARCHED, force_grouping=True),
            "found": [
                {"id": one.pk, "headline": one.headline, "about": screen.about(one), "taken": taken.get(one.pk, "")}
                for one in found(query, self.rubric, now)
            ],
            "live": live,
            "zone": timezone.get_current_timezone_name(),
            "url": self.url(),
            "preview_url": self.url("front_preview"),
            "history_url": self.url("front_history"),
            **crumbs(str(self.front)),
        }
        return TemplateResponse(self.request, "newsroom/fronts/front.html", context, status=status)


class PreviewView(FrontView):
    """The real page with what lies on the screen, for this person alone; who renders it is wired in the settings."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Answer with the page."""
        now = timezone.now()
        pins = {pin.slot: pin.article_id for pin in Board.read(request.POST).pins()[0] if not pin.is_over(now)}
        answer: HttpResponse = import_string(settings.WARTA_FRONT_PREVIEW)(self.kwargs["rubric"], pins)
        return answer

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Lead back to the screen, where there is something to look at."""
        return redirect(self.url())


class HistoryView(FrontView):
    """Every arrangement a front ever had, the newest first, cut by number."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show them, from behind a number on (`before`)."""
        return self.show()

    def show(self, *, status: int = 200) -> HttpResponse:
        """Answer with the list."""
        rows = Arrangement.objects.filter(front=self.front.pk).select_related("made_by")
        before = self.request.GET.get("before", "")
        if before.isdecimal() and len(before) < 10:
            rows = rows.filter(number__lt=int(before))
        page = list(rows[: _PAGE + 1])
        context = {
            "front": self.front,
            "rows": screen.in_words(page[:_PAGE], self.request.user),
            "older": page[_PAGE - 1].number if len(page) > _PAGE else None,
            "before": BEFORE,
            "url": self.url(),
            **crumbs(_("History"), front=self.front, url=self.url()),
        }
        return TemplateResponse(self.request, "newsroom/fronts/history.html", context, status=status)


class PutBackView(FrontView):
    """Gives readers a front as it was."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Lead to the history, where the button is."""
        return redirect(self.url("front_history"))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Put it back, unless somebody arranged the front since the history was shown."""
        number = self.kwargs["number"]
        if number == BEFORE:
            old = Arrangement(front=self.front, number=BEFORE, slots={})
        else:
            old = get_object_or_404(Arrangement, front=self.front.pk, number=number)
        after = request.POST.get("after", "")
        try:
            put_back_front(
                old,
                by=request.user,
                now=timezone.now(),
                after=int(after) if after.isdecimal() and len(after) < 10 else 0,
            )
        except StaleFrontError as error:
            who = error.between[0].made_by if error.between else None
            messages.error(
                request,
                _("%(who)s arranged this front meanwhile. Look at it first: nothing was changed.")
                % {"who": name_of(who)},
            )
            return redirect(self.url("front_history"))
        except UnchangedFrontError:
            messages.info(request, _("Nothing was changed: readers have it like this already."))
            return redirect(self.url("front_history"))
        messages.success(request, _("Readers have it again as it was then."))
        return redirect(self.url())


def crumbs(heading: str, *, front: Front | None = None, url: str = "") -> dict[str, Any]:
    """Return what the head of these screens shows."""
    items = [{"url": reverse("fronts"), "label": _("Fronts")}]
    if front is not None:
        items.append({"url": url, "label": str(front)})
    items.append({"url": "", "label": heading})
    return {
        "breadcrumbs_items": items if heading != _("Fronts") else items[-1:],
        "header_icon": "table",
        "page_title": heading,
        "header_title": heading,
    }
