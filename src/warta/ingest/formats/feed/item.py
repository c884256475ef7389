"""Makes copy of one item of a feed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from warta.ingest import html
from warta.ingest.formats.beside import NotBesideError, kept
from warta.ingest.formats.feed.said import Enclosed, Said, Words
from warta.ingest.formats.ninjs.bylines import credited
from warta.ingest.formats.ninjs.fields import Lost, UnusableError, clean, line, short
from warta.ingest.formats.ninjs.wordings import paragraphs
from warta.lexicon import zones
from warta.lexicon.copy import (
    HEADLINE_LENGTH,
    BlockCopy,
    Copy,
    EmbedCopy,
    ParagraphCopy,
    PhotoCopy,
    PictureCopy,
    Role,
)
from warta.lexicon.languages import LANGUAGES

_URI_LENGTH: Final = 500
_LONGEST_NAME: Final = 80
_LONGEST_WORDS: Final = 100_000
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|tiff?)$", re.IGNORECASE)
_SOUND: Final = re.compile(r"\.(?:mp3|m4a|ogg|opus|mp4|m4v|webm|mov)$", re.IGNORECASE)
_RELATIVE: Final = re.compile(r'(?<=<a href=")(?![a-z][a-z0-9+.-]*:|[/#])[^"]*', re.IGNORECASE)
_MORE: Final = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?|\[&hellip;\])\s*$")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:.", re.IGNORECASE)


class Reader:
    """Makes copy of the items of one feed; `folder` holds its pictures, dates without a zone are in `zone`."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        self._folder = folder
        self._zone = zone

    def copy(self, said: Said, lost: Lost) -> Copy:
        """Return the copy of one item, and tell what it lost.

        Raises: UnusableError.
        """
        uri = uri_of(said)
        pictures = _Pictures(self._folder, said)
        body, standfirst = _body(said, pictures, lost)
        lead = _lead(said, pictures, lost)
        embeds = tuple(_embeds(said, body))
        _tell_rest(said, lead, body, pictures, lost)
        first, updated_at = self._instants(said, lost)
        return Copy(
            uri=uri,
            headline=_headline(said),
            status="published" if first else "draft",
            lang=_language(said),
            zone=self._zone.key,
            standfirst=standfirst,
            headings=_names(said.headings, "category", lost),
            topics=_names(said.topics, "tag", lost),
            by=_by(said, lost),
            first_published_at=first,
            updated_at=updated_at,
            old_addresses=(line(said.link),) if _has_path(said.link) else (),
            lead=lead,
            body=(*(block for block in body if not (lead and _shows(block, lead.path))), *embeds),
        )

    def _instants(self, said: Said, lost: Lost) -> tuple[datetime | None, datetime | None]:
        """Return when an item was published, and when it was changed after that."""
        published, changed = (self._instant(written, lost) for written in (said.published, said.updated))
        first = published or changed
        if first is None:
            lost.add("date: none, taken as a draft")
        return first, changed if first and changed and changed > first else None

    def _instant(self, written: str, lost: Lost) -> datetime | None:
        """Read a date of RFC 822 or ISO 8601; one that cannot be read is told."""
        said = line(written[:100])
        if not said:
            return None
        for read in (datetime.fromisoformat, parsedate_to_datetime):
            try:
                at = read(said)
                zone = zones.INDONESIAN.get(said.rpartition(" ")[2].upper())
                if at.tzinfo is None:
                    at = at.replace(tzinfo=UTC if said.endswith("-0000") else ZoneInfo(zone) if zone else self._zone)
                return zones.possible(at)
            except (ValueError, OverflowError, TypeError, IndexError):
                continue
        lost.add(f"date: {short(said)}")
        return None


def uri_of(said: Said) -> str:
    """Return the identity of an item: its id, made one of the whole world's when it is none, else its link.

    Raises: UnusableError.
    """
    own, link = line(said.id), line(said.link)
    if own and not _SCHEME.match(own):
        own = f"feed:{_host(said.home) or _host(link)}:{own}"
    uri = own or link
    if not uri:
        raise UnusableError("has neither id nor link: every item needs one that never changes")
    if len(uri) > _URI_LENGTH:
        raise UnusableError(f"its id has {len(uri):,} characters: at most {_URI_LENGTH}")
    return uri


class _Pictures:
    """Finds the pictures of an item by their old addresses, and keeps the reasons for those it does not."""

    def __init__(self, folder: Path, said: Said) -> None:
        self._folder = folder
        self._base = _base(said)
        self.reasons: dict[str, str] = {}

    def find(self, address: str) -> PhotoCopy | None:
        try:
            return PhotoCopy(path=kept(self._folder, _joined(self._base, address)))
        except NotBesideError as reason:
            self.reasons[f"picture: {address[:200]}"] = short(f"picture: {reason}", 200)
            return None

    def reason(self, address: str) -> str:
        return self.reasons.get(f"picture: {address[:200]}", f"picture: {short(address, 180)}")


def _headline(said: Said) -> str:
    headline = _plain(said.title)
    if not headline:
        raise UnusableError("has no title")
    if len(headline) > HEADLINE_LENGTH:
        raise UnusableError(f"its title has {len(headline):,} characters: at most {HEADLINE_LENGTH}")
    return headline


def _plain(words: Words) -> str:
    text = words.text[:_LONGEST_WORDS]
    return line(html.words(clean(text)) if words.markup == "html" else text)


def _body(said: Said, pictures: _Pictures, lost: Lost) -> tuple[tuple[BlockCopy, ...], str]:
    """Return the body and the standfirst: a summary that only repeats how the body begins is none."""
    has_content = bool(said.content.text.strip())
    words = said.content if has_content else said.summary
    if len(words.text) > html.LONGEST:
        raise UnusableError(f"its content has {len(words.text):,} characters: at most {html.LONGEST:,}")
    standfirst = _plain(said.summary) if has_content else ""
    if words.markup == "plain":
        return paragraphs(clean(words.text)), _fresh(standfirst, line(words.text))
    home = {host for address in (said.home, said.link) if (host := _host(address))}
    blocks, losses = html.blocks(clean(words.text), picture=pictures.find, home=home)
    for loss in losses:
        lost.add(short(pictures.reasons.get(loss, loss), 200))
    base = _base(said)
    whole = tuple(_whole(block, base) if base else block for block in blocks)
    begins = words.text[: 10 * len(standfirst) + 2_000]  # parsed once more, so no more of it than is compared
    return whole, _fresh(standfirst, html.words(clean(begins))) if standfirst else ""


def _fresh(standfirst: str, body: str) -> str:
    return "" if body.startswith(_MORE.sub("", standfirst)) else standfirst


def _whole(block: BlockCopy, base: str) -> BlockCopy:
    """Return a block whose links relative to the page it stood on lead where they led there."""
    if not isinstance(block, ParagraphCopy) or "<a " not in block.html:
        return block
    own = urlsplit(base)
    site = f"{own.scheme}://{own.netloc}"
    made = _RELATIVE.sub(lambda href: _joined(base, href[0]).removeprefix(site), block.html)
    return ParagraphCopy(made)


def _lead(said: Said, pictures: _Pictures, lost: Lost) -> PhotoCopy | None:
    shown = [each for each in said.enclosed if each.address.strip() and _is_picture(each)]
    for each in shown:
        photo = pictures.find(each.address)
        if photo:
            credit = line(said.credit)
            return replace(photo, caption=_plain(Words(said.caption)), credit=credit)
    if shown:
        lost.add(pictures.reason(shown[0].address))
    return None


def _embeds(said: Said, body: tuple[BlockCopy, ...]) -> Iterator[EmbedCopy]:
    known = {block.address for block in body if isinstance(block, EmbedCopy)}
    for each in said.enclosed:
        address = _joined(_base(said), line(each.address))
        if _is_sound(each) and address.startswith(("http://", "https://")) and address not in known:
            known.add(address)
            yield EmbedCopy(address, line(each.title))


def _tell_rest(
    said: Said, lead: PhotoCopy | None, body: tuple[BlockCopy, ...], pictures: _Pictures, lost: Lost
) -> None:
    """Note the enclosed files that found no place."""
    for loss in said.lost:
        lost.add(short(loss, 200))
    shown = {lead.path} if lead else set()
    shown |= {block.photo.path for block in body if isinstance(block, PictureCopy)}
    for each in said.enclosed:
        address = line(each.address)
        if not address or each.is_small or _is_sound(each):
            continue
        if not _is_picture(each):
            lost.add(f"enclosure: {short(address, 180)}")
        elif lead and ((photo := pictures.find(each.address)) is None or photo.path not in shown):
            lost.add(f"picture: {short(address, 150)} is neither the lead nor in the body")


def _is_picture(each: Enclosed) -> bool:
    return each.kind.startswith("image") or (not each.kind and bool(_PICTURE.search(_path(each.address))))


def _is_sound(each: Enclosed) -> bool:
    return each.kind.startswith(("audio", "video")) or (not each.kind and bool(_SOUND.search(_path(each.address))))


def _by(said: Said, lost: Lost) -> tuple[tuple[str, Role], ...]:
    found: dict[str, tuple[str, Role]] = {}
    for author in said.authors:
        for name, role in credited(line(author[:1_000])):
            if len(name) > _LONGEST_NAME or "@" in name:
                lost.add(f"author: {short(name)}")
            else:
                found.setdefault(name.casefold(), (name, role))
    return tuple(found.values())


def _names(said: tuple[str, ...], kind: str, lost: Lost) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for each in said:
        name = line(each)
        if len(name) > _LONGEST_NAME:
            lost.add(f"{kind}: {short(name)} is longer than {_LONGEST_NAME} characters")
        elif name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _language(said: Said) -> str:
    lang = said.language.strip().lower()[:2]
    lang = "id" if lang == "in" else lang  # what ISO 639 called Indonesian until 1989
    return lang if lang in LANGUAGES else ""


def _shows(block: BlockCopy, path: Path) -> bool:
    return isinstance(block, PictureCopy) and block.photo.path == path


def _base(said: Said) -> str:
    return next((line(each) for each in (said.link, said.home) if _host(each)), "")


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def _host(address: str) -> str:
    try:
        return urlsplit(line(address)).hostname or ""
    except ValueError:
        return ""


def _path(address: str) -> str:
    try:
        return urlsplit(address.strip()).path
    except ValueError:
        return ""


def _has_path(address: str) -> bool:
    return _path(address) not in {"", "/"} and line(address).startswith(("http://", "https://", "/"))
