"""RSS 2.0, with the elements of Atom, Dublin Core, Media RSS and the content module that feed readers know.

Source: RSS 2.0 Specification (RSS Advisory Board); RSS Best Practices Profile; Media RSS 1.5.1.
"""

from io import StringIO
from typing import Any, Final

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape

from warta.feeds.feed import Feed, Item, plain

MEDIA_TYPE: Final = "application/rss+xml"


class _Rss(Rss201rev2Feed):
    content_type = f"{MEDIA_TYPE}; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        """Name the vocabularies."""
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def latest_post_date(self) -> Any:
        """Return when anything changed last, a withdrawal too."""
        return self.feed["changed_at"]

    def add_root_elements(self, handler: Any) -> None:
        """Add the hub that tells of changes."""
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add what RSS has no words for: several authors, the last change, the whole text, the photo."""
        super().add_item_elements(handler, item)
        shown: Item | None = item["shown"]
        if shown is None:
            return
        for author in shown.authors:
            handler.addQuickElement("dc:creator", plain(author.name))
        handler.addQuickElement("atom:updated", shown.changed_at.isoformat(timespec="seconds"))
        if shown.html:
            handler.addQuickElement("content:encoded", plain(shown.html))
        if (image := shown.image) is not None:
            size = {"width": str(image.width), "height": str(image.height)}
            what = {"url": image.address, "medium": "image", "type": image.media_type, **size}
            handler.startElement("media:content", what)
            if image.credit:
                handler.addQuickElement("media:credit", plain(image.credit))
            handler.endElement("media:content")


def write(feed: Feed) -> str:
    """Write a feed; an article that is withdrawn stands in it under its id, with the reason alone."""
    made = _Rss(
        title=plain(feed.title),
        link=feed.home,
        description=plain(feed.description),
        language=feed.lang,
        feed_url=feed.address,
        hub=feed.hub,
        changed_at=feed.changed_at,
    )
    for gone in feed.withdrawn:
        if gone.is_here:
            made.add_item(
                title=plain(gone.title),
                link=gone.address,
                description=escape(plain(gone.reason)),
                unique_id=gone.id,
                unique_id_is_permalink=False,
                pubdate=gone.at,
                updateddate=gone.at,
                shown=None,
            )
    for item in feed.items:
        made.add_item(
            title=plain(item.title),
            link=item.address,
            description=escape(plain(item.summary)),
            unique_id=item.id,
            unique_id_is_permalink=False,
            pubdate=item.published_at,
            updateddate=item.changed_at,
            categories=[plain(name) for name in item.categories],
            shown=item,
        )
    written = StringIO()
    made.write(written, "utf-8")
    return written.getvalue()
