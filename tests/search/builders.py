"""Puts small articles into the paper, lets the index follow, and asks it."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db import connections

from tests.delivery.builders import NOW, article, put
from warta import plain
from warta.paper.pages import ArticlePage, Paragraph
from warta.search import follow, index, opensearch_server, results
from warta.search.results import Asked, Results

_ids = count(1)


def told(headline: str, body: str = "", **values: Any) -> ArticlePage:
    """Put an article of a headline and one paragraph, newer than the one before."""
    number = values.pop("id", None) or next(_ids)
    at = values.pop("at", NOW - timedelta(days=400) + timedelta(minutes=number))
    kept = {name: values.pop(name) for name in ("until", "visible_from") if name in values}
    return put(article(number, at, headline=headline, body=(Paragraph(html=body),) if body else (), **values), **kept)


def indexed(now: datetime = NOW) -> None:
    follow.catch_up(now)


def ask(typed: str, *, now: datetime = NOW, **values: Any) -> Results:
    return results.find(Asked(typed=typed, **values), now=now)


def headlines(typed: str, **values: Any) -> list[str]:
    return [found.teaser.headline for found in ask(typed, **values).found]


def rows() -> int:
    """How many pages the index holds."""
    generation = index.state().generation
    if index.is_elsewhere():
        server = opensearch_server.current()
        asked = {"query": {"exists": {"field": "place"}}}
        return server.client.count(index=server.index(generation), body=asked)["count"]
    [(count,)] = plain.ask(f"SELECT count(*) FROM search_page_{generation}", using=index.alias())
    return count


def is_there(generation: int) -> bool:
    """Whether a generation of the index takes place."""
    if index.is_elsewhere():
        server = opensearch_server.current()
        return bool(server.client.indices.exists(index=server.index(generation)))
    with connections[index.alias()].cursor() as cursor:
        names = connections[index.alias()].introspection.table_names(cursor)
    return f"search_page_{generation}" in names
