"""Says in words what a browser calls itself in its user agent, for the person whose session it is."""

import re
from typing import Final

from django.utils.translation import gettext

_BROWSERS: Final = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|OPiOS/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"UCBrowser/", "UC Browser"),
    (r"Vivaldi/", "Vivaldi"),
    (r"YaBrowser/", "Yandex"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"(?:Headless)?Chrome/|CriOS/", "Chrome"),
    (r"Version/[\d.]+ .*Safari/", "Safari"),
)
"""The first that fits: most call themselves Chrome and Safari too."""
_SYSTEMS: Final = (
    (r"Windows", "Windows"),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "ChromeOS"),
    (r"Mac OS X|Macintosh", "macOS"),
    (r"Linux|X11", "Linux"),
)
_MOST: Final = 60
"""Characters of what is shown as it is."""


def in_words(agent: str) -> str:
    """Return browser and system, as `Firefox di Windows`; what is not known as it is, cut to 60 characters."""
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    if not browser or not system:
        return agent[:_MOST]
    return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for pattern, name in known if re.search(pattern, agent)), "")
