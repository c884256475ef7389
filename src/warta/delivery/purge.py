"""Tells the caches in front of the paper what changed."""

import time
from collections.abc import Sequence
from typing import Final

from warta.delivery import caches, surrogates, telling
from warta.delivery.api.composing import ROOT
from warta.delivery.caches import Cache
from warta.delivery.telling import Teller, Told
from warta.paper import store
from warta.paper.pages import GonePage
from warta.paper.store import Change

AGAIN_S: Final = 2.0
"""After how long what is gone is said once more, should a reader's process have answered with it meanwhile."""
_SETTLE_S: Final = 0.2
"""How long readers' processes have to see a change before caches ask them for it."""
_FOLDER: Final = "purge"


class Purger(Teller):
    """Follows the paper for one cache."""

    folder = _FOLDER
    most = caches.MOST_KEYS

    def __init__(self, cache: Cache) -> None:
        super().__init__(cache.name)
        self._cache = cache
        self._again: list[tuple[float, Sequence[str], Sequence[str]]] = []

    def tell(self, changes: Sequence[Change]) -> None:
        """Tell the cache which pages changed and which are gone."""
        self.stopping.wait(_SETTLE_S)
        stale = surrogates.stale(changes)
        paths = _paths([change.key for change in changes if change.kind == "gone"])
        caches.tell(self._cache, gone=stale.gone, changed=stale.changed, paths=paths)
        if stale.gone:
            self._again.append((time.monotonic() + AGAIN_S, stale.gone, paths))

    def tell_all(self) -> None:
        """Let the cache drop every page: none can be trusted."""
        caches.tell(self._cache, gone=[surrogates.SHELL], changed=[], paths=[])

    def remind(self) -> None:
        """Say once more what is gone."""
        now = time.monotonic()
        while self._again and self._again[0][0] <= now:
            _, gone, paths = self._again[0]
            caches.tell(self._cache, gone=gone, changed=[], paths=paths)
            del self._again[0]


def told(cache: Cache) -> Told | None:
    """Return what a cache was told, None when it was never told anything."""
    return telling.told(_FOLDER, cache.name)


def _paths(keys: Sequence[str]) -> list[str]:
    """Return where withdrawn articles stood, for readers and for programs."""
    found = [stored.page for key in keys if (stored := store.stored(key)) is not None]
    return [
        path
        for page in found
        if isinstance(page, GonePage)
        for path in (page.path, f"{ROOT}/articles/{page.id}", f"{ROOT}/articles/{page.id}?form=ninjs")
    ]
