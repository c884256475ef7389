"""What counts as a read: every rule by which a beacon is dropped, and those of them that its own words decide. Pure.

What a beacon is held against others for is decided in `tally` (too fast), `counting` (repeats, crowds) and `buckets`.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from warta.reads import tokens


class Signal(StrEnum):
    """What a page says: that it was seen, and once at the end how long and how far it was read."""

    READ = "read"
    END = "end"


class Rule(StrEnum):
    """What becomes of a beacon: it is stored, or dropped by the first of these rules that it breaks."""

    NAMELESS = "nameless"
    """No user agent: every browser names itself."""
    ROBOT = "robot"
    """The user agent is a program that nobody reads with."""
    PREFETCH = "prefetch"
    """A browser fetches ahead; nobody has seen the page."""
    FOREIGN = "foreign"
    """A page of another site sent it, through its own visitors' browsers."""
    REFUSED = "refused"
    """The reader does not want to be counted (Do Not Track, Global Privacy Control)."""
    FORGED = "forged"
    """It has no token of this article that the paper ever gave."""
    EXPIRED = "expired"
    """Its token is too old: the page lay in a cache, or somebody kept it."""
    TOO_FAST = "too-fast"
    """One reader, more articles in a second than anybody can open."""
    FULL = "full"
    """More wait to be written than the process may hold."""
    LATE = "late"
    """It could not be written before the day's salt was thrown away."""
    UNSEEN = "unseen"
    """The article cannot be seen (any more)."""
    REPEAT = "repeat"
    """This reader was counted for this article in this hour already."""
    CROWD = "crowd"
    """Too many readers of one article from one address that reads little else."""
    BURST = "burst"
    """The same from one network of addresses, such as a data centre's."""
    UNREAD = "unread"
    """The end of a visit that was not counted as a read."""
    STORED = "stored"
    """It counts."""


READ_AFTER_S: Final = 3
"""How many seconds a page must have been visible: `delivery`'s script waits for them."""
FASTEST: Final = 10
"""How many reads one reader may send in a second."""

_PROGRAMS: Final = (
    r"(?<!cu)bot",  # Googlebot, bingbot, GPTBot, UptimeRobot; but Cubot makes telephones
    r"crawl|spider|slurp|scrap(?:e|y)|archiver|mediapartners|validator|checker|scanner|httrack",
    r"externalhit|externalagent|externalfetcher|^whatsapp/|preview|embedly|feed(?!back)|\brss|fetch",
    r"monitor|pingdom|uptime|statuscake|datadog|synthetics|lighthouse|pagespeed|ptst/|gtmetrix",
    r"\bgoogle-|googleother|headless|phantomjs|puppeteer|playwright|selenium|webdriver|prerender",
    r"curl|wget|python|aiohttp|httpx|libwww|\bperl/|\bruby|^php|guzzle|^java/|okhttp|apache-http|go-http",
    r"axios|^node|undici|\bdeno/|\bbun/|postman|insomnia|httpie|winhttp|^dalvik/|^hey/|\bk6/|jmeter",
    r"zgrab|masscan|nmap|nikto|sqlmap|nuclei",
    r"https?://",  # programs leave the address of their makers; browsers do not
)
"""What programs call themselves, as far as they say so. Source: the user agents that their operators publish."""

_program: Final = re.compile("|".join(_PROGRAMS), re.IGNORECASE)
_ahead: Final = re.compile("prefetch|preview|prerender", re.IGNORECASE)


def objection(headers: Mapping[str, str]) -> Rule | None:
    """Return why a request with these headers (by lower-case name) is not a read, None when it is one.

    Source: Fetch, 2.2.5 (`Sec-Purpose`) and Fetch Metadata, 2.3 (`Sec-Fetch-Site`); `Purpose`, `X-Purpose` and `X-Moz`
    are what older browsers send. Tracking Preference Expression, 5.2 (`DNT`); Global Privacy Control, 3.2 (`Sec-GPC`).
    """
    named = _named(headers.get("user-agent") or "")
    if named is not None:
        return named
    for name in _AHEAD:
        if (purpose := headers.get(name)) and _ahead.search(purpose):
            return Rule.PREFETCH
    if (headers.get("sec-fetch-site") or "same-origin").lower() != "same-origin":
        return Rule.FOREIGN
    if headers.get("dnt") == "1" or headers.get("sec-gpc") == "1":
        return Rule.REFUSED
    return None


def doubt(article_id: int, token: str, now_s: float) -> Rule | None:
    """Return why a token does not let a beacon of an article count, None when it does."""
    age = tokens.age_hours(article_id, token, now_s)
    if age is None:
        return Rule.FORGED
    return Rule.EXPIRED if age > tokens.GOOD_HOURS else None


@lru_cache(maxsize=4096)  # browsers share few names
def _named(user_agent: str) -> Rule | None:
    if not user_agent.strip():
        return Rule.NAMELESS
    return Rule.ROBOT if _program.search(user_agent) else None


_AHEAD: Final = ("sec-purpose", "purpose", "x-purpose", "x-moz")
