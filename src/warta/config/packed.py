"""Compresses what Django answers and nothing keeps: a search, the most read, what is not there."""

import asyncio
import re
from typing import Final

from warta.config.asgi import Answered
from warta.delivery import segments

SMALLEST: Final = 1_000
"""An answer of fewer bytes fits into one packet as it is."""
_TEXT: Final = re.compile(r"text/|application/(?:[a-z.]+\+)?(?:xml|json)\b|image/svg\+xml")


async def packed(answered: Answered, accepted: str | None) -> Answered:
    """Return an answer in the content coding that a reader takes; what is no text, or coded already, as it is."""
    if len(answered.body) < SMALLEST or answered.header("content-encoding"):
        return answered
    if not _TEXT.match(answered.header("content-type")):
        return answered
    coding = segments.coding(accepted)
    vary = ", ".join(dict.fromkeys(filter(None, (answered.header("vary"), "Accept-Encoding"))))
    headers = [(name, value) for name, value in answered.headers if name not in {"vary", "content-length"}]
    headers.append(("vary", vary))
    if coding == "identity":
        return Answered(answered.status, headers, answered.body)
    headers.append(("content-encoding", coding))
    body = await asyncio.to_thread(lambda: segments.joined([segments.pack(answered.body.decode())], coding))
    return Answered(answered.status, headers, body)
