"""The standard half of an article's line: what any reader of IPTC ninjs 3.1 finds in it.

Only what readers have is told here; of a draft or a withdrawn article no text. The whole stands in the member `warta`.
Source: IPTC ninjs 3.1 JSON schema; RFC 4151 for tag URIs.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote, urlsplit

from warta.lexicon import addresses, dateline, zones
from warta.newsroom import live
from warta.newsroom.sieve import inline_html
from warta.newsroom.whole.reading import Given

_STANDARD: Final = {"name": "ninjs", "version": "3.1", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}
_TYPES: Final = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp", ".avif": "avif"}
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def photo_file(number: int, name: str) -> str:
    """Return where the original of a photo lies in an export; its name gives the ending alone, if it is one of ours."""
    ending = PurePath(name).suffix.lower()
    return f"photos/{number // 1000:04}/{number}{ending if ending in _TYPES else ''}"


def item(given: Given, *, site_url: str) -> dict[str, Any]:
    """Return an article as a ninjs item, with its record as the member `warta`."""
    row = given.row
    told = {
        "uri": row.uri or _tag(site_url, row.made_at, f"article-{row.pk}"),
        "standard": _STANDARD,
        "type": "text",
        "pubStatus": "usable" if row.live else "canceled" if row.withdrawn_at else "withheld",
        "firstCreated": row.published_at,
        "versionCreated": max(filter(None, (row.updated_at, row.withdrawn_at, row.published_at))),
        "embargoedUntil": row.embargo,
        "expires": row.expire_at,
        "edNote": row.withdrawal_reason,
        "language": row.language,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": row.headline}],
        "subjects": [
            {"name": row.rubric.name, "uri": site_url + addresses.front("rubric", row.rubric.slug)},
            *(
                {"name": topic.name, "uri": site_url + addresses.front("topic", topic.slug)}
                for topic in row.topics.all()
            ),
        ],
        "genres": [{"name": row.channel.name}],
        "altIds": [
            {"role": "url", "value": site_url + row.path},
            *({"role": "old address", "value": address} for address in given.record.old_addresses),
        ],
        **(_text(given, site_url) if row.live else {}),
    }
    return {name: value for name, value in told.items() if value} | {"warta": given.record}


def _tag(site_url: str, made_at: datetime, name: str) -> str:
    return f"tag:{urlsplit(site_url).hostname},{made_at:%Y}:{name}"


def _text(given: Given, site_url: str) -> dict[str, Any]:
    row = given.row
    reporters = [byline.contributor.name for byline in row.bylines.all() if byline.role == byline.REPORTER]
    body = "".join(
        _entry(block, row) if block["type"] == live.ENTRY else _xhtml(block["type"], block["value"], given.photos)
        for block in live.newest_first(row.body.raw_data)
    )
    whole = f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>'
    return {
        "descriptions": row.standfirst and [{"role": "summary", "contentType": "text/plain", "value": row.standfirst}],
        "bodies": [{"role": "main", "contentType": "application/xhtml+xml", "value": whole}],
        "by": ", ".join(reporters),
        "located": row.place,
        "associations": list(_associations(given, site_url)),
    }


def _associations(given: Given, site_url: str) -> Iterator[dict[str, Any]]:
    row = given.row
    if row.lead_photo_id and row.lead_photo_id in given.photos:
        photo = given.photos[row.lead_photo_id]
        yield _association("lead", photo, row.lead_caption, row.lead_credit, site_url=site_url)
    shown = [block["value"] for block in row.body.raw_data if block["type"] == "photo"]
    for place, value in enumerate(shown, 1):
        if value.get("photo") in given.photos:
            words = (value.get("caption") or "", value.get("credit") or "")
            yield _association(f"body-{place}", given.photos[value["photo"]], *words, site_url=site_url)


def _association(name: str, photo: Any, caption: str, credit: str, *, site_url: str) -> dict[str, Any]:
    caption = caption or photo.caption
    told = {
        "name": name,
        "uri": _tag(site_url, photo.created_at, f"photo-{photo.pk}"),
        "type": "picture",
        "descriptions": caption and [{"contentType": "text/plain", "value": caption}],
        "by": photo.creator,
        "creditLine": credit or photo.credit,
        "copyrightNotice": photo.copyright_notice,
        "usageTerms": photo.usage_terms,
        "altText": photo.description,
        "renditions": [
            {
                "name": "original",
                "href": quote(photo_file(photo.pk, photo.file.name)),
                "contentType": f"image/{_TYPES.get(PurePath(photo.file.name).suffix.lower(), 'jpeg')}",
                "width": photo.width,
                "height": photo.height,
            }
        ],
    }
    return {key: value for key, value in told.items() if value}


def _entry(block: Mapping[str, Any], row: Any) -> str:
    """Return a development of a live report as XHTML: headline, moment, text."""
    at, value = live.moment(block), block["value"]
    headline = f"<h2>{_plain(value['headline'])}</h2>" if value.get("headline") else ""
    moment = f"<p>{_plain(dateline.dateline(at, zones.zone(row.zone), row.language))}</p>" if at else ""
    return f"{headline}{moment}{_xhtml('paragraph', value['text'], {})}"


def _xhtml(kind: str, value: Any, photos: Mapping[int, Any]) -> str:
    """Return a block as XHTML; `Baca juga` is the paper's own, and left out."""
    match kind:
        case "paragraph":
            return inline_html(value).replace("<br>", "<br/>").replace("&nbsp;", "&#160;")
        case "heading":
            return f"<h2>{_plain(value)}</h2>"
        case "quote":
            speaker = f"<cite>{_plain(value['speaker'])}</cite>" if value.get("speaker") else ""
            return f"<blockquote><p>{_plain(value['text'])}</p>{speaker}</blockquote>"
        case "photo" if value.get("photo") in photos:
            photo = photos[value["photo"]]
            alt = _plain(value.get("alt") or photo.description)
            caption = _plain(value.get("caption") or photo.caption)
            shown = f'<img src="{quote(photo_file(photo.pk, photo.file.name))}" alt="{alt}"/>'
            return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>"
        case "embed" if urlsplit(value["address"]).scheme in {"http", "https"}:
            return f'<p><a href="{_plain(value["address"])}">{_plain(value.get("title") or value["address"])}</a></p>'
        case "table":
            return _table(value)
        case _:
            return ""


def _table(value: Any) -> str:
    caption = f"<caption>{_plain(value['caption'])}</caption>" if value.get("caption") else ""
    head = "".join(f"<th>{_plain(column['heading'])}</th>" for column in value["columns"])
    rows = ("".join(f"<td>{_plain(cell)}</td>" for cell in row["values"]) for row in value["rows"])
    return f"<table>{caption}<tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _plain(words: Any) -> str:
    return escape(_CONTROLS.sub("", str(words)))
