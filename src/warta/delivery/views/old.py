"""The last route: addresses of an imported archive or of a renamed rubric move on, all else is not here."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils import timezone

from warta.delivery import headers
from warta.delivery.views import errors
from warta.lexicon import addresses
from warta.paper import store

LONGEST: Final = 2000
"""Characters of an address that are looked at; no paper ever published a longer one."""


@errors.reading
def last_route(request: HttpRequest) -> HttpResponse:
    """Answer an address that no other route knows."""
    return answer(request)


def answer(request: HttpRequest) -> HttpResponse:
    """Send a reader on from an old address or one with a slash too many, or say that nothing is here."""
    try:
        target = _moved_to(request) or _without_slash(request)
    except ValueError:
        target = None
    return moved(target) if target else errors.absent()


def moved(path: str) -> HttpResponse:
    """Answer 301: the page has its address elsewhere in this paper."""
    return headers.moved(HttpResponsePermanentRedirect(path))


def _moved_to(request: HttpRequest) -> str | None:
    whole = request.get_full_path()
    if len(whole) > LONGEST or "\0" in whole:
        return None
    now = timezone.now()
    target = store.moved_to(addresses.old(whole), now=now)
    if target is None and "?" in whole:
        target = store.moved_to(addresses.old(whole.partition("?")[0]), now=now)
    return target if target != request.path_info else None


def _without_slash(request: HttpRequest) -> str | None:
    path = request.path_info
    if not path.endswith("/") or path.endswith("//") or len(path) > LONGEST:
        return None
    bare = path.removesuffix("/")
    if not bare or resolve(bare).func is last_route:
        return None
    return f"{bare}?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else bare
