"""The short path: pages whose pieces are at hand are answered without Django and without asking the database.

Two kinds are at hand: articles, joined of their own parts, their token and the edition of now, and whole pages
(fronts, indexes, corrections, static pages, feeds, sitemaps, pages that save data), kept as Django made them until the
edition changes.
Of a request, only its method, path, `sebelum`, `lite`, `Accept-Encoding` and `If-None-Match` decide; no cookie, no
host, no other header is read.
"""

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from warta.delivery import cursors, headers, render, segments, surrogates
from warta.delivery.edition import Edition
from warta.delivery.parts import Part, Parts
from warta.delivery.segments import Segment
from warta.delivery.shelf import Shelf, Whole
from warta.lexicon import addresses
from warta.reads import tokens

Headers = list[tuple[str, str]]

WHOLE_PAGES: Final = 2_000
"""How many whole pages a process keeps, about 20 MB."""
BUSY_S: Final = 30.0
"""How long ago a page may have been given that is asked for all the time."""
AT_HAND: Final = 500
"""How many articles' whole answers a process keeps, about 5 MB: those that are asked for again and again."""
ASKED_ONCE: Final = 2_000
_LIVE_PAGES: Final = re.compile(
    rf"/(?:(?:indeks|ralat)(?:/[0-9]{{4}}/[0-9]{{2}}/[0-9]{{2}})?|(?:kanal|topik|penulis|laman)/{addresses.SLUG}|{addresses.SLUG})?"
    rf"|/(?:(?:(?:kanal|topik|penulis)/)?{addresses.SLUG}/)?feed(?:/atom|/json)?"
    rf"|{addresses.ENDED}"
    r"|/sitemap(?:/(?:news|fronts|[0-9]{4}-[0-9]{2}-[0-9]{2}))?\.xml"
)
LITE: Final = "lite"
"""The query that asks for a page that saves data."""
_LITE_PAGES: Final = re.compile(rf"/(?:(?:(?:kanal|topik|penulis)/)?{addresses.SLUG})?")
_CURSOR: Final = re.compile(rf"{cursors.PARAMETER}=-?[0-9]{{1,16}}-[0-9]{{1,18}}", re.ASCII)


@dataclass(slots=True)
class Answer:
    """What goes to the reader; `body` is empty for HEAD and 304, `content-length` is not."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class _AtHand:
    """An article's whole answer, good as long as edition and part are those of which it was joined."""

    edition: Edition
    part: Part
    hour: int
    answer: Answer

    def is_good(self, edition: Edition, parts: Parts, now_s: float) -> bool:
        is_same = self.edition is edition and self.hour == int(now_s) // tokens.WINDOW_S
        return is_same and parts.in_memory(self.part) and self.part.is_visible(now_s)


class ShortPath:
    """Answers what is at hand; the memory of one process."""

    def __init__(self, parts: Parts, shelf: Shelf) -> None:
        self.parts = parts
        self.generation = 0
        """How often pages were forgotten: to be read before a page is made that shall be kept."""
        self._shelf = shelf
        self._whole: OrderedDict[str, Whole] = OrderedDict()
        self._given_s: dict[str, float] = {}
        self._forgotten: set[str] = set()
        self._lock = Lock()  # the follower forgets in a thread of its own
        self._at_hand: dict[tuple[str, str | None], _AtHand] = {}
        self._asked_once: set[tuple[str, str | None]] = set()
        self._is_tagged = "cache-tag" in surrogates.in_headers("")
        common = [*((name.lower(), value) for name, value in headers.security().items())]
        common.append(("vary", "Accept-Encoding"))
        self._common: Headers = [*common, ("cache-control", headers.LIVE)]
        self._absent: Headers = [*common, ("cache-control", headers.ABSENT)]

    def article(
        self, path: str, edition: Edition, now_s: float, asked: Mapping[str, str], *, is_head: bool = False
    ) -> Answer | None:
        """Answer an article at its right address; None when it is not at hand or not to be seen."""
        accepted = asked.get("accept-encoding")
        wanted = (path, accepted)
        kept = self._at_hand.get(wanted)
        known = asked.get("if-none-match")
        is_whole = known is None and not is_head
        if kept is not None and is_whole and kept.is_good(edition, self.parts, now_s):
            return kept.answer
        article_id = addresses.article_id(path)
        part = None if article_id is None else self.parts.find(article_id)
        if part is None or part.path != path or not part.is_visible(now_s):
            return None
        frame = edition.frames[part.lang]
        hour = int(now_s) // tokens.WINDOW_S
        times = f"{int(part.start * 1000):x}" + (f"-{int(part.stop):x}" if part.stop else "")
        tag = f"{part.number:x}.{times}.{self.parts.version}.{frame.tag}.{hour:x}"
        pieces = (part.head, frame.top, part.body, _beacon(part.id, hour), frame.rest)
        keys = surrogates.of_article(part.id)
        answer = self._answer(pieces, tag, "text/html; charset=utf-8", accepted, known, keys=keys, is_head=is_head)
        if is_whole:
            self._keep_at_hand(wanted, _AtHand(edition, part, hour, answer))
        return answer

    def _keep_at_hand(self, wanted: tuple[str, str | None], made: "_AtHand") -> None:
        """Keep the answer to what is asked again; of what is asked once, no more than that it was."""
        if wanted not in self._asked_once:
            if len(self._asked_once) >= ASKED_ONCE:
                self._asked_once.clear()
            if len(wanted[1] or "") <= segments.USUAL:
                self._asked_once.add(wanted)
            return
        if len(self._at_hand) >= AT_HAND:
            self._at_hand.clear()
        self._at_hand[wanted] = made

    def whole(self, key: str, edition: Edition, asked: Mapping[str, str], *, is_head: bool = False) -> Answer | None:
        """Answer a whole page made under this edition, by any process; None when it must be made anew."""
        kept = self._whole.get(key)
        if kept is None or kept.edition != edition.tag:
            with self._lock:
                kept = self._shelf.find(key)
                if kept is None:
                    return None
                self._remember(key, kept)
        return self._given(key, kept, asked, is_head=is_head) if kept.edition == edition.tag else None

    def stale(self, key: str, asked: Mapping[str, str], *, is_head: bool = False) -> Answer | None:
        """Answer a whole page as it was last, when it cannot be made anew."""
        kept = self._whole.get(key)
        return None if kept is None else self._given(key, kept, asked, is_head=is_head)

    def has(self, key: str) -> bool:
        """Tell whether there is a whole page under this key, of whatever age."""
        return key in self._whole

    def is_busy(self, key: str) -> bool:
        """Tell whether a whole page was given a moment ago, so that the one from before is hardly old."""
        return time.monotonic() - self._given_s.get(key, -BUSY_S) < BUSY_S

    def keep(self, key: str, edition: Edition, answered: Answer, *, generation: int) -> bool:
        """Keep a page that Django made under this edition, unless pages were forgotten since `generation`; tell so."""
        said = dict(answered.headers)
        tag = hashlib.blake2b(answered.body, digest_size=8).hexdigest()
        segment = segments.pack(answered.body.decode())
        keys = said.get("surrogate-key", surrogates.LIVE)
        page = Whole(edition.tag, answered.status, said["content-type"], tag, keys, segment)
        with self._lock:
            if generation != self.generation:
                return False
            self._remember(key, page)
            self._shelf.keep(key, page)
        return True

    def forget(self, article_ids: Collection[int]) -> None:
        """Drop the pages that name one of these articles, which were withdrawn: they are never given again."""
        own = [part.path for number in article_ids if (part := self.parts.find(number)) is not None]
        with self._lock:
            self._forgotten.update(own)  # so that what the address says of the withdrawal is at hand too
            self.generation += 1
            gone = [key for key, page in self._whole.items() if page.is_out(key, article_ids)]
            for key in gone:
                del self._whole[key]
                self._given_s.pop(key, None)
            self._forgotten.update(gone)

    def forgotten(self) -> set[str]:
        """Return under which keys pages were forgotten, each once: they are to be made anew soon."""
        with self._lock:
            gone, self._forgotten = self._forgotten, set()
        return gone

    def clear(self) -> None:
        """Drop all whole pages."""
        with self._lock:
            self.generation += 1
            self._whole.clear()
            self._given_s.clear()

    def _remember(self, key: str, page: Whole) -> None:
        self._whole[key] = page
        self._whole.move_to_end(key)
        while len(self._whole) > WHOLE_PAGES:
            oldest, _ = self._whole.popitem(last=False)
            self._given_s.pop(oldest, None)

    def _given(self, key: str, kept: Whole, asked: Mapping[str, str], *, is_head: bool) -> Answer:
        self._given_s[key] = time.monotonic()
        pieces = (kept.segment,)
        accepted, known = asked.get("accept-encoding"), asked.get("if-none-match")
        if kept.status == 200:
            tag, content_type = kept.tag, kept.content_type
            return self._answer(pieces, tag, content_type, accepted, known, keys=kept.keys, is_head=is_head)
        common = [*self._absent, *self._named(kept.keys)]
        coding = segments.coding(accepted)
        return _answered(kept.status, common, pieces, kept.content_type, coding, is_head=is_head)

    def _answer(
        self,
        pieces: Sequence[Segment],
        tag: str,
        content_type: str,
        accepted: str | None,
        known: str | None,
        *,
        keys: str,
        is_head: bool,
    ) -> Answer:
        coding = segments.coding(accepted)
        etag = f'"{tag}-{coding[0]}"'
        common = [*self._common, *self._named(keys), ("etag", etag)]
        if known and (known.strip() == "*" or etag in known):
            return Answer(304, common, b"")
        return _answered(200, common, pieces, content_type, coding, is_head=is_head)

    def _named(self, keys: str) -> Headers:
        return list(surrogates.in_headers(keys).items()) if self._is_tagged else [("surrogate-key", keys)]


@lru_cache(maxsize=10_000)  # about 3 MB; to make it takes 4 µs
def _beacon(article_id: int, hour: int) -> Segment:
    return segments.laid(render.beacon_html(article_id, hour * tokens.WINDOW_S))


def _answered(
    status: int,
    common: Headers,
    pieces: Sequence[Segment],
    content_type: str,
    coding: str,
    *,
    is_head: bool,
) -> Answer:
    body = segments.joined(pieces, coding)
    made = [*common, ("content-type", content_type), ("content-length", str(len(body)))]
    if coding != "identity":
        made.append(("content-encoding", coding))
    return Answer(status, made, b"" if is_head else body)


def key(path: str, query: str) -> str | None:
    """Return under which key a whole page is kept; None for what is no such page or has an unknown query."""
    query = addresses.untracked(query) if query else query
    if query == LITE and (_LITE_PAGES.fullmatch(path) or addresses.article_id(path) is not None):
        return f"{path}?{query}"
    if _LIVE_PAGES.fullmatch(path) is None or path == addresses.popular():  # its lists change when no edition does
        return None
    if not query:
        return path
    if path != "/" and _CURSOR.fullmatch(query):
        return f"{path}?{query}"
    return None
