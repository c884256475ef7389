"""Tokens: an article's page carries one, signed and of its hour, without which a beacon does not count.

A token is 12 characters: the low byte of its hour (since 1970) and 8 bytes of a keyed hash of article and hour.
Source: RFC 7693 (BLAKE2, keyed).
"""

import base64
import binascii
from functools import cache, lru_cache
from hashlib import blake2b
from hmac import compare_digest
from typing import Final

from django.conf import settings

WINDOW_S: Final = 3600
GOOD_HOURS: Final = 6
"""A token of the running hour is good, and of as many hours before: a page that lay in a cache for a day has none."""
LENGTH: Final = 12
_HOURS: Final = 256


def write(article_id: int, now_s: float) -> str:
    """Return the token of an article for pages that are given now, in seconds since 1970."""
    hour = int(now_s) // WINDOW_S
    return base64.urlsafe_b64encode(bytes([hour % _HOURS]) + _sign(article_id, hour)).decode()


def age_hours(article_id: int, token: str, now_s: float) -> int | None:
    """Return how many hours ago the token of an article was given, None when it was never given.

    0 is the running hour; a machine whose clock is ahead may have given one of the next, which is 0 too.
    """
    return _age_hours(article_id, token, int(now_s) // WINDOW_S) if len(token) == LENGTH else None


@lru_cache(maxsize=8192)  # all readers of an article bring the same ones
def _age_hours(article_id: int, token: str, hour: int) -> int | None:
    try:
        first, *signature = base64.b64decode(token, altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    ahead = hour + 1
    back = (ahead - first) % _HOURS
    if not compare_digest(bytes(signature), _sign(article_id, ahead - back)):
        return None
    return max(back - 1, 0)


def _sign(article_id: int, hour: int) -> bytes:
    return blake2b(b"%d.%d" % (article_id, hour), key=_key(), digest_size=8).digest()


@cache
def _key() -> bytes:
    """Return a key of its own, derived from the paper's secret: all machines of a paper share that."""
    return blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"reads.tokens").digest()
