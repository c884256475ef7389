"""Takes one beacon: reads its address, lets the sieve judge it, notes it. It asks no database and answers nothing.

The page posts to `/baca/<id>/<token>?<host that led to it>` once it was seen, and to `/baca/<id>/<token>/<steps>` at
the end. Whatever else stands in a request is not looked at, its body least of all.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from warta.reads import reader, sieve, sources, tally
from warta.reads.buckets import End, Mark, Read
from warta.reads.sieve import Signal

ADDRESS: Final = re.compile(
    r"/baca/(?P<id>[0-9]{1,18})(?:/(?P<token>[A-Za-z0-9_-]{1,40})(?:/(?P<engaged>[0-4])(?P<quarter>[0-4]))?)?",
    re.ASCII,
)
"""An address of a beacon. Pages that were made before there were tokens post to the first part alone."""


def take(path: str, query: str, headers: Mapping[str, str], remote: str, now_s: float) -> bool:
    """Take a beacon from `remote`, with header names in lower case; False when there is no such address."""
    found = ADDRESS.fullmatch(path)
    if found is None:
        return False
    number, token, engaged, quarter = found.groups()
    article_id = int(number)
    rule = sieve.objection(headers) or sieve.doubt(article_id, token or "", now_s)
    if rule is not None:
        tally.PROCESS.drop(Signal.READ if engaged is None else Signal.END, rule, now_s)
        return True
    user_agent = headers.get("user-agent") or ""
    trusted = reader.networks(tuple(settings.WARTA_TRUSTED_PROXIES))
    origin = reader.origin(remote, headers.get("x-forwarded-for") or "", trusted=trusted)
    read = Read(article_id, int(now_s) // 3600, reader.seed(origin.address, user_agent))
    if engaged is not None:
        tally.PROCESS.note_end(read, End(int(engaged), int(quarter)))
        return True
    source, device = sources.source(query, _own_host()), sources.device(user_agent)
    tally.PROCESS.note(read, Mark(*origin, int(now_s) // 60, source, device), now_s)
    return True


@cache
def _own_host() -> str:
    return urlsplit(settings.WARTA_SITE_URL).netloc.lower()
