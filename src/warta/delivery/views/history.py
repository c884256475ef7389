"""What readers had of an article over time: when and why it changed, and any two versions word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from warta.delivery import headers, shell, surrogates
from warta.delivery.render import page_html
from warta.delivery.views import errors, old
from warta.lexicon import addresses
from warta.lexicon.marks import Mark, marked
from warta.paper import history as past
from warta.paper import store
from warta.paper.pages import ArticlePage, GonePage, Past

SHOWN: Final = 100
KINDS: Final = {
    "published": pgettext_lazy("reader", "Published"),
    "updated": pgettext_lazy("reader", "Updated"),
    "corrected": pgettext_lazy("reader", "Corrected"),
    "taken back": pgettext_lazy("reader", "Taken back"),
    "withdrawn": pgettext_lazy("reader", "Withdrawn"),
    "put back": pgettext_lazy("reader", "Put back"),
}
"""What made a version, as readers are told."""


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph in two versions, in stretches; empty on a side that does not have it."""

    before: list[Mark]
    after: list[Mark]

    @property
    def is_same(self) -> bool:
        """Tell whether both say the same."""
        return not any(mark.is_changed for mark in (*self.before, *self.after))


@errors.reading
def history(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the versions of an article, the newest first; what readers do not have has no history."""
    page = _page(number)
    if not isinstance(page, ArticlePage):
        return _without(request, page)
    versions = past.of(page.id, SHOWN)
    if not versions:
        return old.answer(request)
    return _answer("history", page, versions=[(version, KINDS[version.kind]) for version in versions])


@errors.reading
def comparison(request: HttpRequest, number: str, first: str, second: str) -> HttpResponse:
    """Answer two versions side by side, with the words that differ marked."""
    page = _page(number)
    if not isinstance(page, ArticlePage):
        return _without(request, page)
    found = past.two(page.id, int(first), int(second)) if int(first) < int(second) else None
    if found is None:
        return old.answer(request)
    before, after = found
    return _answer("comparison", page, before=before, after=after, changes=list(changes(before, after)))


def changes(before: Past, after: Past) -> Iterator[Change]:
    """Return headline, standfirst and paragraphs of two versions, in the order in which they are read."""
    yield from (_change(*pair) for pair in ((before.headline, after.headline), (before.standfirst, after.standfirst)))
    here, there = list(before.body), list(after.body)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Change([Mark(words, False)], [Mark(words, False)]) for words in here[i1:i2])
        else:
            yield from (_change(*pair) for pair in zip_longest(here[i1:i2], there[j1:j2], fillvalue=""))


def _change(before: str, after: str) -> Change:
    return Change(marked(before, against=after), marked(after, against=before))


def _page(number: str) -> object:
    return store.find(store.article_key(int(number)), now=timezone.now())


def _without(request: HttpRequest, page: object) -> HttpResponse:
    return old.moved(page.path) if isinstance(page, GonePage) else old.answer(request)


def _answer(template: str, page: ArticlePage, **content: object) -> HttpResponse:
    now = timezone.now()
    path = addresses.history(page.id)
    html = page_html(template, shell=shell.current(now=now), now=now, lang=page.lang, page=page, path=path, **content)
    return headers.live(HttpResponse(html), surrogates.of(page))
