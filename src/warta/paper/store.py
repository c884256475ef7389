"""Puts pages into the paper and takes them out. Every look-up carries the time test; every write has a number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from django.db import transaction
from django.db.models import Q

from warta import plain
from warta.lexicon import embargo
from warta.lexicon.fronts import SLOTS
from warta.paper import notices
from warta.paper.models import StoredPage, Told
from warta.paper.pages import ArticlePage, BreakingPage, FrontPage, GonePage, Page, PinPage, StaticPage, UnrankedPage

ALL: Final = "all"
"""The list that holds every article."""

_decoder: Final = msgspec.json.Decoder(Page)
_KINDS: Final = {
    ArticlePage: "article",
    GonePage: "gone",
    FrontPage: "front",
    StaticPage: "static",
    PinPage: "pin",
    UnrankedPage: "unranked",
    BreakingPage: "breaking",
}
BREAKING: Final = "breaking"
"""The key of the breaking news: there is one or none."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a follower learns: page `key` was written or removed by change `number`."""

    number: int
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A page as it lies in the store: written by change `number`, to be seen from one instant until another."""

    page: Page
    number: int
    visible_from: datetime
    visible_until: datetime | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page, each in its order."""

    rubrics: tuple[FrontPage, ...]
    channels: tuple[FrontPage, ...]
    statics: tuple[StaticPage, ...]
    breaking: BreakingPage | None


def pin_key(name: str, slot: str) -> str:
    """Return the key of what an editor put at a place of the front of a list (`all`: the front page)."""
    return f"pin:{name}:{slot}"


def unranked_key(article_id: int) -> str:
    """Return the key of what says that an article stands in no list of the most read."""
    return f"unranked:{article_id}"


def article_key(article_id: int) -> str:
    """Return the key of an article's page."""
    return f"article:{article_id}"


def coming_key(article_id: int) -> str:
    """Return the key of the page that takes over from an article's page at its `visible_from`."""
    return f"coming:{article_id}"


def article_keys(article_id: int) -> tuple[str, str]:
    """Return both keys of an article; their times adjoin, so that at most one page may be seen at any instant."""
    return article_key(article_id), coming_key(article_id)


def article_id(key: str) -> int | None:
    """Return the id of the article whose page has a key, None for the key of another kind of page."""
    kind, _, number = key.partition(":")
    return int(number) if kind in {"article", "coming"} else None


def visible(now: datetime) -> Q:
    """Return the time test as a query condition: from `visible_from` on, and before `visible_until`."""
    return Q(visible_from__lte=now) & (Q(visible_until__isnull=True) | Q(visible_until__gt=now))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page that is to be stored: its key, its times, the lists it stands in and the addresses that lead to it."""

    key: str
    page: Page
    visible_from: datetime
    visible_until: datetime | None = None
    lists: Sequence[str] = ()
    old_addresses: Sequence[str] = ()


@transaction.atomic
def put(
    key: str,
    page: Page,
    *,
    visible_from: datetime,
    visible_until: datetime | None = None,
    lists: Sequence[str] = (),
    old_addresses: Iterable[str] = (),
) -> int:
    """Store a page under its key, in place of what was there, and return the number of the change.

    `lists` are the lists that an article stands in (all of them, each time); `old_addresses` are added to those known.
    """
    entry = Entry(
        key=key,
        page=page,
        visible_from=visible_from,
        visible_until=visible_until,
        lists=lists,
        old_addresses=tuple(old_addresses),
    )
    return put_many([entry])


@transaction.atomic
def put_many(entries: Sequence[Entry]) -> int:
    """Store pages, at least one, each under its key and all at one instant; return the number of the last change."""
    last = _next_number(len(entries))
    notices.tell()
    rows = [_row(entry, last - len(entries) + place) for place, entry in enumerate(entries, start=1)]
    _take_out_of_lists(_write(rows))
    plain.insert(
        "paper_placement",
        ("page_id", "list", "article_id", "published_at", "visible_from", "visible_until"),
        (
            (entry.key, name, page.id, page.published_at, entry.visible_from, entry.visible_until)
            for entry in entries
            if isinstance(page := entry.page, ArticlePage)
            for name in dict.fromkeys(entry.lists)
        ),
    )
    for row, entry in zip(rows, entries, strict=True):
        if isinstance(entry.page, ArticlePage) and entry.page.corrections:
            _tell_corrections(row, entry.page)
    owners = {address: entry.key for entry in entries for address in entry.old_addresses}
    otherwise = "(address) DO UPDATE SET key = excluded.key"
    named = ("address", "key")
    plain.insert("paper_oldaddress", named, owners.items(), on_conflict=otherwise, types=("text", "text"))
    return last


@transaction.atomic
def remove(key: str) -> int | None:
    """Take a page out; its tombstone tells the followers. Return the change's number, None if there was no page."""
    if not plain.ask("SELECT 1 FROM paper_storedpage WHERE key = %s AND kind <> 'removed'", key):
        return None
    number = _next_number()
    notices.tell()
    _take_out_of_lists([key])
    _write([StoredPage(key=key, kind="removed", path="", number=number)])
    return number


def known(keys: Sequence[str]) -> list[str]:
    """Return those of the keys under which there is a page."""
    is_asked, values = plain.among(keys)
    asked = f"SELECT key FROM paper_storedpage WHERE kind <> 'removed' AND key {is_asked}"  # noqa: S608 — names of ours
    return [key for (key,) in plain.ask(asked, *values)] if keys else []


def stored(key: str) -> Stored | None:
    """Return the page under a key with its change number and its times, whether it may be seen or not."""
    row = StoredPage.objects.filter(key=key).exclude(kind="removed").first()
    if row is None or row.visible_from is None:
        return None
    return Stored(_decoder.decode(row.data), row.number, row.visible_from, row.visible_until)


def stored_many(keys: Sequence[str]) -> dict[str, Stored]:
    """Return the pages under keys, those there are, whether they may be seen or not; one query."""
    if not keys:
        return {}
    is_asked, values = plain.among(keys)
    rows = plain.ask(
        "SELECT key, data, number, visible_from, visible_until FROM paper_storedpage"  # noqa: S608 — names of ours
        f" WHERE kind <> 'removed' AND visible_from IS NOT NULL AND key {is_asked}",
        *values,
    )
    return {
        key: Stored(_decoder.decode(data), number, plain.instant(start), plain.instant(stop) if stop else None)
        for key, data, number, start, stop in rows
    }


def shown_articles(article_ids: Sequence[int], *, now: datetime) -> dict[int, ArticlePage]:
    """Return the pages of those of the given articles that may be seen at `now`; one query."""
    keys = [key for number in article_ids for key in article_keys(number)]
    if not keys:
        return {}
    rows = plain.ask(
        f"SELECT data FROM paper_storedpage WHERE key IN {plain.places(keys)} AND {plain.VISIBLE}",  # noqa: S608 — names of ours
        *keys,
        now,
        now,
    )
    pages = [_decoder.decode(data) for (data,) in rows]
    return {page.id: page for page in pages if isinstance(page, ArticlePage)}


def stored_article(article_id: int, *, now: datetime) -> Stored | None:
    """Return the page of an article of `now`, or when there is none the one that stands first; one query.

    Its number is that of the last change of either page, so that a part made of it is good as of that change.
    """
    rows = list(StoredPage.objects.filter(key__in=article_keys(article_id)).exclude(kind="removed").order_by("key"))
    if not rows:
        return None
    shown = next((row for row in rows if _is_visible(row, now)), rows[0])
    if shown.visible_from is None:
        return None
    number = max(row.number for row in rows)
    return Stored(_decoder.decode(shown.data), number, shown.visible_from, shown.visible_until)


def find(key: str, *, now: datetime) -> Page | None:
    """Return the page under a key if it may be seen at `now`; of an article, the one whose time it is."""
    number = article_id(key)
    return _one(Q(key=key) if number is None else Q(key__in=article_keys(number)), now)


def at(path: str, *, now: datetime) -> Page | None:
    """Return the front or static page at a path if it may be seen at `now`."""
    return _one(Q(path=path), now)


def frame(*, now: datetime) -> Frame:
    """Return what stands around every page: rubrics, channels, static pages, breaking news; one query."""
    kinds = ("rubric", "channel", "static", "breaking")
    rows = plain.ask(
        f"SELECT data FROM paper_storedpage WHERE kind IN {plain.places(kinds)} AND {plain.VISIBLE}"  # noqa: S608 — names of ours
        ' ORDER BY "order", key',
        *kinds,
        now,
        now,
    )
    pages = [_decoder.decode(data) for (data,) in rows]
    fronts = [page for page in pages if isinstance(page, FrontPage)]
    return Frame(
        rubrics=tuple(page for page in fronts if page.kind == "rubric"),
        channels=tuple(page for page in fronts if page.kind == "channel"),
        statics=tuple(page for page in pages if isinstance(page, StaticPage)),
        breaking=next((page for page in pages if isinstance(page, BreakingPage)), None),
    )


def pins(name: str, *, now: datetime) -> Mapping[str, int]:
    """Return which article an editor put at which place of a list's front, as far as its time is now; one query."""
    keys = {pin_key(name, slot): slot for slot in SLOTS}
    rows = StoredPage.objects.filter(visible(now), kind="pin", key__in=keys).values_list("key", "data")
    found = [(keys[key], _decoder.decode(data)) for key, data in rows]
    return {slot: page.article_id for slot, page in found if isinstance(page, PinPage)}


def moved_to(addresses: Sequence[str], *, now: datetime) -> str | None:
    """Return the path to which the first known one of old addresses leads now.

    One look-up by the index of addresses; None when none is known, or when the page is not to be seen.
    """
    known = dict(
        plain.ask(
            f"SELECT address, key FROM paper_oldaddress WHERE address IN {plain.places(addresses)}",  # noqa: S608 — names of ours
            *addresses,
        )
    )
    key = next((known[address] for address in addresses if address in known), None)
    if key is None:
        return None
    number = article_id(key)
    keys = (key,) if number is None else article_keys(number)
    return StoredPage.objects.filter(visible(now), key__in=keys).values_list("path", flat=True).first()


def changes(after: int, limit: int = 1000) -> list[Change]:
    """Return what changed after change number `after`, in order, at most `limit`."""
    asked = "SELECT number, key, kind FROM paper_storedpage WHERE number > %s ORDER BY number LIMIT %s"
    return [Change(*row) for row in plain.ask(asked, after, limit)]


def last_number() -> int:
    """Return the number of the last change, 0 when nothing was ever put.

    Every follower asks at every commit.
    """
    rows = plain.ask("SELECT value FROM paper_counter WHERE name = 'changes'")
    return int(rows[0][0]) if rows else 0


def next_instant(now: datetime) -> datetime | None:
    """Return the next instant after `now` at which something appears or expires by time alone."""
    [first] = plain.ask(
        "SELECT (SELECT min(visible_from) FROM paper_storedpage WHERE visible_from > %s),"
        " (SELECT min(visible_until) FROM paper_storedpage WHERE visible_until > %s)",
        now,
        now,
    )
    return min((plain.instant(at) for at in first if at is not None), default=None)


def outdated(schema: int, limit: int = 500) -> list[str]:
    """Return keys of pages whose shape is older than `schema`, so that they can be pressed anew."""
    rows = StoredPage.objects.exclude(kind="removed").exclude(key__startswith="coming:").filter(schema__lt=schema)
    return list(rows.order_by("key").values_list("key", flat=True)[:limit])


def _is_visible(row: StoredPage, now: datetime) -> bool:
    return row.visible_from is not None and embargo.is_visible(row.visible_from, row.visible_until, now)


def _tell_corrections(row: StoredPage, page: ArticlePage) -> None:
    starts = row.visible_from or page.published_at
    Told.objects.bulk_create(
        Told(
            correction_id=correction.id,
            page=row,
            told_at=max(correction.at, page.published_at),
            visible_from=starts,
            visible_until=row.visible_until,
            data=msgspec.json.encode(correction).decode(),
        )
        for correction in page.corrections
    )


def _one(condition: Q, now: datetime) -> Page | None:
    data = StoredPage.objects.filter(visible(now), condition).values_list("data", flat=True).first()
    return None if data is None else _decoder.decode(data)


def _row(entry: Entry, number: int) -> StoredPage:
    page = entry.page
    return StoredPage(
        key=entry.key,
        kind=page.kind if isinstance(page, FrontPage) else _KINDS[type(page)],
        path=page.path,
        order=page.order if isinstance(page, FrontPage | StaticPage) else 0,
        schema=page.schema,
        number=number,
        visible_from=entry.visible_from,
        visible_until=entry.visible_until,
        teaser=msgspec.json.encode(page.teaser).decode() if isinstance(page, ArticlePage) else "",
        data=msgspec.json.encode(page).decode(),
    )


def _next_number(count: int = 1) -> int:
    """Take this many numbers and return the last of them."""
    [(number,)] = plain.ask(
        "INSERT INTO paper_counter (name, value) VALUES ('changes', %s)"
        " ON CONFLICT (name) DO UPDATE SET value = paper_counter.value + excluded.value RETURNING value",
        count,
    )
    return int(number)


def _take_out_of_lists(keys: Sequence[str]) -> None:
    """Remove what hangs on pages, without reading it first, as Django's `delete` would."""
    if not keys:
        return
    is_theirs, values = plain.among(keys)
    for table in ("paper_placement", "paper_told"):
        plain.do(f"DELETE FROM {table} WHERE page_id {is_theirs}", *values)  # noqa: S608 — names of ours


def _write(rows: Sequence[StoredPage]) -> list[str]:
    """Write rows over those that are there, and return their keys; new ones as new, which takes PostgreSQL less."""
    names = [field.name for field in StoredPage._meta.fields]
    values = {row.key: [getattr(row, name) for name in names] for row in rows}
    is_asked, keys = plain.among(values)
    there = {key for (key,) in plain.ask(f"SELECT key FROM paper_storedpage WHERE key {is_asked}", *keys)}  # noqa: S608 — names of ours
    others = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "key")
    new = [row for key, row in values.items() if key not in there]
    known = [row for key, row in values.items() if key in there]
    plain.insert("paper_storedpage", names, new)
    plain.insert("paper_storedpage", names, known, on_conflict=f"(key) DO UPDATE SET {others}")
    return list(there)
