"""The last route: addresses of an imported archive or of a renamed rubric move on, all else is not here."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import ResolverMatch, resolve
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
    target = moved_to(request) or _without_slash(request)
    return moved(target) if target else errors.absent()


def moved(path: str) -> HttpResponse:
    """Answer 301: the page has its address elsewhere in this paper."""
    return headers.moved(HttpResponsePermanentRedirect(path))


def moved_to(request: HttpRequest) -> str | None:
    """Return where an old address leads now, None when it is none."""
    whole = request.get_full_path()
    if len(whole) > LONGEST or "\0" in whole:
        return None
    try:
        forms = addresses.old_forms(whole)
    except ValueError:
        return None
    target = store.moved_to(forms, now=timezone.now()) if forms else None
    return None if target == request.path_info else target


def page_of(path: str, route: ResolverMatch) -> str:
    """Return the path of the front or static page on which an address depends: of a feed, that of its front."""
    return f"/{route.kwargs['page']}" if "page" in route.kwargs else path


def _without_slash(request: HttpRequest) -> str | None:
    bare, _, rest = request.path_info.rpartition("/")
    if not bare or rest or len(bare) > LONGEST:
        return None
    route = resolve(bare)
    is_stored = route.url_name == "stored" and store.at(page_of(bare, route), now=timezone.now())
    if route.url_name != "fixed" and not is_stored:
        return None
    query = request.META.get("QUERY_STRING")
    return f"{bare}?{query}" if query else bare
