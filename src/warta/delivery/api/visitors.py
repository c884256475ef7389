"""Who asks the API: a partner by their key, or whoever is at an address; and how often they may.

The one place of the readers' side that looks at `Authorization` (ADR 24).
Source: RFC 6750, 2.1 and 3 (Bearer).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from warta.delivery.api import limits, partners, scopes
from warta.delivery.api.limits import ANONYMOUS, SEARCHES, Policy, Standing
from warta.delivery.api.problems import ProblemError
from warta.reads import reader

_SCHEME: Final = "bearer"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks; `partner` is None without a key."""

    who: str
    partner: partners.Known | None

    @property
    def has_text(self) -> bool:
        """Tell whether they are given the text of articles."""
        return settings.WARTA_FEEDS == "full" or self.may(scopes.FULL_TEXT)

    def may(self, scope: str) -> bool:
        """Tell whether their key is good for something."""
        return self.partner is not None and scope in self.partner.scopes

    def policies(self, *, is_search: bool) -> tuple[Policy, ...]:
        """Return the quotas that one of their requests counts against."""
        own = ANONYMOUS if self.partner is None else Policy("partner", self.partner.rate)
        return (own, SEARCHES) if is_search and not self.may(scopes.SEARCH) else (own,)


def has_key(request: HttpRequest) -> bool:
    """Tell whether a request shows a key, be it good or not: its answer is for nobody else."""
    return "Authorization" in request.headers


def admit(request: HttpRequest, *, is_search: bool, now: datetime) -> tuple[Visitor, Sequence[Standing]]:
    """Return who asks and where they stand.

    Raises: ProblemError for a key that is nobody's, and when they asked too often.
    """
    origin, _ = reader.places(
        request.META.get("REMOTE_ADDR", ""),
        request.headers.get("X-Forwarded-For", ""),
        trusted=reader.networks(tuple(settings.WARTA_TRUSTED_PROXIES)),
    )
    partner = _partner(request)
    is_wrong = partner is None and has_key(request)
    visitor = Visitor(origin if partner is None else partner.name, partner)
    policies = (ANONYMOUS,) if is_wrong else visitor.policies(is_search=is_search)
    standings = [limits.PROCESS.take(visitor.who, policy, now.timestamp()) for policy in policies]
    over = [standing for standing in standings if standing.is_over]
    if over:
        wait_s = max(standing.reset_s for standing in over)
        told = {"Retry-After": str(wait_s), "RateLimit": _list(over), "RateLimit-Policy": _list(policies)}
        words = f"That was more than {over[0].policy.quota} requests in a minute. Wait {wait_s} s."
        raise ProblemError(429, words, headers=told)
    if is_wrong:
        told = {"WWW-Authenticate": 'Bearer realm="api", error="invalid_token"'}
        words = "This key is good for nothing, or not any more. Ask the paper for a new one, or ask without a key."
        raise ProblemError(401, words, where="Authorization", headers=told)
    return visitor, standings


def tell(response: HttpResponse, request: HttpRequest, standings: Sequence[Standing]) -> None:
    """Say how often one may ask; what is left of it only where no cache gives the answer to somebody else."""
    response.headers["RateLimit-Policy"] = _list([standing.policy for standing in standings])
    if has_key(request):
        response.headers["RateLimit"] = _list(standings)


def _partner(request: HttpRequest) -> partners.Known | None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return partners.find(key.strip()) if scheme.lower() == _SCHEME else None


def _list(members: Sequence[object]) -> str:
    return ", ".join(str(member) for member in members)
