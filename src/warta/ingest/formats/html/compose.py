"""Makes copy of a story: the text of its pages joined, and all that the first page says of it."""

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from warta.ingest import html
from warta.ingest.formats.html import links
from warta.ingest.formats.html.captions import credited
from warta.ingest.formats.html.edges import Edges, placed, trimmed
from warta.ingest.formats.html.facts import Facts, facts
from warta.ingest.formats.html.page import Saved, UnreadableError, saved
from warta.ingest.formats.html.pieces import Pieces
from warta.ingest.formats.html.shelf import Fetched, MissingError, Shelf
from warta.ingest.formats.html.stories import Story
from warta.ingest.formats.html.text import Text
from warta.ingest.formats.ninjs.fields import Lost, line, short
from warta.ingest.html.inline import plain
from warta.ingest.item import BrokenItem, SourceItem
from warta.lexicon.copy import (
    HEADLINE_LENGTH,
    BlockCopy,
    Copy,
    HeadingCopy,
    ParagraphCopy,
    PhotoCopy,
    PictureCopy,
)

_URI_LENGTH: Final = 500
_SHORT, _ENOUGH, _MUCH = 80, 200, 400
_REPEATED: Final = 60
_LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that is no article, and why."""

    address: str
    reason: str


class _Pictures:
    """Finds the photos of one story, and remembers why others were not found."""

    def __init__(self, shelf: Shelf, lost: Lost) -> None:
        self._shelf = shelf
        self._lost = lost
        self._known: dict[tuple[str, ...], PhotoCopy | None] = {}
        self.reasons: dict[str, str] = {}

    def of(self, pieces: Pieces, fetched: Fetched, base: str, source: str) -> PhotoCopy | None:
        """Return the photo that a number of `pieces`, or an address, stands for."""
        is_number = source.isdecimal() and int(source) < len(pieces.pictures)
        addresses = pieces.pictures[int(source)] if is_number else (source,)
        return self.find(addresses, fetched, base, told=f"picture: {source[:200] or 'without an address'}")

    def find(self, addresses: Sequence[str], fetched: Fetched, base: str, told: str = "") -> PhotoCopy | None:
        """Return the photo of the first address that is kept."""
        key = tuple(links.normal(address, base) or address for address in addresses)
        if key not in self._known:
            try:
                path = self._shelf.picture(addresses, place=fetched.place, base=base)
                self._known[key] = PhotoCopy(path=path)
            except MissingError as reason:
                self._known[key] = None
                self.reasons[told] = f"picture: {short(str(reason), 190)}"
        return self._known[key]


def compose(story: Story, shelf: Shelf, zone: str) -> SourceItem | BrokenItem | Skipped:
    """Return the copy of a story with what is lost of it, or why it is none; `zone` is that of dates without one."""
    lost = Lost()
    pages: list[tuple[Fetched, Saved]] = []
    for leaf in story.leaves:
        try:
            fetched = shelf.page(leaf.place)
            pages.append(
                (fetched, saved(fetched.raw, charset=fetched.charset, address=fetched.address, guess=fetched.guess))
            )
        except (UnreadableError, MissingError) as unread:
            lost.add(f"page: {short(leaf.address, 120)} {short(str(unread))}")
    if not pages:
        return BrokenItem(story.address, shelf.name, "its page cannot be read any more")
    first, page = pages[0]
    known = facts(page, zone=zone, lost=lost)
    texts = [Text(each, lost) for _, each in pages]
    if (reason := _no_article(known, texts[0], is_several=len(pages) > 1)) is not None:
        return Skipped(story.address, reason)
    if not known.headline or len(known.headline) > HEADLINE_LENGTH or len(story.address) > _URI_LENGTH:
        long = "its address" if known.headline and len(known.headline) <= HEADLINE_LENGTH else "its headline"
        return BrokenItem(
            story.address[:_URI_LENGTH], first.where, f"has no headline, or {long} is too long", first.read
        )
    try:
        copy = _copy(story, known, list(zip(pages, texts, strict=True)), shelf, lost)
    except ValueError as too_long:
        return BrokenItem(story.address, first.where, f"its text is too long: {too_long}", first.read)
    _tell(story, copy, lost)
    return SourceItem(copy, tuple(loss[:200] for loss in lost.all()), first.where, max(each.read for each, _ in pages))


def _no_article(known: Facts, text: Text, *, is_several: bool) -> str | None:
    if known.is_page and known.headline and text.size >= _SHORT:
        return None
    if known.is_list:
        return "is a front or a list"
    if known.is_told or is_several:
        return (
            None
            if known.headline and (text.size >= _SHORT / 2 or text.pieces.figures)
            else "has no headline or no text"
        )
    if not known.headline:
        return "has no headline"
    if text.is_dense and text.size >= (_ENOUGH if known.published else _MUCH):
        return None
    if known.published and text.size >= _SHORT and text.teasers < 5:
        return None
    return "is a list" if text.teasers >= 5 else "has too little text"


def _copy(
    story: Story, known: Facts, pages: list[tuple[tuple[Fetched, Saved], Text]], shelf: Shelf, lost: Lost
) -> Copy:
    pictures = _Pictures(shelf, lost)
    edges = Edges()
    body: list[BlockCopy] = []
    for (fetched, page), text in pages:
        found = _blocks(text, fetched, page, pictures, lost)
        body += _unrepeated(trimmed(found, (known.headline, known.standfirst), edges, lost), body)
    body = placed(body, edges, known.sites)
    lead, body = _lead(known, pages[0], body, pictures, lost)
    by = {name.casefold(): (name, role) for name, role in known.by}
    by |= {name: person for name, person in edges.by.items() if name not in by or person[1] == "editor"}
    own = (story.address, *story.addresses, *known.addresses)
    addresses = (*own, *shelf.leading(own))
    topics = {name.casefold(): name for name in (*known.topics, *edges.topics)}
    return Copy(
        uri=story.address,
        headline=known.headline,
        is_page=known.is_page,
        lang=known.lang,
        zone=known.zone,
        place=edges.place,
        standfirst=_standfirst(known, body),
        channel=known.channel,
        headings=known.headings,
        topics=tuple(topics.values()),
        by=tuple(by.values()),
        initials=edges.initials,
        first_published_at=known.published,
        updated_at=known.updated,
        old_addresses=tuple(dict.fromkeys(each for each in addresses if not each.startswith("file:"))),
        lead=lead,
        body=tuple(body),
    )


def _blocks(text: Text, fetched: Fetched, page: Saved, pictures: _Pictures, lost: Lost) -> list[BlockCopy]:
    home = links.home(page.own)
    found, missing = html.blocks(
        text.html, picture=lambda source: pictures.of(text.pieces, fetched, page.own, source), home=home
    )
    for loss in missing:
        told = pictures.reasons.get(loss, loss)
        lost.add(told if ":" in told else f"element: {told}")
    return [PictureCopy(credited(block.photo)) if isinstance(block, PictureCopy) else block for block in found]


def _unrepeated(blocks: list[BlockCopy], before: list[BlockCopy]) -> list[BlockCopy]:
    """Return the blocks of a further page without what the pages before it said already: standfirst, pictures."""
    if not before:
        return blocks
    said = {_words(block) for block in before if len(_words(block)) >= _REPEATED}
    shown = {block.photo.path for block in before if isinstance(block, PictureCopy)}
    return [
        block
        for block in blocks
        if _words(block) not in said and not (isinstance(block, PictureCopy) and block.photo.path in shown)
    ]


def _lead(
    known: Facts, first: tuple[tuple[Fetched, Saved], Text], body: list[BlockCopy], pictures: _Pictures, lost: Lost
) -> tuple[PhotoCopy | None, list[BlockCopy]]:
    """Return the picture that leads, and the body without it: the one before the text, else the head's."""
    (fetched, page), text = first
    hero = next(iter(_heroes(text, fetched, page, pictures)), None)
    if hero is None and body and isinstance(body[0], PictureCopy):
        hero = body[0].photo
    if hero is None:
        for address, caption in known.pictures:
            found = pictures.find((address,), fetched, page.own)
            if found is not None:
                hero = credited(dataclasses.replace(found, caption=caption or _caption(text.hero)))
                break
    if hero is None:
        if pictures.reasons and (text.hero or known.pictures):
            lost.add(next(iter(pictures.reasons.values())))
        return None, body
    same = next((each.photo for each in body if isinstance(each, PictureCopy) and each.photo.path == hero.path), None)
    if same is not None:
        hero = dataclasses.replace(
            hero, caption=hero.caption or same.caption, credit=hero.credit or same.credit, alt=hero.alt or same.alt
        )
    return hero, [each for each in body if not (isinstance(each, PictureCopy) and each.photo.path == hero.path)]


def _heroes(text: Text, fetched: Fetched, page: Saved, pictures: _Pictures) -> list[PhotoCopy]:
    if not text.hero:
        return []
    found, _ = html.blocks(text.hero, picture=lambda source: pictures.of(text.pieces, fetched, page.own, source))
    return [credited(block.photo) for block in found if isinstance(block, PictureCopy)]


def _caption(figure: str) -> str:
    found = re.search(r"<figcaption>(.*?)</figcaption>(.*?)</figure>", figure, re.DOTALL)
    return " ".join(unescape(f"{found[1]} {found[2]}").split()) if found else ""


def _standfirst(known: Facts, body: Sequence[BlockCopy]) -> str:
    if known.standfirst:
        return known.standfirst
    said = line(known.description)
    text = _letters(" ".join(_words(block) for block in body[:12]))
    is_new = 30 < len(said) <= 600 and not said.endswith(("…", "...")) and _letters(said)[:50] not in text
    return said if is_new and _letters(said) != _letters(known.headline) else ""


def _tell(story: Story, copy: Copy, lost: Lost) -> None:
    for address in story.missing:
        lost.add(f"page: {short(address, 150)} is missing")
    if story.has_copies:
        lost.add("copy: the page was kept more than once, the newest is taken")
    if story.address.startswith("file:"):
        lost.add("address: the page says nowhere what address it had")
    if copy.first_published_at is None and not copy.is_page:
        lost.add("date: none found")
    if not copy.body and not copy.lead:
        lost.add("text: none found")


def _words(block: BlockCopy) -> str:
    """Return the words of a block; none of one that is too long to be a line of its own."""
    if isinstance(block, ParagraphCopy):
        return plain(block.html) if len(block.html) <= _LONGEST else ""
    return block.text if isinstance(block, HeadingCopy) else ""


def _letters(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()
