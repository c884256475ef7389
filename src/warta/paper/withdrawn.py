"""The articles that readers had and have no more, the last first, for those who must be told."""

from datetime import datetime
from typing import Final

import msgspec

from warta import plain
from warta.paper import lists
from warta.paper.pages import GonePage
from warta.paper.store import article_id

_gone: Final = msgspec.json.Decoder(GonePage)


def latest(*, now: datetime, limit: int, since: datetime) -> list[GonePage]:
    """Return at most `limit` withdrawn articles, the last one first, none withdrawn before `since`.

    One query by an index of their own.
    """
    rows = plain.ask(
        f"SELECT data FROM paper_storedpage WHERE kind = 'gone' AND {plain.VISIBLE} ORDER BY number DESC LIMIT %s",  # noqa: S608
        now,
        now,
        limit,
    )
    return [page for (data,) in rows if (page := _gone.decode(data)).withdrawn_at >= since]


def ended(*, now: datetime, limit: int, since: datetime) -> list[int]:
    """Return the ids of articles that were withdrawn, removed, or whose time was over: at most `limit` of each.

    None was withdrawn or over before `since`; of the removed, of which nothing is kept, the last. Four queries.
    """
    removed = plain.ask(
        "SELECT key FROM paper_storedpage WHERE kind = 'removed' AND key LIKE 'article:%%'"
        " ORDER BY number + 0 DESC LIMIT %s",  # + 0: by the index of kinds, not by that of numbers through all pages
        limit,
    )
    over = plain.ask(
        "SELECT key FROM paper_storedpage WHERE visible_until > %s AND visible_until <= %s"
        " ORDER BY visible_until DESC LIMIT %s",
        since,
        now,
        limit,
    )
    gone = {page.id for page in latest(now=now, limit=limit, since=since)}
    gone |= {number for (key,) in (*removed, *over) if (number := article_id(key)) is not None}
    return sorted(gone - {teaser.id for teaser in lists.teasers(sorted(gone), now=now)})
