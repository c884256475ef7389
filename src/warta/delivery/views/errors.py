"""Pages for what cannot be answered: each says kindly what happened and where to go on."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Final

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from warta.delivery import headers, shell
from warta.delivery.render import page_html
from warta.paper import lists

_FEW: Final = 5
_Words = tuple[str | Promise, str | Promise]
NOT_HERE: Final[_Words] = (
    pgettext_lazy("reader", "This page is not here"),
    pgettext_lazy(
        "reader", "The address may be mistyped, or the page was never published. Nothing is lost: start here."
    ),
)
NO_SUCH_PLACE: Final[_Words] = (
    pgettext_lazy("reader", "This list has no such place"),
    pgettext_lazy("reader", "The address of this part of the list is damaged. Begin at its newest page."),
)
NO_SUCH_DAY: Final[_Words] = (
    pgettext_lazy("reader", "There is no such day"),
    pgettext_lazy("reader", "Write the day as year, month and day, or choose one from the index."),
)
_NOT_UNDERSTOOD: Final[_Words] = (
    pgettext_lazy("reader", "We could not read this request"),
    pgettext_lazy("reader", "Something in the address or the request is malformed. Try again from the front page."),
)
_ONLY_READING: Final[_Words] = (
    pgettext_lazy("reader", "This page can only be read"),
    pgettext_lazy("reader", "The request wanted to do something else with it, which is not possible."),
)
_BROKEN: Final[_Words] = (
    pgettext_lazy("reader", "Something broke on our side"),
    pgettext_lazy("reader", "It is not your fault, and it has been noted. Please try again in a moment."),
)
_RESTING: Final[_Words] = (
    pgettext_lazy("reader", "We will be back in a moment"),
    pgettext_lazy(
        "reader", "The paper's storage does not answer just now. Articles that were read before can be read on."
    ),
)


def absent(words: _Words = NOT_HERE) -> HttpResponse:
    """Answer 404 with words that fit and the newest headlines."""
    now = timezone.now()
    html = page_html(
        "error",
        shell=shell.current(now=now),
        now=now,
        status=404,
        words=words,
        latest=lists.latest(now=now, limit=_FEW),
    )
    return headers.absent(HttpResponse(html, status=404))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 (Django's `handler404`)."""
    return absent()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 (Django's `handler400`)."""
    return _plain(400, _NOT_UNDERSTOOD)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without the database (Django's `handler500`): 503 when that is what broke, else 500."""
    if isinstance(sys.exc_info()[1], Error):
        response = _plain(503, _RESTING)
        response.headers["Retry-After"] = "5"
        return response
    return _plain(500, _BROKEN)


def reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view answer GET and HEAD alone; all else is 405 with `Allow`."""

    @wraps(view)
    def safely(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)
        refusal = _plain(405, _ONLY_READING)
        refusal.headers["Allow"] = "GET, HEAD"
        return refusal

    return safely


def _plain(status: int, words: _Words) -> HttpResponse:
    html = page_html("error", shell=shell.bare(), now=timezone.now(), status=status, words=words)
    return HttpResponse(html, status=status)
