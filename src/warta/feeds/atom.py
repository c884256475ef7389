"""Atom, with tombstones for what was withdrawn.

Source: RFC 4287 (Atom), RFC 6721 (deleted entries), WebSub (W3C).
"""

from io import StringIO
from typing import Any, Final

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from warta.feeds.feed import Feed, Item, Withdrawn, plain

MEDIA_TYPE: Final = "application/atom+xml"


class _Atom(Atom1Feed):
    content_type = f"{MEDIA_TYPE}; charset=utf-8"

    def root_attributes(self) -> dict[str, str]:
        """Name the vocabulary of the tombstones."""
        return {**super().root_attributes(), "xmlns:at": "http://purl.org/atompub/tombstones/1.0"}

    def latest_post_date(self) -> Any:
        """Return when anything changed last, a withdrawal too."""
        return self.feed["changed_at"]

    def add_root_elements(self, handler: Any) -> None:
        """Add the hub that tells of changes, and the tombstones."""
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("link", None, {"rel": "hub", "href": self.feed["hub"]})
        gone: Withdrawn
        for gone in self.feed["withdrawn"]:
            handler.startElement("at:deleted-entry", {"ref": gone.id, "when": gone.at.isoformat(timespec="seconds")})
            handler.addQuickElement("at:comment", plain(gone.reason))
            handler.endElement("at:deleted-entry")

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Name the language of an article, which may not be the feed's."""
        return {"xml:lang": item["shown"].lang}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add what the base class has no words for: several authors, the whole text, the photo."""
        super().add_item_elements(handler, item)
        shown: Item = item["shown"]
        for author in shown.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", plain(author.name))
            handler.addQuickElement("uri", author.address)
            handler.endElement("author")
        if shown.html:
            handler.addQuickElement("content", plain(shown.html), {"type": "html"})
        if (image := shown.image) is not None:
            of = {"rel": "related", "href": image.address, "type": image.media_type}
            handler.addQuickElement("link", None, {**of, **({"title": plain(image.alt)} if image.alt else {})})


def write(feed: Feed) -> str:
    """Write a feed; an article that is withdrawn leaves a tombstone, so that readers' programs drop what they kept."""
    made = _Atom(
        title=plain(feed.title),
        link=feed.home,
        description=None,
        subtitle=plain(feed.description),
        language=feed.lang,
        author_name=plain(feed.publisher),
        feed_url=feed.address,
        feed_guid=feed.id,
        hub=feed.hub,
        withdrawn=feed.withdrawn,
        changed_at=feed.changed_at,
    )
    for item in feed.items:
        made.add_item(
            title=plain(item.title),
            link=item.address,
            description=escape(plain(item.summary)),
            unique_id=item.id,
            pubdate=item.published_at,
            updateddate=item.changed_at,
            categories=[plain(name) for name in item.categories],
            shown=item,
        )
    written = StringIO()
    made.write(written, "utf-8")
    return written.getvalue()
