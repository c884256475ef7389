"""Security headers for every answer, and how long each kind of page may be cached."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from warta.delivery import surrogates
from warta.delivery.inline import LISTS_STYLE, LITE_STYLE, LOOK, SCRIPT, STYLE, csp_hash

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self' data:",  # the empty icon of pages that save data, which asks for nothing
        f"style-src {' '.join(csp_hash(style) for style in (STYLE, LISTS_STYLE, LITE_STYLE))}",
        f"script-src {csp_hash(LOOK)} {csp_hash(SCRIPT)}",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types sw",
    )
)
"""The content security policy of every answer: nothing but our own pictures, style sheets, scripts, beacon and worker.

The one policy of trusted types is made by `look.js` and gives one address alone, that of the worker.
"""

_SECURITY: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LIVE: Final = "public, max-age=0, s-maxage=1, stale-while-revalidate=10, stale-if-error=86400"
"""How a page with lists may be cached."""
ABSENT: Final = "public, max-age=0, s-maxage=1"
"""How an answer may be cached that says that something is not there, or what was found a moment ago."""
_YEAR_S: Final = 365 * 24 * 60 * 60


def live(response: HttpResponse, keys: str = surrogates.LIVE) -> HttpResponse:
    """Let caches share a page for 1 s, so that its lists are of now; for a day when we cannot be reached."""
    return _keyed(_cached(response, LIVE), keys)


def absent(response: HttpResponse, keys: str = surrogates.LIVE) -> HttpResponse:
    """Let caches share a 404 or 410 for 1 s: what is not there may be published the next moment."""
    return _keyed(_cached(response, ABSENT), keys)


def searched(response: HttpResponse) -> HttpResponse:
    """Let caches share what was found for 1 s, and never give it longer: what was just published must be found."""
    return absent(response)


def moved(response: HttpResponse) -> HttpResponse:
    """Let a permanent redirect be kept for a minute: a slug changed back must not leave browsers in a loop."""
    return _cached(response, "public, max-age=60")


def fixed(response: HttpResponse) -> HttpResponse:
    """Let a file that changes with our releases only be kept for a day."""
    return _cached(response, "public, max-age=86400")


def recheckable(response: HttpResponse) -> HttpResponse:
    """Let a file be kept for an hour: so long a worker that shall be replaced or end may go on."""
    return _cached(response, "public, max-age=3600")


def forever(response: HttpResponse) -> HttpResponse:
    """Let a file that is named by its content be kept for a year."""
    return _cached(response, f"public, max-age={_YEAR_S}, immutable")


def drawn(response: HttpResponse, keys: str) -> HttpResponse:
    """Let a picture that is named by all that is seen in it be kept for a day: no longer, it may be withdrawn."""
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is there to be shown elsewhere
    return _keyed(fixed(response), keys)


def for_others(response: HttpResponse) -> HttpResponse:
    """Let pages of other sites show an answer, and no cache keep it."""
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _cached(response, "no-store")


def _cached(response: HttpResponse, policy: str) -> HttpResponse:
    response.headers["Cache-Control"] = policy
    return response


def _keyed(response: HttpResponse, keys: str) -> HttpResponse:
    for name, value in surrogates.in_headers(keys).items():
        response.headers[name] = value
    return response


def security() -> dict[str, str]:
    """Return the security headers of every answer."""
    if settings.WARTA_SITE_URL.startswith("https://"):
        return {**_SECURITY, "Strict-Transport-Security": f"max-age={_YEAR_S}"}
    return dict(_SECURITY)


class HeadersMiddleware:
    """Sets the security headers on every answer, errors included; an answer that names no cache rule is not kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.headers = security()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
