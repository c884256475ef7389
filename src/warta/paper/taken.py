"""The paper in parts, for programs: any article or withdrawal by its id, and fronts in their order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from warta import plain
from warta.paper.pages import ArticlePage, FrontKind, FrontPage, GonePage
from warta.paper.store import article_keys

_decoder: Final = msgspec.json.Decoder(ArticlePage | GonePage)
_front: Final = msgspec.json.Decoder(FrontPage)


def articles(article_ids: Sequence[int], *, now: datetime) -> dict[int, ArticlePage | GonePage]:
    """Return what may be seen at `now` of the given articles, those that were withdrawn among them; one query."""
    keys = [key for number in article_ids for key in article_keys(number)]
    if not keys:
        return {}
    rows = plain.ask(
        f"SELECT data FROM paper_storedpage WHERE key IN {plain.places(keys)} AND kind <> 'removed'"  # noqa: S608 — names of ours
        f" AND {plain.VISIBLE}",
        *keys,
        now,
        now,
    )
    pages = [_decoder.decode(data) for (data,) in rows]
    return {page.id: page for page in pages}


def fronts(
    kind: FrontKind, *, now: datetime, limit: int, behind: tuple[int, str] | None = None
) -> list[tuple[tuple[int, str], FrontPage]]:
    """Return at most `limit` fronts of a kind with their places, from behind a place on; one query.

    A place is the order of a front and what follows the kind in its key.
    """
    order, name = behind or (-1, "")
    rows = plain.ask(
        'SELECT "order", key, data FROM paper_storedpage WHERE kind = %s AND ("order", key) > (%s, %s)'  # noqa: S608 — names of ours
        f' AND {plain.VISIBLE} ORDER BY "order", key LIMIT %s',
        *(kind, order, f"{kind}:{name}", now, now, limit),
    )
    return [((order, key.partition(":")[2]), _front.decode(data)) for order, key, data in rows]
