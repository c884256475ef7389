"""Puts very many articles into the paper's tables at once, in the shape in which `store.put` writes them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from tests.delivery.builders import article
from warta.paper.models import Counter, Placement, StoredPage
from warta.paper.pages import ArticlePage
from warta.paper.store import ALL, article_key


def put_many(
    count: int,
    *,
    newest: datetime,
    first_id: int = 1,
    every: timedelta = timedelta(minutes=7),
    lists: Sequence[str] = (),
) -> None:
    """Put `count` articles, the one with the highest id the newest."""
    pages = [article(first_id + n, newest - every * (count - 1 - n)) for n in range(count)]
    put_pages(pages, lambda page: (ALL, *lists))


def put_pages(pages: Sequence[ArticlePage], lists_of: Callable[[ArticlePage], Sequence[str]]) -> None:
    """Put articles that are not there yet."""
    counter, _ = Counter.objects.get_or_create(name="changes")
    StoredPage.objects.bulk_create(
        (
            StoredPage(
                key=article_key(page.id),
                kind="article",
                path=page.path,
                schema=page.schema,
                number=counter.value + place,
                visible_from=page.published_at,
                teaser=msgspec.json.encode(page.teaser).decode(),
                data=msgspec.json.encode(page).decode(),
            )
            for place, page in enumerate(pages, start=1)
        ),
        batch_size=2000,
    )
    Placement.objects.bulk_create(
        (
            Placement(
                page_id=article_key(page.id),
                list=name,
                article_id=page.id,
                published_at=page.published_at,
                visible_from=page.published_at,
            )
            for page in pages
            for name in lists_of(page)
        ),
        batch_size=4000,
    )
    Counter.objects.filter(name="changes").update(value=counter.value + len(pages))
