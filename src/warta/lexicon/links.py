"""Links to anywhere: what people and old archives wrote as the address of one, put right. Pure.

Source: URL Living Standard, 4.3 (what an address may hold) and 4.4 (how browsers read one that holds something else).
"""

import re
from typing import Final
from urllib.parse import quote

SCHEMES: Final = frozenset({"http", "https", "mailto"})
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB: Final = re.compile(r"https?:", re.IGNORECASE)
_HOST: Final = r"(?:[\w-]+\.)*[\w-]+\.?|\[[0-9a-f:.]+\]"
_AUTHORITY: Final = re.compile(rf"(?:[^@/]*@)?(?:{_HOST})(?::\d{{0,5}})?(?=/|$)", re.IGNORECASE)
_ODD: Final = re.compile(r"%(?![0-9a-f]{2})|[^\w!$&'()*+,./:;=?@~%-]", re.IGNORECASE)
_NO_SIGNS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def written(address: str) -> str:
    """Return an address as the standard wants it written, with the meaning that browsers give it.

    Empty when no browser could follow it, and for any scheme but http, https and mailto.
    """
    whole = _NO_SIGNS.sub("", address).strip()
    scheme = _SCHEME.match(whole)
    if scheme and scheme[1].lower() not in SCHEMES:
        return ""
    before, hash_, fragment = whole.partition("#")
    head, mark, query = before.partition("?")
    is_mail = scheme is not None and scheme[1].lower() == "mailto"
    right = _put_right(head) if is_mail else _head(head)
    return "" if right is None else right + mark + _put_right(query) + hash_ + _put_right(fragment)


def _head(said: str) -> str | None:
    """Return scheme, host and path; None when they name a host that there cannot be."""
    slashed = said.replace("\\", "/")
    start = _WEB.match(slashed)
    scheme = start[0].lower() if start else ""
    if not scheme and not slashed.startswith("//"):
        return _put_right(slashed)
    rest = slashed[len(scheme) :].lstrip("/")
    authority = _AUTHORITY.match(rest)
    return f"{scheme}//{authority[0]}{_put_right(rest[authority.end() :])}" if authority else None


def _put_right(part: str) -> str:
    return _ODD.sub(lambda found: quote(found[0], safe=""), part)
