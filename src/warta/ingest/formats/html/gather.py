"""Reads a shelf twice: the first time notes which pages there are, the second time tells the stories one by one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from warta.ingest.formats.html.compose import Skipped, compose
from warta.ingest.formats.html.facts import title_of
from warta.ingest.formats.html.page import UnreadableError, saved
from warta.ingest.formats.html.shelf import Shelf
from warta.ingest.formats.html.stories import Stories
from warta.ingest.item import BrokenItem, SourceItem
from warta.lexicon import zones

_FAULTS: Final = (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError)
"""What reading a page by guesses can run into that nobody foresaw: one page shall not stop an archive."""
UNFORESEEN: Final = "cannot be read, which is a fault of Warta"


def items(shelf: Shelf, zone: str) -> Iterator[SourceItem | BrokenItem]:
    """Return the stories of a shelf; dates without a zone are in `zone`.

    Pages that are no articles are named among the losses of the article that comes next, or was the last, as
    `skipped: …`, so that the report counts them.
    """
    stories = Stories()
    try:
        for found in shelf.pages():
            if isinstance(found, BrokenItem):
                yield found
                continue
            try:
                page = saved(found.raw, charset=found.charset, address=found.address, guess=found.guess)
                stories.note(page, title=title_of(page), place=found.place, name=found.name, at=found.at)
            except UnreadableError as reason:
                yield BrokenItem(found.address, found.where, str(reason))
            except _FAULTS as fault:
                yield _unforeseen(found.address, found.where, fault)
        yield from _told(stories, shelf, zones.zone(zone).key)
    finally:
        stories.close()


def _told(stories: Stories, shelf: Shelf, zone: str) -> Iterator[SourceItem | BrokenItem]:
    held: SourceItem | None = None
    skipped: list[str] = []
    for story in stories.all():
        made: SourceItem | BrokenItem | Skipped
        try:
            made = compose(story, shelf, zone)
        except _FAULTS as fault:
            made = _unforeseen(story.address, shelf.name, fault)
        if isinstance(made, Skipped):
            skipped.append(f"skipped: {made.address[:140]} {made.reason}")
        elif isinstance(made, BrokenItem):
            yield made
        else:
            if held is not None:
                yield held
            held, skipped = replace(made, lost=(*made.lost, *skipped)), []
    if held is not None:
        yield replace(held, lost=(*held.lost, *skipped))
    elif skipped:
        yield BrokenItem(
            "", shelf.name, f"holds no article: {len(skipped):,} pages are fronts, lists or hardly any text"
        )


def _unforeseen(address: str, where: str, fault: Exception) -> BrokenItem:
    return BrokenItem(address, where, f"{UNFORESEEN}: {type(fault).__name__} {str(fault)[:80]}".rstrip())
