"""Answers the beacon of the article page: 204, whatever is thought of the read, and no query."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from warta.reads import reader, sieve, tally


@csrf_exempt
@require_POST
async def read(request: HttpRequest, article_id: int) -> HttpResponse:
    """Note that an article was read. The body is never looked at; the answer tells nothing."""
    if sieve.objection(request.headers) is None:
        origin = reader.origin(
            request.META.get("REMOTE_ADDR", ""),
            request.headers.get("X-Forwarded-For", ""),
            trusted=reader.networks(tuple(settings.WARTA_TRUSTED_PROXIES)),
        )
        tally.PROCESS.note(article_id, reader.seed(origin, request.headers["User-Agent"]), timezone.now())
    answer = HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    del answer.headers["Content-Type"]
    return answer
