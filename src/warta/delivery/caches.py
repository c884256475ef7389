"""The caches that may stand in front of the paper, and how each is told that pages are stale.

Varnish and nginx as `ops/` sets them up; Fastly and Cloudflare by their own interfaces. What is only out of date is
dropped softly where the cache can do that: it is asked for anew, and still there should the paper not answer.
Source: Fastly API, Purging (purge a set of keys); Cloudflare API v4, Purge Cache by tags.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from warta.delivery.asking import Asking, NotToldError, ask

MOST_KEYS: Final = 90
"""How many keys of their own one request may carry: Varnish reads headers up to 8 kB, Cloudflare takes 100 tags."""
REFRESH: Final = "X-Warta-Refresh"
"""The header at which nginx, set up as in `ops/nginx/`, asks for a page anew."""
_FORMS: Final = (
    "varnish:http://HOST:PORT, nginx:http://HOST:PORT, fastly:SERVICE or cloudflare:ZONE, separated by commas"
)
_INTERFACES: Final = {"fastly": "https://api.fastly.com", "cloudflare": "https://api.cloudflare.com"}
_NAME: Final = re.compile(r"[0-9A-Za-z]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cache:
    """One cache: its kind, where it is asked, and for a CDN the service or zone there and the token."""

    kind: str
    base: str
    place: str = ""
    token: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """How it is written in the setting."""
        return f"{self.kind}:{self.place or self.base}"


def read(text: str, token: str) -> tuple[Cache, ...]:
    """Read the caches from the setting.

    Raises: ValueError, saying what is wrong and what would be right.
    """
    return tuple(_cache(word.strip(), token) for word in text.split(",") if word.strip())


def tell(cache: Cache, *, gone: Sequence[str], changed: Sequence[str], paths: Iterable[str]) -> None:
    """Tell a cache which keys are gone and which are out of date; `paths` are the addresses of pages that are gone.

    Raises: NotToldError when it does not answer, or not with 200.
    """
    for asking in _ASKINGS[cache.kind](cache, gone, changed, paths):
        status, words = ask(cache.name, cache.base, asking)
        is_told = status < 500 if cache.kind == "nginx" else status == 200
        if not is_told:
            raise NotToldError(f"{cache.name} answered {status}: {words}")


def _varnish(cache: Cache, gone: Sequence[str], changed: Sequence[str], paths: Iterable[str]) -> list[Asking]:
    askings: list[Asking] = []
    if gone:
        askings.append(("PURGE", "/", {"Surrogate-Key": " ".join(gone)}, b""))
    if changed:
        askings.append(("PURGE", "/", {"Surrogate-Key": " ".join(changed), "Soft-Purge": "1"}, b""))
    return askings


def _fastly(cache: Cache, gone: Sequence[str], changed: Sequence[str], paths: Iterable[str]) -> list[Asking]:
    path, known = f"/service/{cache.place}/purge", {"Fastly-Key": cache.token, "Accept": "application/json"}
    askings: list[Asking] = []
    if gone:
        askings.append(("POST", path, {**known, "Surrogate-Key": " ".join(gone)}, b""))
    if changed:
        soft = {**known, "Surrogate-Key": " ".join(changed), "Fastly-Soft-Purge": "1"}
        askings.append(("POST", path, soft, b""))
    return askings


def _cloudflare(cache: Cache, gone: Sequence[str], changed: Sequence[str], paths: Iterable[str]) -> list[Asking]:
    """Name the pages of their own alone: what Cloudflare drops is gone, and every page of the paper has lists."""
    tags = [*gone, *(key for key in changed if "-" in key)]
    known = {"Authorization": f"Bearer {cache.token}", "Content-Type": "application/json"}
    path = f"/client/v4/zones/{cache.place}/purge_cache"
    return [("POST", path, known, json.dumps({"tags": tags}).encode())] if tags else []


def _nginx(cache: Cache, gone: Sequence[str], changed: Sequence[str], paths: Iterable[str]) -> list[Asking]:
    """Let it ask anew for the pages that are gone, in both forms in which it keeps them; it knows no keys."""
    codings = ("gzip", "identity")
    return [("GET", path, {REFRESH: "1", "Accept-Encoding": coding}, b"") for path in paths for coding in codings]


_ASKINGS: Final = {"varnish": _varnish, "fastly": _fastly, "cloudflare": _cloudflare, "nginx": _nginx}


def _cache(word: str, token: str) -> Cache:
    kind, _, place = word.partition(":")
    if kind in {"varnish", "nginx"}:
        parts = urlsplit(place)
        if parts.scheme in {"http", "https"} and parts.hostname and not parts.path.strip("/") and not parts.query:
            return Cache(kind, f"{parts.scheme}://{parts.netloc}")
    elif kind in _INTERFACES and _NAME.fullmatch(place):
        if not token:
            raise ValueError(f"{word!r} needs WARTA_PURGE_TOKEN")
        return Cache(kind, _INTERFACES[kind], place, token)
    raise ValueError(f"{word!r} is no cache: write {_FORMS}")
