"""Partners: who they are, what they may do, and the keys that say so. A key is shown once; its hash is kept.

A key is 256 bits by chance, so a plain hash is enough: nobody guesses it, however quickly hashes are made.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from warta import plain
from warta.delivery import events
from warta.delivery.api.scopes import SCOPES
from warta.delivery.models import Partner, Place
from warta.lexicon.addresses import SLUG

_PREFIX: Final = "warta_"
_KEY: Final = re.compile(rf"{_PREFIX}[\w-]{{43}}", re.ASCII)
_NAME: Final = re.compile(SLUG, re.ASCII)
_LONGEST: Final = 64


class RefusedPartnerError(ValueError):
    """What is wanted of a partner cannot be done; the message says why."""


@dataclass(frozen=True, slots=True)
class Known:
    """A partner who showed their key."""

    name: str
    scopes: frozenset[str]
    rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A partner as the operator sees them, without anything secret."""

    name: str
    scopes: tuple[str, ...]
    rate: int
    made_at: datetime
    webhook: str


def add(name: str, *, scopes: Iterable[str], rate: int, now: datetime) -> str:
    """Let a partner in and return their key, which nobody can show again.

    Raises: RefusedPartnerError for a name that is taken or unfit.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise RefusedPartnerError(
            f"{name!r} is no name for a partner: write small letters and digits, such as kantor-berita."
        )
    key, key_hash = _made()
    chosen = " ".join(scope for scope in SCOPES if scope in set(scopes))
    try:
        with transaction.atomic():
            Partner.objects.create(name=name, key_hash=key_hash, scopes=chosen, rate=rate, made_at=now)
    except IntegrityError as error:
        raise RefusedPartnerError(f"{name!r} exists already: `warta partner rotate {name}` gives a new key.") from error
    return key


def rotate(name: str) -> str:
    """Give a partner a new key; the old one is good for nothing from now on.

    Raises: RefusedPartnerError.
    """
    key, key_hash = _made()
    if not Partner.objects.filter(name=name).update(key_hash=key_hash):
        raise nobody(name)
    return key


def remove(name: str) -> None:
    """Forget a partner; their key is good for nothing from now on.

    Raises: RefusedPartnerError.
    """
    if not Partner.objects.filter(name=name).delete()[0]:
        raise nobody(name)
    Place.objects.filter(name=events.place_of(name)).delete()


def everyone() -> list[Listed]:
    """Return all partners by name."""
    return [
        Listed(
            name=partner.name,
            scopes=tuple(partner.scopes.split()),
            rate=partner.rate,
            made_at=partner.made_at,
            webhook=partner.webhook,
        )
        for partner in Partner.objects.order_by("name")
    ]


def find(key: str) -> Known | None:
    """Return whose key this is, None when it is nobody's; one query."""
    if not _KEY.fullmatch(key):
        return None
    rows = plain.ask("SELECT name, scopes, rate FROM delivery_partner WHERE key_hash = %s", _hash(key))
    return next((Known(name, frozenset(scopes.split()), rate) for name, scopes, rate in rows), None)


def _made() -> tuple[str, str]:
    key = _PREFIX + secrets.token_urlsafe(32)
    return key, _hash(key)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def nobody(name: str) -> RefusedPartnerError:
    """Return what is said of a partner whom nobody knows."""
    return RefusedPartnerError(f"There is no partner {name!r}: `warta partner list` shows who there is.")
