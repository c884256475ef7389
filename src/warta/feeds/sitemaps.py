"""Sitemaps: the index, the lists of addresses with their photos, and the news of the last two days.

Source: sitemaps.org protocol 0.90; Google's image and news extensions 1.1 and 0.9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any, Final

from django.utils.xmlutils import SimplerXMLGenerator

from warta.feeds.feed import plain

MEDIA_TYPE: Final = "application/xml"
MOST: Final = 50_000
"""Addresses that a sitemap may hold."""
MOST_NEWS: Final = 1_000
"""Articles that a news sitemap may hold."""
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGE: Final = "http://www.google.com/schemas/sitemap-image/1.1"
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True, slots=True)
class Address:
    """A page, when it changed last where that is known, and its photo if any; whole addresses."""

    page: str
    changed_at: datetime | None = None
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An article of the last two days."""

    page: str
    title: str
    lang: str
    published_at: datetime
    image: str = ""


def index(addresses: Iterable[str]) -> str:
    """Write the index of all sitemaps."""
    written, xml = _begun()
    xml.startElement("sitemapindex", {"xmlns": _SITEMAP})
    for address in addresses:
        xml.startElement("sitemap", {})
        xml.addQuickElement("loc", address)
        xml.endElement("sitemap")
    xml.endElement("sitemapindex")
    return written.getvalue()


def urls(addresses: Iterable[Address]) -> str:
    """Write a list of addresses."""
    written, xml = _begun()
    xml.startElement("urlset", {"xmlns": _SITEMAP, "xmlns:image": _IMAGE})
    for address in addresses:
        xml.startElement("url", {})
        xml.addQuickElement("loc", address.page)
        if address.changed_at is not None:
            xml.addQuickElement("lastmod", address.changed_at.isoformat(timespec="seconds"))
        _image(xml, address.image)
        xml.endElement("url")
    xml.endElement("urlset")
    return written.getvalue()


def news(articles: Iterable[News], *, publication: str) -> str:
    """Write the news of the last two days."""
    written, xml = _begun()
    xml.startElement("urlset", {"xmlns": _SITEMAP, "xmlns:image": _IMAGE, "xmlns:news": _NEWS})
    for article in articles:
        xml.startElement("url", {})
        xml.addQuickElement("loc", article.page)
        xml.startElement("news:news", {})
        xml.startElement("news:publication", {})
        xml.addQuickElement("news:name", plain(publication))
        xml.addQuickElement("news:language", article.lang)
        xml.endElement("news:publication")
        xml.addQuickElement("news:publication_date", article.published_at.isoformat(timespec="seconds"))
        xml.addQuickElement("news:title", plain(article.title))
        xml.endElement("news:news")
        _image(xml, article.image)
        xml.endElement("url")
    xml.endElement("urlset")
    return written.getvalue()


def _begun() -> tuple[StringIO, Any]:
    written = StringIO()
    xml = SimplerXMLGenerator(written, "utf-8")
    xml.startDocument()
    return written, xml


def _image(xml: Any, address: str) -> None:
    if address:
        xml.startElement("image:image", {})
        xml.addQuickElement("image:loc", address)
        xml.endElement("image:image")
