"""What an article says of itself to search engines, in the words of schema.org.

Source: schema.org NewsArticle, OpinionNewsArticle, LiveBlogPosting, CorrectionComment, BreadcrumbList; Google Search
Central, Article.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from textwrap import shorten
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from warta.feeds.feed import plain
from warta.paper.pages import ArticlePage, File, Link, LiveEntry, Picture

_LONGEST_HEADLINE: Final = 110
"""Characters. Source: Google Search Central, Article, `headline`."""
_APART: Final = re.compile(r"<(?:br|/?li|/?ul|/?ol)\b[^>]*>")
_MARK: Final = re.compile(r"<[^>]*>")
OPINION: Final = "/kanal/opini"
"""The channel whose articles are somebody's opinion."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The paper: its name and address, the address where it lists its corrections, the zone of its dates."""

    name: str
    site_url: str
    corrections: str
    zone: ZoneInfo


def article(page: ArticlePage, publisher: Publisher, description: str, *, now: datetime) -> str:
    """Write an article's JSON-LD, safe within a `script` element; `now` decides whether a live report is over."""
    said = _article(page, publisher, description)
    if page.entries:
        said = _live(said, page, publisher, now)
    told = {"@context": "https://schema.org", "@graph": [said, _way(page, publisher)]}
    return plain(msgspec.json.encode(told).decode().replace("<", "\\u003c"))


def _article(page: ArticlePage, publisher: Publisher, description: str) -> dict[str, Any]:
    site = publisher.site_url
    address = site + page.path
    paper = {
        "@type": "NewsMediaOrganization",
        "@id": f"{site}/#paper",
        "name": publisher.name,
        "url": f"{site}/",
        "correctionsPolicy": site + publisher.corrections,
    }
    corrected = [
        {
            "@type": "CorrectionComment",
            "@id": f"{address}#ralat-{correction.id}",
            "text": correction.right,
            "datePublished": _at(correction.at, publisher),
        }
        for correction in page.corrections
    ]
    changed_at = max([page.updated_at or page.published_at, *(correction.at for correction in page.corrections)])
    told: dict[str, Any] = {
        "@type": "OpinionNewsArticle" if page.channel.path == OPINION else "NewsArticle",
        "@id": f"{address}#article",
        "mainEntityOfPage": address,
        "url": address,
        "headline": page.headline,
        "description": description,
        "inLanguage": page.lang,
        "datePublished": _at(page.published_at, publisher),
        "dateModified": _at(max(changed_at, page.published_at), publisher),
        "articleSection": page.rubric.name,
        "keywords": [topic.name for topic in page.topics],
        "dateline": page.place,
        "image": _images(page, site),
        "author": [_person(person, site) for person in page.reporters] or {"@id": paper["@id"]},
        "editor": [_person(person, site) for person in page.editors],
        "publisher": paper,
        "correction": corrected,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in told.items() if value not in ("", [])}


def _live(said: dict[str, Any], page: ArticlePage, publisher: Publisher, now: datetime) -> dict[str, Any]:
    """Return what an article says of itself as a live report: when it began and ended, and each development."""
    newest, oldest = page.entries[0], page.entries[-1]
    is_over = page.live_until is not None and page.live_until <= now
    place = said.pop("dateline", "")  # a word of NewsArticle alone
    return {
        **said,
        "@type": "LiveBlogPosting",
        **({"contentLocation": {"@type": "Place", "name": place}} if place else {}),
        "coverageStartTime": _at(oldest.at, publisher),
        **({"coverageEndTime": _at(newest.at, publisher)} if is_over else {}),
        "liveBlogUpdate": [_update(entry, said["url"], publisher) for entry in page.entries],
    }


def _update(entry: LiveEntry, address: str, publisher: Publisher) -> dict[str, Any]:
    text = " ".join(_text(paragraph.html) for paragraph in entry.text)
    told = {
        "@type": "BlogPosting",
        "headline": entry.headline or shorten(text, _LONGEST_HEADLINE, placeholder="…"),
        "datePublished": _at(entry.at, publisher),
        "articleBody": text,
        "url": f"{address}#{entry.anchor}",
    }
    return {name: value for name, value in told.items() if value}


def _text(html: str) -> str:
    """Return the words of a paragraph or list in one line."""
    return " ".join(unescape(_MARK.sub("", _APART.sub(" ", html))).split())


def _way(page: ArticlePage, publisher: Publisher) -> dict[str, Any]:
    """Return the way from the front to the article."""
    steps = ((page.rubric.name, page.rubric.path), (page.headline, page.path))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": publisher.site_url + path}
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }


def _person(person: Link, site: str) -> dict[str, Any]:
    return {"@type": "Person", "name": person.name, "url": site + person.path}


def _images(page: ArticlePage, site: str) -> list[dict[str, Any]]:
    """Return the photo in each ratio there is, with its caption and whom to credit."""
    if page.lead is None:
        return []
    crops = (page.lead, page.teaser.wide, page.teaser.square)
    files = page.ratios or [crop.jpeg[-1] for crop in crops if crop is not None]
    return [_image(file, page.lead, site) for file in {file.address: file for file in files}.values()]


def _image(file: File, photo: Picture, site: str) -> dict[str, Any]:
    told = {
        "@type": "ImageObject",
        "caption": photo.caption,
        "creditText": photo.credit,
        "width": f"{file.width} px",  # a Distance: a number alone is none
        "url": site + file.address,
        "height": f"{file.height} px",
    }  # what all have in common stands together, and is compressed together
    return {name: value for name, value in told.items() if value != ""}


def _at(instant: datetime, publisher: Publisher) -> str:
    return instant.astimezone(publisher.zone).isoformat(timespec="seconds")
