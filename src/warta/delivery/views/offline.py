"""What browsers ask for that install the paper, or keep it for when there is no network."""

from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from warta.delivery import headers, offline, shell, surrogates
from warta.delivery.render import page_html
from warta.delivery.views.errors import reading
from warta.lexicon import addresses
from warta.paper import withdrawn

_ICON: Final = (Path(__file__).parent.parent / "icon.png").read_bytes()


@reading
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer what an installed paper is called and looks like."""
    return headers.fixed(JsonResponse(offline.manifest(), content_type="application/manifest+json"))


@reading
def icon(request: HttpRequest) -> HttpResponse:
    """Answer the paper's sign for home screens, drawn by `tests/delivery/icon.py` from `favicon.svg`."""
    return headers.fixed(HttpResponse(_ICON, content_type="image/png"))


@reading
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the program that keeps what was read."""
    return headers.recheckable(HttpResponse(offline.worker(), content_type="text/javascript; charset=utf-8"))


@reading
def kept(request: HttpRequest) -> HttpResponse:
    """Answer the page on which the worker lists what is kept, when there is no network: it names nothing of now."""
    html = page_html("offline", shell=shell.bare(), now=timezone.now(), path=addresses.KEPT, told=offline.limits())
    return headers.live(HttpResponse(html), surrogates.LIVE)


@reading
def ended(request: HttpRequest) -> HttpResponse:
    """Answer the ids of articles that no device may keep longer: the same for all, so nobody says what they read."""
    now = timezone.now()
    found = withdrawn.ended(now=now, limit=offline.ENDED, since=now - offline.TOLD_FOR)
    return headers.live(JsonResponse(found, safe=False), surrogates.LIVE)
