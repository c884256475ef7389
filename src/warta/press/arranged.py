"""Brings what editors arranged into the paper: articles at the places of fronts, and the breaking news."""

from datetime import datetime

from django.db import transaction

from warta.lexicon.fronts import SLOTS
from warta.newsroom import reading
from warta.paper import store
from warta.paper.pages import BreakingPage, PinPage, UnrankedPage


@transaction.atomic
def put_front(rubric_id: int, *, now: datetime) -> None:
    """Bring the front of a rubric, or with 0 the front page, to how it was arranged: readers see all of it at once."""
    name = f"rubric:{rubric_id}" if rubric_id else store.ALL
    arrangement = reading.arrangement(rubric_id)
    pins = {pin.slot: pin for pin in arrangement.pins if not pin.is_over(now)} if arrangement else {}
    for slot in SLOTS:
        key, pin = store.pin_key(name, slot), pins.get(slot)
        if pin is None or arrangement is None:
            store.remove(key)
        else:
            page = PinPage(article_id=pin.article_id)
            store.put(key, page, visible_from=arrangement.made_at, visible_until=pin.until)


@transaction.atomic
def put_breaking(*, now: datetime) -> None:
    """Bring the newest breaking news, or take it out when it has ended or leads to what readers do not have."""
    source = reading.breaking()
    article = source.article if source else None
    target = (article.path if article.live else "") if article else (source.path if source else "")
    if source is None or not target or not source.is_running(now):
        store.remove(store.BREAKING)
        return
    ends = [at for at in (source.ends_at, article.expire_at if article else None) if at is not None]
    page = BreakingPage(text=source.text, target=target, at=source.started_at)
    store.put(store.BREAKING, page, visible_from=source.started_at, visible_until=min(ends))


def put_unranked(article_id: int) -> None:
    """Bring that an article stands in no list of the most read, or that it does again."""
    key, since = store.unranked_key(article_id), reading.unranked_at(article_id)
    if since is None:
        store.remove(key)
    else:
        store.put(key, UnrankedPage(article_id=article_id), visible_from=since)


def work(key: str) -> tuple[str, str] | None:
    """Return which work makes the page under a key anew, None for a page of another kind."""
    if key == store.BREAKING:
        return "breaking", "0"
    if key.startswith("pin:"):
        return "front", "0" if key.startswith(store.pin_key(store.ALL, "")) else key.split(":")[2]
    return None
