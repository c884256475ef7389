"""Joins what may not know each other: a draft of the newsroom, the press that composes, the reader's template."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, render, shell
from warta.newsroom.reading import Article
from warta.paper import lists
from warta.press.compose import article as compose
from warta.reads.lists import most_read


def render_preview(article: Article, request: HttpRequest) -> HttpResponse:
    """Answer with an unpublished article as readers would see it, with the lists of now; kept by no cache."""
    now = timezone.now()
    html = render.article_html(
        compose.article(article),
        lists=render.Lists(
            most_read=most_read(now=now, limit=render.MOST_READ),
            latest=lists.latest(now=now, limit=render.LATEST),
        ),
        shell=shell.current(now=now),
        now=now,
        is_preview=True,
    )
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = headers.POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
