"""What is read most: of the whole paper and of each rubric, in a day, a week, a month; and how that is counted."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from warta.delivery import headers, shell
from warta.delivery.counted import KEPT, RULES, TEXTS
from warta.delivery.render import page_html
from warta.delivery.views import errors, old
from warta.lexicon import addresses
from warta.paper import store
from warta.paper.pages import FrontPage
from warta.reads import lists

SHOWN: Final = 9
SHOWN_WITHIN: Final = 5
_NAMES: Final[dict[str, str | Promise]] = {
    lists.DAY: pgettext_lazy("reader", "24 hours"),
    lists.SEVEN_DAYS: pgettext_lazy("reader", "7 days"),
    lists.MONTH: pgettext_lazy("reader", "30 days"),
    lists.RISING: pgettext_lazy("reader", "Rising"),
    lists.DEEP: pgettext_lazy("reader", "Read to the end"),
}
_WINDOWS: Final = (lists.DAY, lists.SEVEN_DAYS, lists.MONTH)


@errors.reading
def paper(request: HttpRequest) -> HttpResponse:
    """Answer the lists of the whole paper, and the week's of every rubric."""
    now = timezone.now()
    frame = shell.current(now=now)
    within = {lists.name_within(lists.SEVEN_DAYS, front.list): front for front in frame.rubrics}
    found = lists.several([*_NAMES, *within], now=now, limit=SHOWN)
    return _answer(
        frame,
        now=now,
        path=addresses.popular(),
        shown=[(name, found[key]) for key, name in _NAMES.items() if key in found],
        rubrics=[(front, found[key][:SHOWN_WITHIN]) for key, front in within.items() if key in found],
    )


@errors.reading
def rubric(request: HttpRequest, page: str) -> HttpResponse:
    """Answer the lists of the rubric whose front is that page."""
    now = timezone.now()
    front = store.at(addresses.front("rubric", page), now=now)
    if not isinstance(front, FrontPage) or front.kind != "rubric":
        return old.answer(request)
    keys = {lists.name_within(key, front.list): _NAMES[key] for key in _WINDOWS}
    found = lists.several(list(keys), now=now, limit=SHOWN)
    shown = [(name, found[key]) for key, name in keys.items() if key in found]
    return _answer(shell.current(now=now), now=now, path=addresses.popular(page), shown=shown, front=front)


@errors.reading
def counting(request: HttpRequest) -> HttpResponse:
    """Answer how readers are counted, in the words of the rules in force."""
    now = timezone.now()
    html = page_html(
        "counting",
        shell=shell.current(now=now),
        now=now,
        path=addresses.counting(),
        rules=list(RULES.values()),
        kept=KEPT,
        said=TEXTS,
    )
    return headers.live(HttpResponse(html))


def _answer(frame: shell.Shell, **content: Any) -> HttpResponse:
    html = page_html("popular", shell=frame, made_at=lists.made_at(), **content)
    return headers.live(HttpResponse(html))
