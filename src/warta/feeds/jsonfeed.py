"""JSON Feed 1.1.

Source: jsonfeed.org/version/1.1.
"""

from datetime import datetime
from typing import Any, Final

import msgspec
from django.utils.html import escape

from warta.feeds.feed import Feed, Item, Withdrawn

MEDIA_TYPE: Final = "application/feed+json"


def write(feed: Feed) -> str:
    """Write a feed; an article that is withdrawn stands in it under its id, with the reason alone."""
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": feed.description,
        "language": feed.lang,
        "authors": [{"name": feed.publisher}],
        "items": [*(_gone(gone) for gone in feed.withdrawn if gone.is_here), *(_item(item) for item in feed.items)],
    }
    if feed.hub:
        told["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    return msgspec.json.encode(told).decode()


def _item(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html or f"<p>{escape(item.summary)}</p>",
        "date_published": _at(item.published_at),
        "date_modified": _at(item.changed_at),
        "authors": [{"name": author.name, "url": author.address} for author in item.authors],
        "tags": item.categories,
        "language": item.lang,
    }
    if item.image is not None:
        told["image"] = item.image.address
    return told


def _gone(gone: Withdrawn) -> dict[str, Any]:
    return {
        "id": gone.id,
        "url": gone.address,
        "title": gone.title,
        "content_text": gone.reason,
        "date_published": _at(gone.at),
        "date_modified": _at(gone.at),
    }


def _at(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
