"""Makes copy of one item of an export. Source: WordPress, wp-admin/includes/export.php (WXR 1.2)."""

from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from warta.ingest import html
from warta.ingest.formats.ninjs.fields import Lost, UnusableError, line, short
from warta.ingest.formats.wordpress import addresses, dates, terms
from warta.ingest.formats.wordpress.autop import with_paragraphs
from warta.ingest.formats.wordpress.export import Part
from warta.ingest.formats.wordpress.gutenberg import Unfolder, has_blocks
from warta.ingest.formats.wordpress.known import Known, named
from warta.ingest.formats.wordpress.pictures import Pictures
from warta.ingest.formats.wordpress.record import NOTED, Record
from warta.ingest.formats.wordpress.shortcodes import Shortcodes
from warta.ingest.item import BrokenItem, SourceItem
from warta.lexicon.copy import HEADLINE_LENGTH, BlockCopy, Copy, PictureCopy, Status

ARTICLES: Final = frozenset({"post", "page"})
_STATUSES: Final[dict[str, Status]] = {
    "publish": "published", "future": "published", "": "published", "draft": "draft", "pending": "draft",
    "private": "draft",
}  # fmt: skip
LEFT_OUT: Final = frozenset({"trash", "auto-draft", "inherit", "spam"})
"""Statuses of items that nobody wants back."""

_STANDFIRSTS: Final = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseop_description")


class Items:
    """Makes copy of items: what is known of the whole export, where pictures lie, and the zone of the site's clock."""

    def __init__(self, known: Known, folder: Path, zone: ZoneInfo) -> None:
        self._known = known
        self._folder = folder
        self._zone = zone

    def item_of(self, part: Part, where: str) -> SourceItem | BrokenItem:
        """Return the copy of one article or page, or why it cannot be filed."""
        record, lost = part.record, Lost()
        uri = addresses.uri(record, self._known, part.site)
        if not uri:
            return BrokenItem("", where, "has neither a guid nor a wp:post_id of its own: nothing names it for good")
        try:
            copy = self._copy(part, uri, lost)
        except UnusableError as reason:
            return BrokenItem(uri, where, str(reason))
        for loss in record.lost:
            lost.add(short(loss, 200))
        return SourceItem(copy, lost.all(), where)

    def _copy(self, part: Part, uri: str, lost: Lost) -> Copy:
        record, site = part.record, part.site
        is_page = record.text("wp:post_type") == "page"
        headline, status = _headline(record), _status(record, lost)
        is_unpublished = record.text("wp:status") in {"draft", "pending"}
        first = None if is_unpublished else dates.published(record, self._zone)
        if first is None and status == "published":
            lost.add(
                f"date: none that can be read, found {short(record.text('wp:post_date', 'pubDate'), 60) or 'none'}"
            )
        pictures = Pictures(self._known, site.home, self._folder, lost)
        lead = pictures.lead(record)
        body = self._body(part, pictures, lost)
        _note_rest(record, lost)
        return Copy(
            uri=uri,
            headline=headline,
            is_page=is_page,
            status=status,
            lang=terms.language(record),
            zone=self._zone.key,
            standfirst=_standfirst(record),
            headings=terms.headings(record, self._known, site.home),
            topics=terms.topics(record, lost),
            by=terms.by(record, self._known, site.home, lost),
            first_published_at=first,
            updated_at=dates.updated(record, self._zone, first),
            old_addresses=addresses.old_addresses(record, self._known, site, is_page=is_page),
            lead=lead,
            body=tuple(
                block
                for block in body
                if not (lead and isinstance(block, PictureCopy) and block.photo.path == lead.path)
            ),
        )

    def _body(self, part: Part, pictures: Pictures, lost: Lost) -> tuple[BlockCopy, ...]:
        record, site = part.record, part.site.home
        markup = record.fields.get("content:encoded", "").replace("\r\n", "\n").replace("\r", "\n")
        if len(markup) > html.LONGEST:
            raise UnusableError(f"its body has more than {html.LONGEST:,} characters")
        is_classic = not has_blocks(markup)
        markup = Unfolder(lambda ref: self._known.block(site, ref), pictures.learn, lost).html(markup)
        number = record.number("wp:post_id")
        shortcodes = Shortcodes(lambda: self._known.attached(site, number), pictures.learn, lost)
        markup = shortcodes.html(markup)
        if is_classic:
            markup = with_paragraphs(markup)
        pictures.learn_from(markup)
        try:
            blocks, dropped = html.blocks(markup, picture=pictures.in_body, home=part.site.hosts)
        except ValueError as too_long:
            raise UnusableError(f"its body has {too_long}") from too_long
        for loss in dropped:
            lost.add(short(pictures.reasons.get(loss, loss), 200))
        return tuple(pictures.filled(block) for block in blocks)


def _headline(record: Record) -> str:
    title = record.text("title")
    headline = _words(title)
    if not headline:
        raise UnusableError("has no title")
    if len(headline) > HEADLINE_LENGTH:
        raise UnusableError(f"its title has {len(headline):,} characters: at most {HEADLINE_LENGTH}")
    return headline


def _standfirst(record: Record) -> str:
    excerpt = _words(Shortcodes(list, lambda source, number: None, Lost()).html(record.text("excerpt:encoded")))
    described = record.said(*_STANDFIRSTS)
    return excerpt or ("" if "%%" in described else _words(described))


def _words(markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return line(markup)
    try:
        return line(html.words(markup))
    except ValueError as too_long:
        raise UnusableError(f"its title or excerpt has {too_long}") from too_long


def _status(record: Record, lost: Lost) -> Status:
    said = record.text("wp:status")
    if record.text("wp:post_password"):
        lost.add("password: readers had to know one, taken as a draft")
        return "draft"
    if said not in _STATUSES or said == "private":
        lost.add(f"status: {short(said, 60)}, taken as a draft")
    return _STATUSES.get(said, "draft")


def _note_rest(record: Record, lost: Lost) -> None:
    if record.text("wp:is_sticky") == "1":
        lost.add("sticky: it was kept on top of the front")
    if record.comments:
        lost.add(f"comments: {record.comments}")
    for key in sorted(NOTED & record.meta.keys()):
        lost.add(f"field: {key}: {short(named(record.said(key)), 150)}")
