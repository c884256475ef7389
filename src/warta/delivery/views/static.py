"""Static pages of the paper, and the two small files that browsers and robots ask every site for."""

from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, shell, surrogates
from warta.delivery.render import page_html
from warta.delivery.views import old
from warta.delivery.views.errors import reading
from warta.paper import store
from warta.paper.pages import StaticPage

_FAVICON: Final = (Path(__file__).parent.parent / "favicon.svg").read_bytes()
_ROBOTS: Final = "User-agent: *\nDisallow:\n"


@reading
def static_page(request: HttpRequest) -> HttpResponse:
    """Answer the address of a static page, in its own language."""
    now = timezone.now()
    page = store.at(request.path_info, now=now)
    if not isinstance(page, StaticPage):
        return old.answer(request)
    html = page_html("static", shell=shell.current(now=now), now=now, path=page.path, lang=page.lang, page=page)
    return headers.live(HttpResponse(html), surrogates.of(page))


@reading
def robots(request: HttpRequest) -> HttpResponse:
    """Answer /robots.txt: everything may be read.

    Source: RFC 9309 2.2.2.
    """
    return headers.fixed(HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8"))


@reading
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer the paper's small sign."""
    return headers.fixed(HttpResponse(_FAVICON, content_type="image/svg+xml"))
