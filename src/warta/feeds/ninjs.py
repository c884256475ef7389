"""IPTC ninjs 3.1: an article, and one that is gone, as newsrooms take it in.

Only members that the standard knows are written, so an item passes its schema. It knows none for corrections: they
stand in `edNote`, for the people who take the item in, and as descriptions with the role `correction`.
Source: IPTC ninjs 3.1 JSON schema (2024).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Final, Literal
from urllib.parse import urljoin

import msgspec
from lxml import etree
from lxml import html as markup

from warta.feeds.feed import plain, stable_id
from warta.lexicon import dateline, zones
from warta.paper.pages import (
    ArticlePage,
    Embed,
    Figure,
    GonePage,
    Heading,
    Link,
    LiveEntry,
    Paragraph,
    Picture,
    Quote,
    ReadAlso,
    Table,
)

SCHEMA: Final = "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
_PLAIN: Final = "text/plain"
_XHTML: Final = "application/xhtml+xml"
_LIST: Final = re.compile(r"\s*<[uo]l\b")


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", forbid_unknown_fields=True):
    """Base of all members: what is empty is left out."""


class Standard(Part, frozen=True, kw_only=True):
    """Which standard an item follows; always written."""

    name: str
    version: str
    schema: str


class Words(Part, frozen=True, kw_only=True):
    """A headline, a description or a body."""

    role: str
    content_type: str
    value: str


class Concept(Part, frozen=True, kw_only=True):
    """A subject or a genre."""

    name: str
    uri: str = ""


class AltId(Part, frozen=True, kw_only=True):
    """Another name of the item: `url` is the page for readers."""

    role: str
    value: str


class Rendition(Part, frozen=True, kw_only=True):
    """One file of a picture; sizes are pixels."""

    name: str
    href: str
    content_type: str
    width: int
    height: int


class Association(Part, frozen=True, kw_only=True):
    """A picture: `lead`, `body-1` and so on."""

    name: str
    uri: str
    type: str
    pub_status: str
    headlines: tuple[Words, ...] = ()
    descriptions: tuple[Words, ...] = ()
    by: str = ""
    renditions: tuple[Rendition, ...] = ()


class Item(Part, frozen=True, kw_only=True):
    """One item; of one that is `canceled` there is no text."""

    uri: str
    standard: Standard
    type: Literal["text"]
    pub_status: Literal["usable", "canceled"]
    representation_type: Literal["", "full", "partial"] = ""
    version: str = ""
    first_created: datetime | None = None
    version_created: datetime | None = None
    ed_note: str = ""
    language: str = ""
    headlines: tuple[Words, ...] = ()
    descriptions: tuple[Words, ...] = ()
    bodies: tuple[Words, ...] = ()
    by: str = ""
    located: str = ""
    subjects: tuple[Concept, ...] = ()
    genres: tuple[Concept, ...] = ()
    alt_ids: tuple[AltId, ...] = ()
    associations: tuple[Association, ...] = ()


_STANDARD: Final = Standard(name="ninjs", version="3.1", schema=SCHEMA)


def item(page: ArticlePage, *, site_url: str, has_text: bool) -> Item:
    """Return an article, with its text or without it."""
    changed = [page.updated_at or page.published_at, *(correction.at for correction in page.corrections)]
    corrected = tuple(
        Words(role="correction", content_type=_PLAIN, value=plain(correction.right)) for correction in page.corrections
    )
    summary = (Words(role="summary", content_type=_PLAIN, value=plain(page.standfirst)),) if page.standfirst else ()
    notes = [page.unverified, *(f"{correction.wrong} → {correction.right}" for correction in page.corrections)]
    return Item(
        uri=stable_id(site_url, f"article:{page.id}"),
        standard=_STANDARD,
        type="text",
        pub_status="usable",
        representation_type="full" if has_text else "partial",
        version=str(page.versions) if page.versions else "",
        first_created=page.published_at,
        version_created=max([page.published_at, *changed]),
        ed_note=plain("\n".join(note for note in notes if note)),
        language=page.lang,
        headlines=(Words(role="main", content_type=_PLAIN, value=plain(page.headline)),),
        descriptions=(*summary, *corrected),
        bodies=(Words(role="main", content_type=_XHTML, value=_body(page, site_url)),) if has_text else (),
        by=plain(", ".join(person.name for person in page.reporters)),
        located=plain(page.place),
        subjects=tuple(_concept(link, site_url) for link in (page.rubric, *page.topics)),
        genres=(_concept(page.channel, site_url),),
        alt_ids=(AltId(role="url", value=site_url + page.path),),
        associations=tuple(_associations(page, site_url, has_text=has_text)),
    )


def gone(article_id: int, page: GonePage | None, *, site_url: str) -> Item:
    """Return an article that was withdrawn, with the reason, or without a page one that was removed without a word."""
    uri = stable_id(site_url, f"article:{article_id}")
    if page is None:
        return Item(uri=uri, standard=_STANDARD, type="text", pub_status="canceled")
    return Item(
        uri=uri,
        standard=_STANDARD,
        type="text",
        pub_status="canceled",
        version_created=page.withdrawn_at,
        ed_note=plain(page.reason),
        language=page.lang,
        headlines=(Words(role="main", content_type=_PLAIN, value=plain(page.headline)),),
        alt_ids=(AltId(role="url", value=site_url + page.path),),
    )


def _concept(link: Link, site_url: str) -> Concept:
    return Concept(name=plain(link.name), uri=site_url + link.path)


def _associations(page: ArticlePage, site_url: str, *, has_text: bool) -> Iterator[Association]:
    if page.lead is not None:
        yield _association("lead", page.lead, site_url)
    figures = [block.picture for block in page.body if isinstance(block, Figure)] if has_text else []
    for place, picture in enumerate(figures, 1):
        yield _association(f"body-{place}", picture, site_url)


def _association(name: str, picture: Picture, site_url: str) -> Association:
    caption, alt = plain(picture.caption), plain(picture.alt)
    return Association(
        name=name,
        uri=site_url + picture.jpeg[-1].address,
        type="picture",
        pub_status="usable",
        descriptions=tuple(
            Words(role=role, content_type=_PLAIN, value=words)
            for role, words in (("caption", caption), ("alt", alt))
            if words
        ),
        by=plain(picture.credit),
        renditions=tuple(
            Rendition(
                name=f"{file.width}w",
                href=site_url + file.address,
                content_type="image/jpeg",
                width=file.width,
                height=file.height,
            )
            for file in picture.jpeg
        ),
    )


def _body(page: ArticlePage, site_url: str) -> str:
    blocks = "".join(
        _entry(block, page, site_url) if isinstance(block, LiveEntry) else _xhtml(block, site_url)
        for block in page.body
    )
    return plain(f'<div xmlns="http://www.w3.org/1999/xhtml">{blocks}</div>')


def _entry(entry: LiveEntry, page: ArticlePage, site_url: str) -> str:
    """Return a development of a live report as XHTML: headline, moment, text."""
    headline = f"<h2>{escape(entry.headline)}</h2>" if entry.headline else ""
    moment = dateline.dateline(entry.at, zones.zone(page.zone), page.lang)
    text = "".join(_paragraph(paragraph.html, site_url) for paragraph in entry.text)
    return f'<div id="{entry.anchor}">{headline}<p>{escape(moment)}</p>{text}</div>'


def _xhtml(block: Paragraph | Heading | Quote | Figure | Embed | Table | ReadAlso, site_url: str) -> str:
    """Return a block as XHTML; `Baca juga` is the paper's own, and left out."""
    match block:
        case Paragraph():
            return _paragraph(block.html, site_url)
        case Heading():
            return f"<h2>{escape(block.text)}</h2>"
        case Quote():
            speaker = f"<cite>{escape(block.speaker)}</cite>" if block.speaker else ""
            return f"<blockquote><p>{escape(block.text)}</p>{speaker}</blockquote>"
        case Figure():
            picture = block.picture
            shown = f'<img src="{escape(site_url + picture.jpeg[-1].address)}" alt="{escape(picture.alt)}"/>'
            caption = "/".join(part for part in (picture.caption, picture.credit) if part)
            return f"<figure>{shown}<figcaption>{escape(caption)}</figcaption></figure>"
        case Embed():
            return f'<p><a href="{escape(block.address)}">{escape(block.title or block.address)}</a></p>'
        case Table():
            return _table(block)
        case ReadAlso():
            return ""


def _paragraph(html: str, site_url: str) -> str:
    """Return a paragraph of the paper, or a list, as XHTML with whole addresses."""
    outer = "div" if _LIST.match(html) else "p"
    written = markup.fragment_fromstring(plain(html), create_parent=outer)
    written.rewrite_links(lambda link: urljoin(f"{site_url}/", link))
    whole = etree.tostring(written, encoding="unicode", with_tail=False)
    return whole.removeprefix("<div>").removesuffix("</div>") if outer == "div" else whole


def _table(block: Table) -> str:
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    head = f"<tr>{''.join(f'<th>{escape(cell)}</th>' for cell in block.head)}</tr>" if block.head else ""
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
    return f"<table>{caption}{head}{rows}</table>"
