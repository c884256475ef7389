"""Makes copy of one ninjs item. Source: IPTC ninjs 1.8 and 3.1, JSON schemas and user guide."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from warta.ingest import html
from warta.ingest.formats.ninjs import concepts
from warta.ingest.formats.ninjs.bylines import bylines
from warta.ingest.formats.ninjs.fields import Fields, Lost, UnusableError, kind, line, short
from warta.ingest.formats.ninjs.instants import instant, published
from warta.ingest.formats.ninjs.pictures import Pictures
from warta.ingest.formats.ninjs.wordings import Wording, paragraphs, plain, tell_others, wordings
from warta.ingest.item import BrokenItem, SourceItem
from warta.lexicon.copy import HEADLINE_LENGTH, BlockCopy, Copy, HeadingCopy, PictureCopy

_URI_LENGTH: Final = 500
_ARTICLES: Final = frozenset({"text", "composite", "component", "article", "story", ""})
_MAIN_BODIES: Final = ("main", "text", "html", "richtext", "xhtml", "html5")
_SILENT: Final = frozenset(
    {"uri", "guid", "id", "type", "mimetype", "contenttype", "representationtype", "profile", "version", "standard",
     "charcount", "wordcount", "readtime", "slugline", "urgency", "priority", "copyrightholder", "copyrightnotice",
     "usageterms", "contentcreated", "contentdigitised", "versioncreated", "firstcreated", "altids", "schema",
     "evolvedfrom", "digitalsourcetype"}
)  # fmt: skip


def item_of(data: object, *, folder: Path | None, where: str) -> SourceItem | BrokenItem:
    """Return the copy of one decoded item and what it lost, or why it cannot be filed.

    `folder` is where its pictures lie; nothing outside of it is looked at.
    """
    if not isinstance(data, Mapping):
        return BrokenItem("", where, f"no news item: an object was expected, found {kind(data)}")
    lost = Lost()
    item = Fields(data, lost)
    uri = ""
    try:
        uri = _uri(item)
        copy = _copy(item, uri, folder)
    except UnusableError as reason:
        return BrokenItem(uri, where, str(reason))
    return SourceItem(copy, lost.all(), where)


def _uri(item: Fields) -> str:
    took = item.take("uri", "guid")
    if took is None:
        raise UnusableError("has no uri: every item needs one that never changes")
    label, value = took
    if not isinstance(value, str):
        raise UnusableError(f"{label} is {kind(value)}: write a text that never changes")
    uri = line(value)
    if not 0 < len(uri) <= _URI_LENGTH:
        raise UnusableError(f"{label} has {len(uri):,} characters: write 1 to {_URI_LENGTH}")
    return uri


def _copy(item: Fields, uri: str, folder: Path | None) -> Copy:
    called = item.peek("type")
    if isinstance(called, str) and line(called).lower() not in _ARTICLES:
        raise UnusableError(f"is of type {short(called)}, not an article: its type should be text or composite")
    headline = _headline(item)
    standfirst = _standfirst(item)
    status = concepts.status(item)
    first, updated_at = published(item)
    embargo = instant(item, "embargoeduntil", "embargoed", "embargo")
    pictures = Pictures(item, folder)
    lead = pictures.lead()
    body = _body(item, pictures, headline)
    pictures.tell_rest()
    copy = Copy(
        uri=uri,
        headline=headline,
        status=status,
        lang=concepts.language(item),
        zone=first.zone if first else "",
        place=concepts.place(item),
        standfirst=standfirst,
        channel=concepts.genre(item),
        topics=concepts.subjects(item),
        by=bylines(item),
        first_published_at=first.at if first else None,
        updated_at=updated_at,
        embargo=embargo.at if embargo else None,
        old_addresses=concepts.old_addresses(item),
        lead=lead,
        body=tuple(
            block for block in body if not (lead and isinstance(block, PictureCopy) and block.photo.path == lead.path)
        ),
    )
    item.tell_rest(_SILENT)
    return copy


def _headline(item: Fields) -> str:
    said = [(each, plain(each)) for each in wordings(item, "headline", "headlines")]
    worded = [pair for pair in said if pair[1]]
    chosen = min(worded, key=lambda pair: _headline_rank(pair[0]), default=None)
    headline = chosen[1] if chosen else item.text("title")
    if not headline:
        raise UnusableError("has no headline")
    if len(headline) > HEADLINE_LENGTH:
        raise UnusableError(f"its headline has {len(headline):,} characters: at most {HEADLINE_LENGTH}")
    for each, words in worded:
        if words != headline:
            item.lost.add(
                f"{each.label} ({short(each.role, 40)})" if each.label.endswith("]") and each.role else each.label
            )
    title = item.peek("title")
    if isinstance(title, str) and line(title) == headline:
        item.pass_over("title")
    return headline


def _headline_rank(headline: Wording) -> int:
    if headline.label.endswith("]"):
        return 0 if headline.role == "main" else 2
    return {"": 1, "main": 3}.get(headline.role, 4)


def _standfirst(item: Fields) -> str:
    found = wordings(item, "description", "descriptions")
    chosen = next((each for each in found if each.markup == "plain"), next(iter(found), None))
    if chosen is None:
        return ""
    standfirst = plain(chosen)
    tell_others(item, tuple(each for each in found if each is not chosen), standfirst)
    return standfirst


def _body(item: Fields, pictures: Pictures, headline: str) -> tuple[BlockCopy, ...]:
    found = wordings(item, "body", "bodies")
    readable = [each for each in found if each.markup != "xml"]
    chosen = min(readable, key=_body_rank, default=None)
    if chosen is None:
        for each in found:
            item.lost.add(f"{each.label}: XML that is not XHTML")
        return ()
    if len(chosen.text) > html.LONGEST:
        raise UnusableError(f"{chosen.label} has {len(chosen.text):,} characters: at most {html.LONGEST:,}")
    tell_others(item, tuple(each for each in found if each is not chosen), f"{headline} {chosen.text}")
    if chosen.markup == "plain":
        return paragraphs(chosen.text)
    blocks, lost = html.blocks(chosen.text, picture=pictures.in_body)
    for loss in lost:
        plain_loss = loss if loss.startswith("picture") else f"{chosen.label}: {loss}"
        item.lost.add(pictures.reasons.get(loss, plain_loss))
    is_repeated = bool(blocks) and isinstance(blocks[0], HeadingCopy) and blocks[0].text == headline
    return blocks[1:] if is_repeated else blocks


def _body_rank(body: Wording) -> tuple[bool, int]:
    known = _MAIN_BODIES.index(body.role) if body.role in _MAIN_BODIES else len(_MAIN_BODIES)
    return body.markup != "html", known
