"""Makes copy of one post or page of Ghost. Source: Ghost, `data/schema/schema.js`, tables posts and posts_meta."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, get_args
from urllib.parse import quote

import msgspec

from warta.ingest import html
from warta.ingest.formats.ghost.body import Pictures, body, local
from warta.ingest.formats.ghost.tables import LONGEST, Meta, Tables, UnreadableError, row_of, scalar
from warta.ingest.formats.ninjs.fields import Lost, UnusableError, line, short
from warta.ingest.item import BrokenItem, SourceItem
from warta.lexicon import zones
from warta.lexicon.copy import HEADLINE_LENGTH, Copy, PhotoCopy, PictureCopy, Role, Status
from warta.lexicon.languages import LANGUAGES

_NOTHING: Final = msgspec.Raw(b"null")
_STATUS: Final[dict[str, Status]] = {
    "published": "published", "scheduled": "published", "draft": "draft", "sent": "draft",
}  # fmt: skip
_LONGEST_NAME: Final = 80
_LONGEST_ID: Final = 100
_MILLISECONDS: Final = re.compile(r"-?\d{1,15}", re.ASCII)
_REPORTER: Final[Role] = get_args(Role)[0]


class Post(msgspec.Struct):
    """The fields of a post that say something; whatever else it holds is passed over without being built."""

    id: msgspec.Raw = _NOTHING
    uuid: msgspec.Raw = _NOTHING
    title: msgspec.Raw = _NOTHING
    slug: msgspec.Raw = _NOTHING
    status: msgspec.Raw = _NOTHING
    type: msgspec.Raw = _NOTHING
    page: msgspec.Raw = _NOTHING
    visibility: msgspec.Raw = _NOTHING
    featured: msgspec.Raw = _NOTHING
    locale: msgspec.Raw = _NOTHING
    published_at: msgspec.Raw = _NOTHING
    updated_at: msgspec.Raw = _NOTHING
    author_id: msgspec.Raw = _NOTHING
    custom_excerpt: msgspec.Raw = _NOTHING
    custom_template: msgspec.Raw = _NOTHING
    canonical_url: msgspec.Raw = _NOTHING
    codeinjection_head: msgspec.Raw = _NOTHING
    codeinjection_foot: msgspec.Raw = _NOTHING
    feature_image: msgspec.Raw = _NOTHING
    feature_image_alt: msgspec.Raw = _NOTHING
    feature_image_caption: msgspec.Raw = _NOTHING
    image: msgspec.Raw = _NOTHING
    lexical: msgspec.Raw = _NOTHING
    mobiledoc: msgspec.Raw = _NOTHING
    html: msgspec.Raw = _NOTHING


class Reader:
    """Makes copy of the posts of one export."""

    def __init__(self, tables: Tables, folder: Path, zone: str) -> None:
        self._tables = tables
        self._folder = folder
        try:
            self._zone = zones.zone(tables.zone or zone)
        except zones.UnknownZoneError:
            self._zone = zones.zone(zone)

    def item(self, raw: bytes, where: str) -> SourceItem | BrokenItem:
        """Return the copy of one post and what it lost, or why it cannot be filed."""
        uri = ""
        lost = Lost()
        try:
            post = Fields(row_of(raw, Post))
            uri = _uri(post)
            return SourceItem(self._copy(post, uri, lost), lost.all(), where)
        except (UnusableError, UnreadableError) as reason:
            return BrokenItem(uri, where, str(reason))

    def _copy(self, post: "Fields", uri: str, lost: Lost) -> Copy:
        own = post["id"]
        first, updated_at = _instants(post, lost)
        status = _status(post, first, lost)
        meta = self._tables.meta(own)
        pictures = Pictures(self._folder)
        lead = _lead(post, meta, pictures, lost)
        said = body({name: post[name] for name in ("lexical", "mobiledoc", "html")}, pictures, lost)
        headings, topics = self._tags(own, lost)
        _tell(post, meta, lost)
        return Copy(
            uri=uri,
            headline=_headline(post),
            is_page=post["type"] == "page" or post["page"] in {"true", "1"},
            status=status,
            lang=_language(post),
            zone=self._zone.key,
            standfirst=line(post["custom_excerpt"]),
            headings=headings,
            topics=topics,
            by=self._authors(own, post["author_id"], lost),
            first_published_at=first if status == "published" else None,
            updated_at=updated_at if status == "published" else None,
            old_addresses=self._addresses(post, first),
            lead=lead,
            body=tuple(
                block
                for block in said
                if not (lead and isinstance(block, PictureCopy) and block.photo.path == lead.path)
            ),
        )

    def _tags(self, post: str, lost: Lost) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the first public tag (the primary one, which stands for a category), and the others."""
        found: dict[str, str] = {}
        for tag, visibility in self._tables.tags(post):
            name = line(tag)
            if not name:
                lost.add("tag: one that is not in the export")
            elif name.startswith("#") or visibility == "internal":
                lost.add(f"tag: {short(name)} is internal")
            elif len(name) > _LONGEST_NAME:
                lost.add(f"tag: {short(name)} is longer than {_LONGEST_NAME} characters")
            else:
                found.setdefault(name.casefold(), name)
        names = tuple(found.values())
        return names[:1], names[1:]

    def _authors(self, post: str, only: str, lost: Lost) -> tuple[tuple[str, Role], ...]:
        authors = self._tables.authors(post) or ([(only, self._tables.user(only))] if only else [])
        found: dict[str, str] = {}
        for author, said in authors:
            name = line(said)
            if 0 < len(name) <= _LONGEST_NAME:
                found.setdefault(name.casefold(), name)
            else:
                lost.add(f"author: {short(name) or f'{short(author)} is not in the export'}")
        return tuple((name, _REPORTER) for name in found.values())

    def _addresses(self, post: "Fields", first: datetime | None) -> tuple[str, ...]:
        slug, uuid = quote(line(post["slug"]), safe="-_.~"), quote(line(post["uuid"]), safe="-_.~")
        found = [f"/p/{uuid}/"]
        if slug:
            found.insert(0, f"/{slug}/")
        if first and slug and ":year" in self._tables.permalinks:
            day = first.astimezone(self._zone)
            parts = {":year": f"{day:%Y}", ":month": f"{day:%m}", ":day": f"{day:%d}", ":slug": slug, ":id": post["id"]}
            dated = re.sub(r":[a-z_]+", lambda part: parts.get(part[0], part[0]), self._tables.permalinks)
            if ":" not in dated:
                found.insert(0, dated)
        return tuple(found)


class Fields:
    """The fields of one post as text, decoded when they are asked for."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def __getitem__(self, name: str) -> str:
        try:
            return scalar(getattr(self._post, name))
        except UnreadableError as wrong:
            raise UnreadableError(f"its {name} {wrong}") from wrong


def _uri(post: Fields) -> str:
    uuid = line(post["uuid"])
    if not 0 < len(uuid) <= _LONGEST_ID:
        raise UnusableError("has no uuid: every post of an export has one")
    return f"ghost:{uuid}"


def _headline(post: Fields) -> str:
    headline = line(post["title"])
    if not headline:
        raise UnusableError("has no title")
    if len(headline) > HEADLINE_LENGTH:
        raise UnusableError(f"its title has {len(headline):,} characters: at most {HEADLINE_LENGTH}")
    return headline


def _status(post: Fields, first: datetime | None, lost: Lost) -> Status:
    said = line(post["status"])
    if said not in _STATUS:
        raise UnusableError(f'its status is "{short(said)}": write published, scheduled, draft or sent')
    if said == "sent":
        lost.add("status: sent by mail and never on the web, taken as a draft")
    if said in {"published", "scheduled"} and first is None:
        lost.add("date: none of publication, taken as a draft")
        return "draft"
    return _STATUS[said]


def _language(post: Fields) -> str:
    lang = line(post["locale"]).lower()[:2]
    return lang if lang in LANGUAGES else ""


def _instants(post: Fields, lost: Lost) -> tuple[datetime | None, datetime | None]:
    """Return when a post was published and when it was changed after that."""
    first, changed = _instant(post, "published_at", lost), _instant(post, "updated_at", lost)
    return first, changed if first and changed and changed > first else None


def _instant(post: Fields, name: str, lost: Lost) -> datetime | None:
    """Read a date, which Ghost keeps in UTC: as ISO 8601, or in milliseconds since 1970 before 2016."""
    said = line(post[name])
    if not said:
        return None
    try:
        if _MILLISECONDS.fullmatch(said):
            return zones.possible(datetime.fromtimestamp(int(said) / 1000, UTC))
        read = datetime.fromisoformat(said)
        return zones.possible(read if read.tzinfo else read.replace(tzinfo=UTC))
    except (ValueError, OverflowError, OSError):
        lost.add(f"date: {name} {short(said)}")
        return None


def _lead(post: Fields, meta: Meta, pictures: Pictures, lost: Lost) -> PhotoCopy | None:
    address = line(post["feature_image"]) or line(post["image"])
    if not address:
        return None
    photo = pictures.find(address)
    if photo is None:
        lost.add(short(pictures.reasons[f"picture: {address[:200]}"], 200))
        return None
    caption = html.words((meta.caption or post["feature_image_caption"])[:LONGEST])
    return PhotoCopy(path=photo.path, caption=caption, alt=line(meta.alt or post["feature_image_alt"]))


def _tell(post: Fields, meta: Meta, lost: Lost) -> None:
    """Note what Ghost knows of a post and copy does not."""
    if (visibility := line(post["visibility"])) not in {"", "public"}:
        lost.add(f"visibility: {short(visibility)}, and is now for all")
    if post["featured"] in {"true", "1"}:
        lost.add("featured: marked as such")
    if canonical := line(post["canonical_url"]):
        lost.add(f"canonical_url: {short(local(canonical), 180)}")
    if template := line(post["custom_template"]):
        lost.add(f"template: {short(template)}")
    for name in ("codeinjection_head", "codeinjection_foot"):
        if code := post[name].strip():
            lost.add(f"codeinjection: {name}, {len(code):,} characters")
    if meta.told:
        lost.add(f"meta: {meta.told}")
