"""What makes the paper installable, and what keeps articles that were read for when there is no network.

The worker is `templates/delivery/worker.js`; before it stand its words, in each language that an article can have.
"""

import json
from datetime import timedelta
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from warta.delivery import making
from warta.delivery.inline import FOLDER, GROUNDS
from warta.lexicon import addresses
from warta.lexicon.languages import LANGUAGES

MANIFEST: Final = "/manifest.webmanifest"
ICON: Final = "/ikon-512.png"
TOLD_FOR: Final = timedelta(days=8)
"""How long devices are told of what is gone: a day longer than they keep anything."""
ENDED: Final = 200
"""How many articles of each kind of end they are told of."""
LIMITS: Final = pgettext_lazy(
    "reader", "The last 30 articles you read are kept on this device for 7 days; without a network they stand here."
)
_WORDS: Final[dict[str, str | Promise]] = {
    "kept": pgettext_lazy("reader", "You are offline; this page was kept on"),
    "list": pgettext_lazy("reader", "Kept on this device"),
    "offline": pgettext_lazy("reader", "You are offline."),
    "absent": pgettext_lazy("reader", "The page that you asked for is not kept on this device."),
    "again": pgettext_lazy("reader", "Try again"),
    "read": pgettext_lazy("reader", "Read on"),
    "none": pgettext_lazy("reader", "No article is kept yet."),
}


def manifest() -> dict[str, Any]:
    """Return what a browser has to know in order to install the paper as an application.

    Source: W3C Web Application Manifest; `color_scheme_dark` is of its draft of 2026.
    """
    light, dark = GROUNDS
    with translation.override(settings.LANGUAGE_CODE):
        shortcuts = [
            {"name": pgettext("reader", "Index of everything"), "url": addresses.index()},
            {"name": pgettext("reader", "Search"), "url": "/cari"},
            {"name": pgettext("reader", "Kept on this device"), "url": addresses.KEPT},
        ]
    drawn = {"src": ICON, "sizes": "512x512", "type": "image/png"}
    return {
        "name": settings.WARTA_NAME,
        "short_name": settings.WARTA_NAME,
        "lang": settings.LANGUAGE_CODE,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": light,
        "background_color": light,
        "color_scheme_dark": {"theme_color": dark, "background_color": dark},
        "icons": [
            {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
            drawn,
            {**drawn, "purpose": "maskable"},
        ],
        "shortcuts": shortcuts,
    }


def worker() -> str:
    """Return the program that keeps what was read; where nothing shall be kept, one that ends what is there."""
    return _worker(making.parts().version) if settings.WARTA_OFFLINE else _text("worker-ends.js")


@cache
def _worker(version: str) -> str:
    words = {lang: _spoken(lang) for lang in LANGUAGES}
    return f"const VERSION = {json.dumps(version)};\nconst WORDS = {json.dumps(words)};\n{_text('worker.js')}"


def _spoken(lang: str) -> dict[str, str]:
    with translation.override(lang):
        return {key: str(words) for key, words in _WORDS.items()}


def limits() -> list[tuple[str, str]]:
    """Return what is kept for how long, in each language, the paper's own first."""
    told = []
    for lang in sorted(LANGUAGES, key=lambda lang: lang != settings.LANGUAGE_CODE):
        with translation.override(lang):
            told.append((lang, str(LIMITS)))
    return told


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
