"""Writes answers: JSON, compressed where it is taken, with the headers of the paper's other pages.

Source: RFC 8288 (links), RFC 9110 13.1.2 (If-None-Match), Fetch (CORS).
"""

import hashlib
from http import HTTPStatus
from typing import Any, Final

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from warta.delivery import headers, segments
from warta.delivery.api import problems
from warta.delivery.api.composing import ROOT
from warta.delivery.api.problems import ProblemError
from warta.delivery.api.shapes import Problem, Withdrawn

JSON: Final = "application/json"
_EXPOSED: Final = "ETag, Link, RateLimit-Policy, Retry-After"


def written(
    request: HttpRequest, shape: Any, *, status: int = 200, media_type: str = JSON, next_: str = ""
) -> HttpResponse:
    """Answer with JSON, or with 304 when the one who asks has it already. Whoever calls says how long it is kept."""
    body = msgspec.json.encode(shape)
    coding = segments.coding(request.headers.get("Accept-Encoding"))
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}-{coding[0]}"'
    known = request.headers.get("If-None-Match", "")
    is_known = status == HTTPStatus.OK and (known.strip() == "*" or tag in known)
    made = (
        b"" if is_known else body if coding == "identity" else segments.joined([segments.pack(body.decode())], coding)
    )
    response = HttpResponse(made, status=HTTPStatus.NOT_MODIFIED if is_known else status, content_type=media_type)
    if is_known:
        del response.headers["Content-Type"]
    elif coding != "identity":
        response.headers["Content-Encoding"] = coding
    if status == HTTPStatus.OK:
        response.headers["ETag"] = tag
    site = settings.WARTA_SITE_URL
    links = [f'<{site}{ROOT}/openapi.json>; rel="service-desc"']
    response.headers["Link"] = ", ".join([f'<{next_}>; rel="next"', *links] if next_ else links)
    response.headers["Vary"] = "Accept-Encoding, Authorization"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    return response


def problem(request: HttpRequest, error: ProblemError, *, withdrawn: Withdrawn | None = None) -> HttpResponse:
    """Answer with what is wrong. No cache keeps it but what is not there, for a second."""
    shape = Problem(
        type="about:blank",
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        detail=error.detail,
        where=error.where,
        withdrawn=withdrawn,
    )
    response = written(request, shape, status=error.status, media_type=problems.MEDIA_TYPE)
    for name, value in error.headers.items():
        response.headers[name] = value
    return headers.absent(response) if error.status in {404, 410} else response


def private(response: HttpResponse) -> HttpResponse:
    """Let no cache but that of the one who asked keep an answer, and no script of another origin read it."""
    response.headers["Cache-Control"] = "private, no-cache"
    for name in ("Surrogate-Key", "Cache-Tag", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"):
        response.headers.pop(name, None)
    return response
