"""Categories, tags and authors of an item."""

from typing import Final

from warta.ingest.formats.ninjs.bylines import credited
from warta.ingest.formats.ninjs.fields import Lost, short
from warta.ingest.formats.wordpress.known import Category, Known, named
from warta.ingest.formats.wordpress.record import Record, number
from warta.lexicon.copy import Role
from warta.lexicon.languages import LANGUAGES

_NONE: Final = frozenset(
    {"uncategorized", "uncategorised", "tak berkategori", "tanpa kategori", "belum dikategorikan", "tidak berkategori"}
)
_CATEGORIES: Final = frozenset({"category", ""})  # WXR 1.0 repeats each category without a domain
_TAGS: Final = frozenset({"post_tag", "tag"})
_SILENT: Final = frozenset(
    {"post_format", "author", "language", "post_translations", "term_translations", "translation_priority",
     "nav_menu", "link_category", "wp_theme", "product_type", "product_visibility"}
)  # fmt: skip
_LONGEST_NAME: Final = 100
_MOST: Final = 20


def headings(record: Record, known: Known, site: str) -> tuple[str, ...]:
    """Return the categories in their order, each behind its parents, the one that Yoast calls primary first."""
    given = [Category(term.nicename, named(term.name)) for term in record.terms if term.domain in _CATEGORIES]
    with_nicename = {term.name.casefold() for term in given if term.nicename}
    lines = [
        known.line_of(site, term.nicename, term.name)
        for term in given
        if term.nicename or term.name.casefold() not in with_nicename
    ]
    primary = known.nicename(site, number(record.said("_yoast_wpseo_primary_category")))
    lines.sort(key=lambda found: not primary or found[-1].nicename != primary)
    found = {each.name.casefold(): each.name for line in lines for each in line if each.name and not _is_none(each)}
    return tuple(found.values())


def topics(record: Record, lost: Lost) -> tuple[str, ...]:
    """Return the tags, and note terms of other taxonomies."""
    found: dict[str, str] = {}
    for term in record.terms:
        name = named(term.name)
        if term.domain in _TAGS and name:
            found.setdefault(name.casefold(), name)
        elif term.domain not in _CATEGORIES | _TAGS | _SILENT and name:
            lost.add(f"taxonomy: {short(term.domain, 60)}: {short(name, 120)}")
    return tuple(found.values())


def language(record: Record) -> str:
    """Return the language that a plugin for languages gave, when the paper can be written in it."""
    given = (term.nicename.partition("-")[0].lower() for term in record.terms if term.domain == "language")
    return next((each for each in given if each in LANGUAGES), "")


def by(record: Record, known: Known, site: str, lost: Lost) -> tuple[tuple[str, Role], ...]:
    """Return the authors: those of a plugin for several, else the one who filed it, by the names that are shown."""
    given = [
        known.author(site, term.name) or known.author(site, term.nicename.removeprefix("cap-")) or named(term.name)
        for term in record.terms
        if term.domain == "author"
    ]
    creator = record.text("dc:creator")
    found: dict[str, tuple[str, Role]] = {}
    for words in given or [known.author(site, creator) or named(creator)]:
        for name, role in credited(words):
            if len(name) > _LONGEST_NAME or len(found) >= _MOST:
                lost.add(f"byline: {short(name, 120)}")
            else:
                found.setdefault(name.casefold(), (name, role))
    return tuple(found.values())


def _is_none(category: Category) -> bool:
    return category.name.casefold() in _NONE or category.nicename in _NONE
