"""Static pages of the paper, and the two small files that browsers and robots ask every site for."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, indexnow, shell, surrogates
from warta.delivery.render import page_html
from warta.delivery.views import old
from warta.delivery.views.errors import reading
from warta.feeds import robots as robots_txt
from warta.lexicon import addresses
from warta.paper import store
from warta.paper.pages import StaticPage

_FAVICON: Final = (Path(__file__).parent.parent / "favicon.svg").read_bytes()


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
    """Answer /robots.txt."""
    sitemap = shell.bare().site_url + addresses.sitemap()
    text = robots_txt.write(settings.WARTA_AI_CRAWLERS, sitemap)
    return headers.fixed(HttpResponse(text, content_type="text/plain; charset=utf-8"))


@reading
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer the paper's small sign."""
    return headers.fixed(HttpResponse(_FAVICON, content_type="image/svg+xml"))


@reading
def indexnow_key(request: HttpRequest, key: str) -> HttpResponse:
    """Answer the key by which search engines know that the paper told them, where they are told."""
    if not settings.WARTA_INDEXNOW or key != indexnow.key():
        return old.answer(request)
    return headers.fixed(HttpResponse(key, content_type="text/plain; charset=utf-8"))
