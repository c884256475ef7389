"""The short path: pages whose pieces are at hand are answered without Django and without asking the database.

Two kinds are at hand: articles, joined of their own parts and the edition of now, and whole pages (fronts, indexes,
static pages), kept as Django made them until the edition changes. Of a request, only its method, path, `sebelum`,
`Accept-Encoding` and `If-None-Match` decide; no cookie, no host, no other header is read.
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from warta.delivery import cursors, headers, segments, surrogates
from warta.delivery.edition import Edition
from warta.delivery.parts import Parts
from warta.delivery.segments import Segment
from warta.lexicon import addresses

Headers = list[tuple[str, str]]

WHOLE_PAGES: Final = 2_000
"""How many whole pages a process keeps, about 20 MB."""
_LIVE_PAGES: Final = re.compile(
    rf"/(?:indeks(?:/[0-9]{{4}}/[0-9]{{2}}/[0-9]{{2}})?|(?:kanal|topik|penulis|laman)/{addresses.SLUG}|{addresses.SLUG})?"
)
_CURSOR: Final = re.compile(rf"{cursors.PARAMETER}=-?[0-9]{{1,16}}-[0-9]{{1,18}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes to the reader; `body` is empty for HEAD and 304, `content-length` is not."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Whole:
    """A page as Django made it, good as long as the edition has this tag."""

    edition: str
    content_type: str
    segment: Segment
    tag: str
    keys: str


class ShortPath:
    """Answers what is at hand; the memory of one process."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._whole: OrderedDict[str, Whole] = OrderedDict()
        common = [*((name.lower(), value) for name, value in headers.security().items())]
        self._common: Headers = [*common, ("vary", "Accept-Encoding"), ("cache-control", headers.LIVE)]

    def article(
        self, path: str, edition: Edition, now_s: float, asked: Mapping[str, str], *, is_head: bool = False
    ) -> Answer | None:
        """Answer an article at its right address; None when it is not at hand or not to be seen."""
        address = addresses.read_article(path)
        part = self.parts.find(address.id) if address else None
        if part is None or part.path != path or not part.is_visible(now_s):
            return None
        frame = edition.frames[part.lang]
        tag = f"{part.number:x}.{self.parts.version}.{frame.tag}"
        pieces = (part.head, frame.top, part.body, frame.lists, frame.foot)
        keys = surrogates.of_article(part.id)
        return self._answer(pieces, tag, "text/html; charset=utf-8", asked, keys=keys, is_head=is_head)

    def whole(self, key: str, edition: Edition, asked: Mapping[str, str], *, is_head: bool = False) -> Answer | None:
        """Answer a whole page made under this edition; None when it must be made anew."""
        kept = self._whole.get(key)
        if kept is None or kept.edition != edition.tag:
            return None
        return self._answer((kept.segment,), kept.tag, kept.content_type, asked, keys=kept.keys, is_head=is_head)

    def stale(self, key: str, asked: Mapping[str, str], *, is_head: bool = False) -> Answer | None:
        """Answer a whole page as it was last, when it cannot be made anew."""
        kept = self._whole.get(key)
        if kept is None:
            return None
        return self._answer((kept.segment,), kept.tag, kept.content_type, asked, keys=kept.keys, is_head=is_head)

    def keep(self, key: str, edition: Edition, content_type: str, body: bytes, *, keys: str = surrogates.LIVE) -> None:
        """Keep a page that Django made under this edition, and its surrogate keys."""
        tag = hashlib.blake2b(body, digest_size=8).hexdigest()
        self._whole[key] = Whole(edition.tag, content_type, segments.pack(body.decode()), tag, keys)
        self._whole.move_to_end(key)
        while len(self._whole) > WHOLE_PAGES:
            self._whole.popitem(last=False)

    def _answer(
        self,
        pieces: Sequence[Segment],
        tag: str,
        content_type: str,
        asked: Mapping[str, str],
        *,
        keys: str,
        is_head: bool,
    ) -> Answer:
        coding = segments.coding(asked.get("accept-encoding"))
        etag = f'"{tag}-{coding[0]}"'
        if (known := asked.get("if-none-match")) and (known.strip() == "*" or etag in known):
            return Answer(304, [*self._common, *_named(keys), ("etag", etag)], b"")
        body = segments.joined(pieces, coding)
        made = [*self._common, *_named(keys), ("etag", etag), ("content-type", content_type)]
        made.append(("content-length", str(len(body))))
        if coding != "identity":
            made.append(("content-encoding", coding))
        return Answer(200, made, b"" if is_head else body)


def _named(keys: str) -> Headers:
    return [(name.lower(), value) for name, value in surrogates.in_headers(keys).items()]


def key(path: str, query: str) -> str | None:
    """Return under which key a whole page is kept; None for what is no such page or has an unknown query."""
    if _LIVE_PAGES.fullmatch(path) is None:
        return None
    if not query:
        return path
    if path != "/" and _CURSOR.fullmatch(query):
        return f"{path}?{query}"
    return None
