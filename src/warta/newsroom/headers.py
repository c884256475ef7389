"""Security headers of the newsroom's answers."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
    " font-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none';"
    " form-action 'self'; manifest-src 'self'"
)
"""No script but our own files. Wagtail's editor sets style attributes, which cannot run."""


class HeadersMiddleware:
    """Adds to every answer that has none of its own: CSP, permissions, no storing outside the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store, private")
        if request.method == "POST" and request.path == reverse("wagtailadmin_logout"):
            response.headers["Clear-Site-Data"] = '"storage"'  # the journal of unsaved text stays on no shared computer
        return response
