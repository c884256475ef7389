"""The identity of an item and every address it had."""

import re
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from warta.ingest.formats.ninjs.fields import line
from warta.ingest.formats.wordpress.export import Site
from warta.ingest.formats.wordpress.known import Known
from warta.ingest.formats.wordpress.record import Record

_LONGEST: Final = 500
_MOST: Final = 50
_BY_NUMBER: Final = re.compile(r"[?&](?:p|page_id)=\d")
"""A guid of this form names an item by a number, its own (which is an address anyway) or, after a move, another's."""


def uri(record: Record, known: Known, site: Site) -> str:
    """Return what names the item for good, or nothing: its guid, or its number when others have that guid too."""
    guid, number = line(record.text("guid")), record.number("wp:post_id")
    home = site.home or _front(record.text("link"))
    forms = [guid] if guid.lower().startswith(("http://", "https://", "urn:", "tag:")) else []
    if home and number:
        forms += [f"{home}?p={number}", f"{home}?post_id={number}"]
    fit = [form for form in forms if len(form) <= _LONGEST]
    return next((form for form in fit if not known.is_shared(form, site.home, number)), "")


def old_addresses(record: Record, known: Known, site: Site, *, is_page: bool) -> tuple[str, ...]:
    """Return the permalink, the short address by number, the guid where it is one, and those that plugins remember."""
    link, guid, number = record.text("link"), line(record.text("guid")), record.number("wp:post_id")
    home = site.home or _front(link)
    found = [link]
    found += [_renamed(link, record.text("wp:post_name"), line(slug)) for slug in record.meta.get("_wp_old_slug", ())]
    found += [urljoin(home, line(each).lstrip("/")) for each in record.meta.get("custom_permalink", ()) if home]
    if home and number:
        found += [f"{home}?p={number}", *([f"{home}?page_id={number}"] if is_page else [])]
    is_anothers = _BY_NUMBER.search(guid) is not None or known.is_shared(guid, site.home, number)
    if _host(guid) in site.hosts and not is_anothers:
        found.append(guid)
    fit = (line(each) for each in found)
    return tuple(dict.fromkeys(each for each in fit if _is_address(each, site)))[:_MOST]


def _renamed(link: str, slug: str, old_slug: str) -> str:
    """Return a permalink with the last segment that it had before."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    if not last or not old_slug or "/" in old_slug:
        return ""
    slash = "/" if parts.path.endswith("/") else ""
    renamed = last.replace(slug, quote(old_slug, safe="%")) if slug and slug in last else quote(old_slug, safe="%")
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{renamed}{slash}", "", ""))


def _front(link: str) -> str:
    host = _host(link)
    return f"https://{host}/" if host else ""


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") if parts.scheme.lower() in {"http", "https"} else ""
    except ValueError:
        return ""


def _is_address(address: str, site: Site) -> bool:
    if not _host(address) or len(address) > _LONGEST:
        return False
    parts = urlsplit(address)
    return bool(parts.path.strip("/") or parts.query)
