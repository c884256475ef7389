"""The articles that were withdrawn last, for those who must be told: one query by an index of their own."""

from datetime import datetime
from typing import Final

import msgspec

from warta import plain
from warta.paper.pages import GonePage

_gone: Final = msgspec.json.Decoder(GonePage)


def latest(*, now: datetime, limit: int, since: datetime) -> list[GonePage]:
    """Return at most `limit` withdrawn articles, the last one first, none withdrawn before `since`."""
    rows = plain.ask(
        f"SELECT data FROM paper_storedpage WHERE kind = 'gone' AND {plain.VISIBLE} ORDER BY number DESC LIMIT %s",  # noqa: S608
        now,
        now,
        limit,
    )
    return [page for (data,) in rows if (page := _gone.decode(data)).withdrawn_at >= since]
