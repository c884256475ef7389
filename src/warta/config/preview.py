"""Joins what may not know each other: a draft of the newsroom, the press that composes, the reader's template."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, render, shell
from warta.delivery.republished import Copy, newest
from warta.delivery.views import front, fronts
from warta.newsroom.reading import Article
from warta.paper import lists, store
from warta.paper.pages import FrontPage
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
    return _unseen(html)


def render_front(rubric_id: int, pins: Mapping[str, int]) -> HttpResponse:
    """Answer with the front of a rubric, or with 0 the front page, as readers would see it with these articles.

    Raises: Http404 for a rubric that readers do not have yet.
    """
    now = timezone.now()
    if not rubric_id:
        return _unseen(front.front_html(pins, now=now))
    page = store.find(f"rubric:{rubric_id}", now=now)
    if not isinstance(page, FrontPage):
        raise Http404("readers do not have this rubric yet")
    return _unseen(fronts.front_html(page, pins, now=now))


def republished(limit: int, behind: int) -> list[tuple[int, Copy]]:
    """Return which other sites show which article, the newest first."""
    return newest(limit, behind=behind)


def _unseen(html: str) -> HttpResponse:
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = headers.POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
