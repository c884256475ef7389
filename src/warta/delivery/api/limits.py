"""How often somebody may ask: counted by the minute, in the memory of each process.

Source: draft-ietf-httpapi-ratelimit-headers-11 (`RateLimit-Policy`, `RateLimit`); RFC 6585, 4 (429).
"""

import math
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

WINDOW_S: Final = 60
MOST: Final = 20_000
"""How many who ask are remembered, about 4 MB; the one whose minute began first is forgotten first."""


@dataclass(frozen=True, slots=True)
class Policy:
    """So many requests a minute, under a name."""

    name: str
    quota: int

    def __str__(self) -> str:
        return f'"{self.name}";q={self.quota};w={WINDOW_S}'


ANONYMOUS: Final = Policy("anonymous", 120)
SEARCHES: Final = Policy("search", 20)
"""Searches cost the most: of those who have no scope for them, fewer are answered."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands under a policy: what is left, and in how many seconds all of it is there again."""

    policy: Policy
    left: int
    reset_s: int
    is_over: bool = False

    def __str__(self) -> str:
        return f'"{self.policy.name}";r={self.left};t={self.reset_s}'


class Limiter:
    """Counts requests; the memory of one process, so that a paper with two of them gives up to twice as much."""

    def __init__(self) -> None:
        self._minutes: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def take(self, who: str, policy: Policy, now_s: float) -> Standing:
        """Count one request of somebody, unless they are over their quota."""
        key = (policy.name, who)
        with self._lock:
            ends, count = self._minutes.get(key, (0.0, 0))
            if not now_s < ends <= now_s + WINDOW_S:  # over, or the clock was put back
                ends, count = now_s + WINDOW_S, 0
                self._minutes.pop(key, None)
            is_over = count >= policy.quota
            self._minutes[key] = (ends, count if is_over else count + 1)
            while len(self._minutes) > MOST:
                self._minutes.popitem(last=False)
        left = max(policy.quota - count - 1, 0)
        return Standing(policy, left, math.ceil(ends - now_s), is_over)

    def forget(self) -> None:
        """Let everybody begin anew."""
        with self._lock:
            self._minutes.clear()


PROCESS: Final = Limiter()
