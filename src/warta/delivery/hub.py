"""Tells a WebSub hub which feeds changed, so that it brings them to those who subscribed.

Source: WebSub (W3C), 3.1 and 6; how a hub is told is left to hub and publisher, and all known hubs take this form.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from warta.delivery import telling
from warta.delivery.asking import NotToldError, ask
from warta.delivery.telling import Teller, Told
from warta.lexicon import addresses
from warta.paper import store
from warta.paper.pages import ArticlePage
from warta.paper.store import Change

_FOLDER: Final = "hub"
_FORMS: Final = ("", "atom", "json")
_SETTLE_S: Final = 0.2
"""How long readers' processes have to see a change before the hub asks them for it."""


class Herald(Teller):
    """Follows the paper for the hub."""

    folder = _FOLDER

    def tell(self, changes: Sequence[Change]) -> None:
        """Name the feeds in which these changes stand."""
        pages = _pages([change.key for change in changes if change.kind in telling.ARTICLES])
        if pages:
            self.stopping.wait(_SETTLE_S)
            _ask(self.name, pages)

    def tell_all(self) -> None:
        """Name the feeds of the whole paper."""
        _ask(self.name, ["/"])


def told(hub: str) -> Told | None:
    """Return what the hub was told, None when it was never told anything."""
    return telling.told(_FOLDER, hub)


def _pages(keys: Sequence[str]) -> list[str]:
    """Return the paths of the paper's pages whose feeds show one of these articles, each once."""
    now = timezone.now()
    stored = store.stored_many(keys)
    found: dict[str, None] = {}
    for key in keys:
        page = stored[key].page if key in stored else None
        if not isinstance(page, ArticlePage):  # withdrawn or removed
            found["/"] = None
        elif telling.is_fresh(page, now):
            fronts = (page.rubric, page.channel, *page.topics, *page.reporters)
            found |= dict.fromkeys(("/", *(link.path for link in fronts)))
    return list(found)


def _ask(hub: str, pages: Iterable[str]) -> None:
    feeds = [settings.WARTA_SITE_URL + addresses.feed(page, form) for page in pages for form in _FORMS]
    body = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)])
    parts = urlsplit(hub)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    name = f"the hub {hub}"
    status, words = ask(name, hub, ("POST", path, form, body.encode()))
    if not 200 <= status < 300:
        raise NotToldError(f"{name} answered {status}: {words}")
