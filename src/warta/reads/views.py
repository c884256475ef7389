"""Answers beacons as Django does it; `config.gate` answers the same at once. 204, whatever is thought of the read."""

import time

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from warta.reads import beacon


@csrf_exempt
@require_POST
async def read(request: HttpRequest, **_: str) -> HttpResponse:
    """Note that an article was read, or how far. The body is never looked at; the answer tells nothing."""
    remote = request.META.get("REMOTE_ADDR", "")
    beacon.take(request.path_info, request.META.get("QUERY_STRING", ""), request.headers, remote, time.time())
    answer = HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    del answer.headers["Content-Type"]
    return answer
