"""Where readers come from and on what they read, in classes so coarse that nobody is known by them. Pure."""

import re
from functools import lru_cache
from typing import Final

SOURCES: Final = ("search", "social", "direct", "own", "other")
DEVICES: Final = ("phone", "tablet", "desktop")

_ENDING: Final = r"(?:\.[a-z]{2,6}){1,2}"
_SEARCH: Final = re.compile(
    rf"(?:^|\.)(?:google|bing|yahoo|duckduckgo|yandex|baidu|ecosia|startpage|qwant|naver|search\.brave){_ENDING}$"
    r"|googlequicksearchbox"
)
_SOCIAL: Final = re.compile(
    r"(?:^|\.)(?:facebook|fb|instagram|twitter|threads|tiktok|youtube|linkedin|whatsapp|telegram|reddit|pinterest|"
    rf"tumblr|kaskus|quora|vk|snapchat){_ENDING}$"
    r"|(?:^|\.)(?:t\.co|x\.com|t\.me|youtu\.be|lnkd\.in|line\.me|bsky\.app|wa\.me|pin\.it)$"
    r"|^(?:com\.(?:facebook|instagram|twitter|whatsapp|zhiliaoapp|linkedin|reddit)|org\.telegram|jp\.naver\.line)\b"
)


@lru_cache(maxsize=1024)
def source(host: str, own: str) -> str:
    """Return the class of the host that a reader came from; `own` is the paper's. Scripts write none as `undefined`."""
    name = host.lower()[:253]
    if name in {"", "undefined"}:
        return "direct"
    if name == own:
        return "own"
    if _SEARCH.search(name):
        return "search"
    return "social" if _SOCIAL.search(name) else "other"


@lru_cache(maxsize=4096)
def device(user_agent: str) -> str:
    """Return the class of what somebody reads on."""
    if "iPad" in user_agent or "Tablet" in user_agent:
        return "tablet"
    if "Mobi" in user_agent or "Opera Mini" in user_agent:
        return "phone"
    return "tablet" if "Android" in user_agent else "desktop"
