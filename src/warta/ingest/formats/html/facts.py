"""What is known of an article beside its text: JSON-LD, then OpenGraph and meta tags, then what the page shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from warta.ingest.formats.html import dates, links, meta
from warta.ingest.formats.html.dates import Moment
from warta.ingest.formats.html.meta import Head
from warta.ingest.formats.html.page import Saved, words
from warta.ingest.formats.html.people import plain_names
from warta.ingest.formats.html.visible import Shown, is_front_name, shown
from warta.ingest.formats.ninjs.fields import Lost
from warta.lexicon.copy import HEADLINE_LENGTH, Role
from warta.lexicon.languages import LANGUAGES

_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "content_publisheddate", "dtk:publishdate",
    "publishdate", "publish_date", "publish-date", "pubdate", "date", "dc.date.issued", "dc.date", "dcterms.created",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "originaldate",
)  # fmt: skip
_UPDATED: Final = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)
_AUTHOR: Final = (
    "author",
    "article:author",
    "dtk:author",
    "content_author",
    "dc.creator",
    "parsely-author",
    "cxenseparse:author",
)
_EDITOR: Final = ("editor", "content_editor", "dtk:editor", "article:editor")
_SECTION: Final = (
    "article:section",
    "content_category",
    "dtk:kanal",
    "dtk:namakanal",
    "kanal",
    "parsely-section",
    "section",
    "category",
)
_KEYWORDS: Final = ("news_keywords", "article:tag", "keywords", "dtk:keywords", "content_tag", "parsely-tags")
_PAGES: Final = re.compile(
    r"/(?:tentang(?:-kami)?|about(?:-us)?|redaksi|susunan-redaksi|kontak(?:-kami)?|contact(?:-us)?|hubungi-kami|disclaimer|"
    r"pedoman(?:-[a-z-]+)?|kebijakan-privasi|privacy(?:-policy)?|karir|info-iklan|kode-etik|sop|terms(?:-[a-z-]+)?|iklan)"
    r"(?:\.\w{2,5})?/?",
    re.IGNORECASE,
)
_LISTS: Final = re.compile(
    r"/(?:tags?|topik|topic|indeks|index|search|cari|author|penulis|category|kategori|kanal|arsip|archives?)(?:/|$|\?)",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 80
_MOST_TOPICS: Final = 40


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found; `is_told` when the page itself says that it is an article, `is_list` that it is none."""

    headline: str
    lang: str
    zone: str
    published: datetime | None
    updated: datetime | None
    by: tuple[tuple[str, Role], ...]
    headings: tuple[str, ...]
    topics: tuple[str, ...]
    standfirst: str
    description: str
    channel: str
    pictures: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]
    sites: tuple[str, ...]
    is_told: bool
    is_list: bool
    is_page: bool


def facts(page: Saved, *, zone: str, lost: Lost) -> Facts:
    """Read all that a page says of its article; dates without a zone are in `zone` (an IANA name)."""
    head = Head(page.tree)
    title = next(page.tree.iter("title"), None)
    sites = _sites(head, page.own, words(title, 400) if title is not None else "")
    seen = shown(page.tree, zone=zone, site=sites[0] if sites else "")
    headline = _headline(page, head, seen, sites)
    published, updated, own_zone = _dates(head, seen, zone, lost)
    is_told = bool(head.article) or "article" in head.get("og:type") or bool(head.get("article:published_time"))
    path = re.sub(r"^https://[^/]+", "", page.own)
    return Facts(
        headline=headline,
        lang=_lang(page, head),
        zone=own_zone,
        published=published,
        updated=updated,
        by=_by(head, seen, sites),
        headings=_headings(head, seen, headline, sites),
        topics=tuple(_topics(head, seen)),
        standfirst=seen.standfirst,
        description=head.said("description") or head.get("og:description", "description", "twitter:description"),
        channel="opinion" if "opinion" in str(head.article.get("@type", "")).lower() else "",
        pictures=_pictures(head),
        addresses=_addresses(page),
        sites=sites,
        is_told=is_told,
        is_list=not is_told
        and (links.is_front(page.own) or "website" in head.get("og:type") or bool(_LISTS.match(path))),
        is_page=not head.article and (head.has_pages or bool(_PAGES.fullmatch(path))),
    )


def title_of(page: Saved) -> str:
    """Return the headline of a page as far as its head tells: quick, to compare pages."""
    for each in page.tree.iter("meta"):
        if each.get("property", "").lower() == "og:title" and each.get("content", "").strip():
            return " ".join(each.get("content", "").split())
    for tag in ("h1", "title"):
        if (found := next(page.tree.iter(tag), None)) is not None and (said := words(found, 400)):
            return said
    return ""


def _sites(head: Head, address: str, title: str) -> tuple[str, ...]:
    publisher = next(meta.names(head.article.get("publisher")), "")
    host = links.host(address)
    stem = re.sub(r"^(?:www|m|amp)\.", "", host)
    found = (head.get("og:site_name", "application-name"), publisher, stem, stem.split(".")[0], *_title_ends(title))
    return tuple(dict.fromkeys(name for name in found if name))


def _title_ends(title: str) -> tuple[str, ...]:
    """Return the short ends of a page's title, one of which is the paper's name."""
    parts = re.split(r"\s+(?:[-–—|»]|::)\s+", title)
    return tuple(part for part in (parts[-1], parts[0]) if len(parts) > 1 and 3 < len(part) <= 25)


def _headline(page: Saved, head: Head, seen: Shown, sites: tuple[str, ...]) -> str:
    title = next(page.tree.iter("title"), None)
    told = (head.said("headline", "name"), head.get("og:title", "twitter:title", "dc.title"))
    seen_headline = seen.headline
    for each in told:
        if not each:
            continue
        bare = _unsuffixed(each, sites)
        cut = re.sub(r"\s*(?:\.{3}|…)$", "", bare)
        if seen_headline and (
            _like(seen_headline).startswith(_like(cut)) or _like(bare).startswith(_like(seen_headline))
        ):
            return (
                seen_headline[:HEADLINE_LENGTH]
                if len(seen_headline) >= len(cut) or _like(bare) == _like(seen_headline)
                else bare
            )
        if len(bare) <= HEADLINE_LENGTH:
            return bare
    return seen_headline or (_unsuffixed(words(title, 400), sites) if title is not None else "")


def _unsuffixed(title: str, sites: tuple[str, ...]) -> str:
    """Return a title without the name of the paper at its end, and without `Halaman 2`."""
    names = {_like(site) for site in sites}
    parts = re.split(r"(\s+[-–—|:]\s+)", title)
    while len(parts) > 2 and (
        _like(parts[-1]) in names
        or re.fullmatch(r"(?:halaman|page|hal\.?)\s*\d{1,2}.{0,10}|all|semua halaman", parts[-1], re.IGNORECASE)
    ):
        parts = parts[:-2]
    return "".join(parts).strip()


def _like(words_: str) -> str:
    return re.sub(r"\W+", "", words_).casefold()


def _lang(page: Saved, head: Head) -> str:
    root = page.tree.getroottree().getroot()
    for said in (
        head.said("inLanguage"),
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        head.get("og:locale", "content-language", "language"),
    ):
        short_name = said.strip().lower()[:2]
        found = {"in": "id"}.get(short_name, short_name)
        if found in LANGUAGES:
            return found
    return ""


def _dates(head: Head, seen: Shown, zone: str, lost: Lost) -> tuple[datetime | None, datetime | None, str]:
    told = _moment(head.said("datePublished", "dateCreated"), zone) or _moment(head.get(*_PUBLISHED), zone)
    first = told or seen.published
    if told and seen.published and seen.published.has_clock and seen.published.has_zone:
        apart = abs((told.at - seen.published.at).total_seconds())
        # a clock that is right under the wrong zone: head and page show the same minute of different zones
        if apart >= 3_600 and (apart % 3_600 < 60 or apart % 3_600 > 3_540) and apart <= 9 * 3_600:
            lost.add(f"date: the head of the page says {told.at.isoformat()}, the page {seen.published.at.isoformat()}")
            first = seen.published
        elif not told.has_zone or not told.has_clock or apart < 3_600:
            first = (
                seen.published
                if apart >= 60 or not told.has_clock
                else Moment(told.at, seen.published.zone, True, True)
            )
    changed = _moment(head.said("dateModified"), zone) or _moment(head.get(*_UPDATED), zone) or seen.updated
    if first is None:
        return None, None, ""
    is_later = changed is not None and changed.has_clock and (changed.at - first.at).total_seconds() >= 60
    own = first.zone or (zone if not first.has_zone else "")
    return first.at, changed.at if is_later and changed else None, own


def _moment(said: str, zone: str) -> Moment | None:
    return dates.moment(said, zone) if said else None


def _by(head: Head, seen: Shown, sites: tuple[str, ...]) -> tuple[tuple[str, Role], ...]:
    found: dict[str, tuple[str, Role]] = {}
    site_names = {_like(site) for site in sites}
    told = list(meta.names(head.article.get("author"), without="organization")) or list(head.every(*_AUTHOR)[:3])
    for each in told:
        for name, role in plain_names(each, sites[0] if sites else "") if "//" not in each else ():
            if _like(name) not in site_names:
                found.setdefault(name.casefold(), (name, role))
    for each in (*meta.names(head.article.get("editor")), *head.every(*_EDITOR)):
        for name, _ in plain_names(each, ""):
            found.setdefault(name.casefold(), (name, "editor"))
    for name, role in seen.by:
        if _like(name) not in site_names:
            known = found.get(name.casefold())
            found[name.casefold()] = (
                name if known is None else known[0],
                role if known is None or role == "editor" else known[1],
            )
    return tuple(found.values())[:20]


def _headings(head: Head, seen: Shown, headline: str, sites: tuple[str, ...]) -> tuple[str, ...]:
    crumbs = head.crumbs or seen.crumbs
    told = (*meta.names(head.article.get("articleSection")), *head.every(*_SECTION))
    found: dict[str, str] = {}
    for name in (*told[:5], *crumbs):
        is_own = _like(name) == _like(headline) or (
            len(name) > 20 and _like(headline).startswith(_like(name).rstrip(".…"))
        )
        if (
            name
            and len(name) <= _LONGEST_NAME
            and not is_own
            and not any(is_front_name(name, site) for site in (*sites, ""))
        ):
            found.setdefault(name.casefold(), name.strip(" >›/»"))
    return tuple(found.values())


def _topics(head: Head, seen: Shown) -> Iterator[str]:
    told = (*meta.names(head.article.get("keywords")), *head.every(*_KEYWORDS))
    known: set[str] = set()
    for words_ in (*told, *(tag for tag in seen.tags)):
        for part in re.split(r"[,;|]", words_):
            name = part.strip(" #\"'")
            if 1 < len(name) <= _LONGEST_NAME and name.casefold() not in known and len(known) < _MOST_TOPICS:
                known.add(name.casefold())
                yield name


def _pictures(head: Head) -> tuple[tuple[str, str], ...]:
    told = list(meta.pictures(head.article.get("image")))
    told += [(address, "") for address in head.every("og:image", "og:image:secure_url", "twitter:image")]
    return tuple(
        dict.fromkeys((address, caption) for address, caption in told[:10] if address and len(address) < 2_000)
    )


def _addresses(page: Saved) -> tuple[str, ...]:
    """Return the addresses that the page has besides: its short link."""
    found = [link.get("href", "") for link in page.tree.iter("link") if link.get("rel", "").lower() == "shortlink"]
    return tuple(
        address
        for href in found[:2]
        if (address := links.normal(href, page.own)) and ("?" in address or not links.is_front(address))
    )
