"""The press at work: takes what the newsroom left, one Dispatch at a time, and puts it into the paper.

Composing, and making pictures, happens outside any transaction; `paper.store.put` is one. A Dispatch that is pressed
twice gives the same page, so a worker may die anywhere.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from warta.newsroom import dispatches, reading
from warta.paper import history, store
from warta.paper.pages import SCHEMA, ArticlePage, FrontPage, Page
from warta.press import arranged, pictures
from warta.press.compose import article as compose_article
from warta.press.compose import fronts
from warta.press.compose import history as compose_history

LOT: Final = 100
"""How many pages are claimed and pressed at once when many wait."""

_SUBJECTS: Final = ("rubric", "channel", "topic", "person")

logger = logging.getLogger(__name__)


def press_next(now: datetime) -> bool:
    """Take one Dispatch and press it; False when none is due. What fails is put back and tried again later."""
    dispatch = dispatches.claim(now)
    if dispatch is None:
        return False
    _press_one(dispatch, now)
    return True


def _press_one(dispatch: dispatches.Dispatch, now: datetime) -> None:
    try:
        press(dispatch.kind, dispatch.object_id, now=now)
        dispatches.finish(dispatch)
    except Exception as error:
        logger.exception("pressing %s failed; it is tried again", dispatch)
        dispatches.put_back(dispatch, error=repr(error), now=now)


def press_lot(now: datetime, limit: int = LOT) -> int:
    """Press at most `limit` pages that are due in one transaction and return how many; what fails, one by one."""
    lot = dispatches.claim_lot(now, limit)
    together: set[tuple[str, int]] = set()
    try:
        made = _made([(dispatch.kind, dispatch.object_id) for dispatch in lot], now)
        if made:
            with transaction.atomic():
                _put([entry for entries in made.values() for entry in entries])
                dispatches.finish(*(dispatch for dispatch in lot if (dispatch.kind, dispatch.object_id) in made))
        together = set(made)
    except Exception:
        logger.exception("pressing %d pages together failed; each is pressed on its own", len(lot))
    for dispatch in lot:
        if (dispatch.kind, dispatch.object_id) not in together:
            _press_one(dispatch, now)
    return len(lot)


def _made(work: list[tuple[str, int]], now: datetime) -> dict[tuple[str, int], list[store.Entry]]:
    """Compose the pages of which nothing but their text is new; the others are pressed one by one."""
    ids: dict[str, list[int]] = {}
    for kind, object_id in dict.fromkeys(work):
        ids.setdefault(kind, []).append(object_id)
    articles = reading.live_articles(ids.get("article", ()))
    said, old = reading.rules_of(articles), reading.old_addresses(articles)
    made = {("article", source.pk): _composed(source, old[source.pk], said.get(source.pk)) for source in articles}
    for kind in _SUBJECTS:
        made |= _subjects(kind, ids.get(kind, ()), now)
    return made


def _subjects(kind: str, ids: Sequence[int], now: datetime) -> dict[tuple[str, int], list[store.Entry]]:
    """Compose the pages of rubrics, channels, topics or people; not of those that are gone, or were renamed."""
    if not ids:
        return {}
    before = store.stored_many([f"{kind}:{object_id}" for object_id in ids])
    pages = {source.pk: fronts.front(source) for source in reading.subjects(kind, ids)}
    return {
        (kind, number): [store.Entry(key=key, page=page, visible_from=now)]
        for number, page in pages.items()
        if not _is_renamed(before[key].page if (key := f"{kind}:{number}") in before else None, page)
    }


def _is_renamed(before: Page | None, page: FrontPage) -> bool:
    return isinstance(before, FrontPage) and (before.name, before.path) != (page.name, page.path)


def press_some(limit: int = LOT) -> int:
    """Press some of what is due, what is quick by the lot, and return how much it was; 0 when nothing is."""
    return press_lot(timezone.now(), limit) or next(
        (done for done in range(limit) if not press_next(timezone.now())), limit
    )


def press_all() -> int:
    """Press everything that is due and return how much it was."""
    total = 0
    while count := press_some():
        total += count
    return total


def press(kind: str, object_id: int, *, now: datetime) -> None:
    """Bring one page of the paper up to what the newsroom says; called any number of times, it gives the same page."""
    match kind:
        case "article":
            _article(object_id)
        case "photo":
            _photo(object_id)
        case "static":
            _static(object_id)
        case "front":
            arranged.put_front(object_id, now=now)
        case "breaking":
            arranged.put_breaking(now=now)
        case "unranked":
            arranged.put_unranked(object_id)
        case _:
            _front(kind, object_id, now=now)


def press_outdated(limit: int = 200) -> int:
    """Leave work for pages whose shape is older than this version's; return how many."""
    work = dict.fromkeys(arranged.work(key) or tuple(key.split(":")) for key in store.outdated(SCHEMA, limit))
    return sum(dispatches.leave(kind, [int(number)]) for kind, number in work)


def _entries(
    source: reading.Article, old: list[str], pages: list[tuple[reading.Article, ArticlePage]]
) -> list[store.Entry]:
    """Return what is stored of an article: its page, and before it the update that takes over from it.

    The article's own change must be the last, or its part is refused as old.
    """
    key, coming_key = store.article_keys(source.pk)
    starts = [at for at in (pages[0][1].published_at, source.go_live_at, source.embargo) if at is not None]
    times = [max(starts), *(after.go_live_at for after, _ in pages[1:] if after.go_live_at)]
    return [
        store.Entry(
            key=coming_key if place else key,
            page=page,
            visible_from=times[place],
            visible_until=min([at for at in (text.expire_at, *times[place + 1 :]) if at is not None], default=None),
            lists=[store.ALL, *compose_article.lists(text)],
            old_addresses=() if place else old,
        )
        for place, (text, page) in reversed(list(enumerate(pages)))
    ]


@transaction.atomic
def _put(entries: list[store.Entry]) -> None:
    """Store pages, all at once: readers hear of an article and of its update at the same time."""
    keys = {entry.key for entry in entries}
    coming = {store.coming_key(number) for key in keys if (number := store.article_id(key)) is not None}
    for key in store.known(list(coming - keys)):
        store.remove(key)
    if entries:
        store.put_many(entries)


def _composed(source: reading.Article, old: list[str], said: reading.Rules | None = None) -> list[store.Entry]:
    update = reading.coming(source)
    texts = [source] if update is None else [source, update]
    pages = [(text, compose_article.article(text, said)) for text in texts]
    if pages[0][1].versions > 1:  # before the page, which leads to them
        _keep_versions(source.pk)
    return _entries(source, old, pages)


def _article(article_id: int) -> None:
    key, coming_key = store.article_keys(article_id)
    source = reading.article(article_id)
    if source is None or source.withdrawn_at is not None:
        store.remove(coming_key)
    if source is None:
        store.remove(key)
    elif source.withdrawn_at is not None:
        store.put(key, compose_article.gone(source), visible_from=source.withdrawn_at)
    else:
        _put(_composed(source, reading.old_addresses([source])[source.pk]))


def _keep_versions(article_id: int) -> None:
    kept = history.last_number(article_id)
    history.keep(article_id, [compose_history.entry(row) for row in reading.versions(article_id, after=kept)])


def _photo(photo_id: int) -> None:
    photo = reading.photo(photo_id)
    if photo is None:
        return
    pictures.make(photo, pictures.WIDE, pictures.SQUARE)
    dispatches.leave("article", reading.articles_with_photo(photo))
    dispatches.leave("person", reading.people_with_portrait(photo))


def _static(page_id: int) -> None:
    source = reading.static_page(page_id)
    if source is None:
        store.remove(f"static:{page_id}")
    else:
        old = source.old_addresses.split("\n") if source.old_addresses else ()
        store.put(f"static:{page_id}", fronts.static(source), visible_from=source.updated_at, old_addresses=old)


def _front(kind: str, object_id: int, *, now: datetime) -> None:
    key = f"{kind}:{object_id}"
    source = reading.subject(kind, object_id)
    if source is None:
        store.remove(key)
        if kind == "rubric":
            arranged.put_front(object_id, now=now)
        return
    before = store.find(key, now=now)
    page = fronts.front(source)
    old = [before.path] if isinstance(before, FrontPage) and before.path != page.path else []
    if _is_renamed(before, page):  # before the front itself: a worker that dies between the two does both again
        dispatches.leave("article", reading.article_ids(kind, object_id))
    store.put(key, page, visible_from=now, old_addresses=old)
