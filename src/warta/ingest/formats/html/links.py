"""Addresses of pages: one form for each, and which page of a story an address means."""

import re
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

ALL: Final = 0
"""The number of the page that shows a whole story at once."""
MOST_PAGES: Final = 99

_LONGEST: Final = 2_000
_TRACKING: Final = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_ga|ref|tracking|campaign", re.IGNORECASE
)
_BLANK: Final = re.compile(r"[\x00-\x20\x7f\ud800-\udfff]+")
_NUMBER: Final = r"(?P<number>\d{1,2}|all|semua)"
_QUERY: Final = re.compile(rf"(?:page|paged|hal|halaman|showpage|pagenum)={_NUMBER}", re.IGNORECASE | re.ASCII)
_SINGLE: Final = re.compile(r"(?:single|showall|all)=(?:1|true)", re.IGNORECASE)
_NAMED: Final = re.compile(
    rf"(?P<before>.+?)(?:/|-|_)(?:page|halaman|hal)[-_/]?{_NUMBER}(?P<after>\.[a-z]{{3,5}})?/?",
    re.IGNORECASE | re.ASCII,
)
_BARE: Final = re.compile(
    r"(?P<before>.+?)[-_/](?P<number>\d{1,2}|all)(?P<after>\.[a-z]{3,5})?/?", re.IGNORECASE | re.ASCII
)
_SHOWN: Final = re.compile(r"(?:www|m|amp|mobile)\.(?=[^.]+\.)", re.IGNORECASE)


class Numbered(NamedTuple):
    """A reading of an address: its story, the number of the page, and whether it can mean nothing else."""

    story: str
    number: int
    is_sure: bool


def normal(address: str, base: str = "") -> str:
    """Return an address as https, without fragment and tracking, made whole by `base`; nothing when it is none."""
    try:
        parts = urlsplit(urljoin(base, _BLANK.sub("", address)[: _LONGEST + 1]))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return ""
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.fullmatch(part.split("=")[0]))
    place = f"[{host}]" if ":" in host else host
    place = f"{place}:{port}" if port not in {None, 80, 443} else place
    whole = urlunsplit(("https", place, parts.path or "/", query, ""))
    return whole if len(whole) <= _LONGEST else ""


def key(address: str) -> str:
    """Return what two addresses of one page have in common: no scheme, no `www.` or `m.`, no slash at the end."""
    return _SHOWN.sub("", address.removeprefix("https://"), count=1).rstrip("/")


def host(address: str) -> str:
    """Return the host of a normal address."""
    return urlsplit(address).hostname or ""


def home(address: str) -> frozenset[str]:
    """Return the hosts under which the site of an address is known."""
    name = host(address)
    bare = _SHOWN.sub("", name, count=1)
    return frozenset({name, bare, f"www.{bare}", f"m.{bare}", f"amp.{bare}"}) if name else frozenset()


def is_front(address: str) -> bool:
    """Tell whether an address is that of the front of a site."""
    return bool(address) and re.fullmatch(r"/(?:index\.\w{2,5}|home|beranda)?/?", urlsplit(address).path) is not None


def readings(address: str) -> tuple[Numbered, ...]:
    """Return what an address can mean as a page of a story, the surest reading first; `…/banjir` itself is page 1."""
    parts = urlsplit(address)
    found = []
    rest = []
    for part in parts.query.split("&") if parts.query else ():
        asked = _QUERY.fullmatch(part)
        if asked or _SINGLE.fullmatch(part):
            found.append(_number(asked["number"]) if asked else ALL)
        else:
            rest.append(part)
    if found:
        return (Numbered(urlunsplit(parts._replace(query="&".join(rest))), found[0], is_sure=True),)
    told = []
    for pattern, is_sure in ((_NAMED, True), (_BARE, False)):
        match = pattern.fullmatch(parts.path)
        if match and match["before"].strip("/"):
            path = match["before"] + (match["after"] or "")
            told.append(Numbered(urlunsplit(parts._replace(path=path)), _number(match["number"]), is_sure))
    return (*told, Numbered(address, 1, is_sure=False))


def number(address: str, story: str) -> int | None:
    """Return which page of a story an address is, 0 for the whole story on one page, None when it is none of it."""
    wanted = key(story)
    return next((each.number for each in readings(address) if key(each.story) == wanted), None)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else ALL
