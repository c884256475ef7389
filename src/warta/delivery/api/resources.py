"""What there is to ask for. A page of a list costs the same few queries at any depth and any size of the archive."""

from collections.abc import Sequence
from typing import Final

from warta.delivery import cursors, surrogates
from warta.delivery.api import shapes
from warta.delivery.api.composing import COLLECTIONS, ROOT
from warta.delivery.api.endpoints import Asked, Given, GoneError
from warta.delivery.api.problems import ProblemError
from warta.lexicon import addresses
from warta.paper import corrections, lists, store, taken
from warta.paper.lists import Cursor
from warta.paper.pages import ArticlePage, FrontPage, GonePage
from warta.paper.store import ALL
from warta.reads import lists as reads
from warta.search import results

MOST_READ: Final = 7
"""As many as readers are shown."""


def articles(asked: Asked) -> Given:
    """Return a page of all articles."""
    return _listed(asked, ALL, surrogates.LIVE)


def articles_of_front(asked: Asked) -> Given:
    """Return a page of a front's articles.

    Raises: ProblemError when there is no such front.
    """
    collection = asked.path.split("/")[3]
    kind, slug = COLLECTIONS[collection], asked.values["slug"]
    front = store.at(addresses.front(kind, slug), now=asked.now)
    if not isinstance(front, FrontPage) or front.kind != kind:
        raise ProblemError(404, f"There is no such {kind}: {ROOT}/{collection} lists those there are.", where="slug")
    return _listed(asked, front.list, surrogates.of(front))


def _listed(asked: Asked, name: str, keys: str) -> Given:
    limit = asked.values["limit"]
    found = lists.latest(name, now=asked.now, limit=limit + 1, behind=_behind(asked))
    shown = found[:limit]
    next_ = asked.on(cursor=cursors.write(Cursor.behind(shown[-1]))) if len(found) > limit else ""
    pages = _in_order(asked, [teaser.id for teaser in shown])
    if asked.is_ninjs:
        made = tuple(asked.composer.ninjs(page) for page in pages)
        return Given(shapes.NinjsArticles(items=made, next=next_ or None), keys, next_)
    return Given(shapes.Articles(items=_composed(asked, pages), next=next_ or None), keys, next_)


def article(asked: Asked) -> Given:
    """Return one article.

    Raises: GoneError; ProblemError when there is none.
    """
    page = taken.articles([asked.values["id"]], now=asked.now).get(asked.values["id"])
    if page is None:
        raise ProblemError(404, "There is no such article, or not any more.", where="id")
    if isinstance(page, GonePage):
        raise GoneError(asked.composer.withdrawn(page), surrogates.of(page))
    made = asked.composer.ninjs(page) if asked.is_ninjs else asked.composer.article(page)
    return Given(made, surrogates.of(page))


def changes(asked: Asked) -> Given:
    """Return what changed after a number; what may not be seen yet comes with the change that shows it."""
    limit, last = asked.values["limit"], store.last_number()
    found = store.changes(asked.values["since"], limit)
    own = {
        store.article_id(change.key): change
        for change in found
        if change.key.startswith("article:") and change.kind in {"article", "gone", "removed"}
    }
    numbers = {number: change for number, change in own.items() if number is not None}
    pages = taken.articles(list(numbers), now=asked.now)
    shown = [
        (change.number, number, pages.get(number))
        for number, change in numbers.items()
        if number in pages or change.kind == "removed"
    ]
    next_ = asked.on(since=found[-1].number if found else asked.values["since"])
    is_more = len(found) == limit
    if asked.is_ninjs:
        items = tuple(asked.composer.ninjs_change(*one) for one in shown)
        return Given(shapes.NinjsChanges(items=items, is_more=is_more, last=last, next=next_), next=next_)
    made = tuple(asked.composer.change(*one) for one in shown)
    return Given(shapes.Changes(items=made, is_more=is_more, last=last, next=next_), next=next_)


def most_read(asked: Asked) -> Given:
    """Return the articles that are read most."""
    found = [teaser.id for teaser in reads.most_read(now=asked.now, limit=MOST_READ)]
    return Given(shapes.MostRead(items=_composed(asked, _in_order(asked, found))))


def fronts(asked: Asked) -> Given:
    """Return a page of rubrics, channels, topics or people."""
    kind, limit = COLLECTIONS[asked.path.split("/")[3]], asked.values["limit"]
    order, _, name = (asked.values["cursor"] or "").partition("-")
    found = taken.fronts(kind, now=asked.now, limit=limit + 1, behind=(int(order), name) if name else None)
    next_ = asked.on(cursor="{}-{}".format(*found[limit - 1][0])) if len(found) > limit else ""
    made = tuple(asked.composer.front(page) for _, page in found[:limit])
    return Given(shapes.Fronts(items=made, next=next_ or None), next=next_)


def corrected(asked: Asked) -> Given:
    """Return a page of the corrections of the whole paper."""
    limit = asked.values["limit"]
    found = corrections.latest(now=asked.now, limit=limit + 1, behind=_behind(asked))
    next_ = asked.on(cursor=cursors.write(found[limit - 1].cursor)) if len(found) > limit else ""
    made = tuple(asked.composer.told(told) for told in found[:limit])
    return Given(shapes.Corrections(items=made, next=next_ or None), next=next_)


def search(asked: Asked) -> Given:
    """Return a page of what was found; a cursor of the best matches goes on with the best matches."""
    values = asked.values
    behind = values["cursor"] or ""
    query = results.Asked(
        typed=" ".join(values["q"].replace("\0", " ").split()),
        order="best" if "-" in behind or (not behind and values["order"] == "best") else "newest",
        behind=behind,
        **{name: values[name] or "" for name in ("rubric", "channel", "person", "year")},
    )
    found = results.find(query, now=asked.now)
    next_ = asked.on(cursor=found.older) if found.older else ""
    made = shapes.Found(
        items=_composed(asked, _in_order(asked, [one.teaser.id for one in found.found])),
        total=found.total,
        is_more=found.is_more,
        is_loose=found.is_loose,
        suggestion=found.suggestion,
        next=next_ or None,
    )
    return Given(made, next=next_, is_brief=True)


def _behind(asked: Asked) -> Cursor | None:
    cursor = asked.values["cursor"]
    return None if cursor is None else cursors.place(cursor)


def _in_order(asked: Asked, article_ids: Sequence[int]) -> list[ArticlePage]:
    pages = store.shown_articles(article_ids, now=asked.now)
    return [pages[number] for number in article_ids if number in pages]


def _composed(asked: Asked, pages: Sequence[ArticlePage]) -> tuple[shapes.Article, ...]:
    return tuple(asked.composer.article(page) for page in pages)
