"""What is worked out once for everybody who looks at it, and kept in the process for a while."""

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_MOST: Final = 4


class Shared(Generic[T]):
    """Keeps the last few values for so many seconds; who asks while one is made waits for it and makes none."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._kept: dict[Hashable, tuple[float, T]] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, or make it."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and time.monotonic() < kept[0]:
                return kept[1]
            value = make()
            self._kept.pop(key, None)
            self._kept[key] = (time.monotonic() + self._seconds, value)
            if len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
            return value

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()
