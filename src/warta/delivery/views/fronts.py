"""The fronts of rubrics, channels, topics and people: what they are, and their articles, newest first."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, shell, surrogates
from warta.delivery.render import MOST_READ, page_html
from warta.delivery.views import errors, keyset, old
from warta.paper import store
from warta.paper.pages import FrontPage
from warta.reads.lists import most_read

PAGE: Final = 20


@errors.reading
def front_of(request: HttpRequest) -> HttpResponse:
    """Answer the address of a front, or of an older page of its list."""
    now = timezone.now()
    front = store.at(request.path_info, now=now)
    if not isinstance(front, FrontPage):
        return old.answer(request)
    try:
        behind = keyset.asked(request)
    except ValueError:
        return errors.absent(errors.NO_SUCH_PLACE)
    html = page_html(
        "list",
        shell=shell.current(now=now),
        now=now,
        path=front.path,
        front=front,
        slice=keyset.cut(behind, now=now, limit=PAGE, name=front.list),
        most_read=most_read(now=now, limit=MOST_READ),
    )
    return headers.live(HttpResponse(html), surrogates.of(front))
