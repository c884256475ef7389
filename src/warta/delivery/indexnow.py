"""Tells search engines which articles changed, so that they look at once and not when they come by.

Source: indexnow.org, Documentation: submitting a set of addresses; the key lies at the root of the host.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from warta.delivery import telling
from warta.delivery.asking import NotToldError, ask
from warta.delivery.telling import Teller, Told
from warta.paper import store
from warta.paper.pages import ArticlePage, GonePage
from warta.paper.store import Change

_FOLDER: Final = "indexnow"
_SETTLE_S: Final = 0.2
"""How long readers' processes have to see a change before search engines ask for it."""


class Caller(Teller):
    """Follows the paper for the search engines that share what they are told."""

    folder = _FOLDER

    def tell(self, changes: Sequence[Change]) -> None:
        """Name the articles that changed or were withdrawn."""
        paths = _paths([change.key for change in changes if change.kind in telling.ARTICLES])
        if not paths:
            return
        self.stopping.wait(_SETTLE_S)
        site, parts = settings.WARTA_SITE_URL, urlsplit(self.name)
        body = {
            "host": urlsplit(site).netloc,
            "key": key(),
            "keyLocation": f"{site}/{key()}.txt",
            "urlList": [site + path for path in paths],
        }
        asking = (
            "POST",
            parts.path or "/",
            {"Content-Type": "application/json; charset=utf-8"},
            msgspec.json.encode(body),
        )
        status, words = ask(self.name, self.name, asking)
        if status not in {200, 202}:
            raise NotToldError(f"{self.name} answered {status}: {words}")

    def tell_all(self) -> None:
        """Say nothing: search engines come by in any case."""


def key() -> str:
    """Return the key by which the paper shows that it speaks for its host; it lies at `/{key}.txt` for all to see."""
    return salted_hmac("warta.indexnow", settings.WARTA_SITE_URL).hexdigest()[:32]


def told(engine: str) -> Told | None:
    """Return what the search engines were told, None when they were never told anything."""
    return telling.told(_FOLDER, engine)


def _paths(keys: Sequence[str]) -> list[str]:
    now = timezone.now()
    pages = [stored.page for stored in store.stored_many(keys).values()]
    return [
        page.path
        for page in pages
        if isinstance(page, GonePage) or (isinstance(page, ArticlePage) and telling.is_fresh(page, now))
    ]
