"""What counts as a read, as far as a request's headers tell. Pure. Repeats are told apart in `buckets`."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    """Why a request is not a read."""

    NAMELESS = "nameless"
    """No user agent: every browser names itself."""
    ROBOT = "robot"
    """The user agent is a program that nobody reads with."""
    PREFETCH = "prefetch"
    """A browser fetches ahead; nobody has seen the page."""
    FOREIGN = "foreign"
    """A page of another site sent it, through its own visitors' browsers."""


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


def objection(headers: Mapping[str, str]) -> Reason | None:
    """Return why a request with these headers is not a read, None when it is one.

    Source: Fetch, 2.2.5 (`Sec-Purpose`) and Fetch Metadata, 2.3 (`Sec-Fetch-Site`); `Purpose`, `X-Purpose` and `X-Moz`
    are what older browsers send.
    """
    user_agent = headers.get("User-Agent", "").strip()
    if not user_agent:
        return Reason.NAMELESS
    if _program.search(user_agent):
        return Reason.ROBOT
    ahead = (headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    if any("prefetch" in purpose or "preview" in purpose or "prerender" in purpose for purpose in ahead):
        return Reason.PREFETCH
    if headers.get("Sec-Fetch-Site", "same-origin").lower() != "same-origin":
        return Reason.FOREIGN
    return None
