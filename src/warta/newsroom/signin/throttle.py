"""Slows down whoever guesses: after ten refusals of an account, or fifty of a network, each next one doubles the wait.

The account is slowed whether it exists or not, and the network whatever account it tries. A try is counted before its
password is looked at, so that many at once gain nothing. A passkey is never slowed: there is nothing to guess.

Source: OWASP ASVS 5.0, 6.3.1.
"""

import ipaddress
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.utils.crypto import salted_hmac

from warta.newsroom.models import SignIn

FREE_OF_ACCOUNT: Final = 10
FREE_OF_NETWORK: Final = 50
MOST_S: Final = 900
"""The longest wait: an account that strangers try must stay within its owner's reach."""
_ACCOUNT_FORGETS: Final = timedelta(days=1)
_NETWORK_FORGETS: Final = timedelta(hours=1)
_ENOUGH: Final = 12
"""So many doublings reach the longest wait."""


class TooManyTriesError(Exception):
    """This account or network must wait `wait_s` seconds before its next try."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"wait {wait_s} s")
        self.wait_s = wait_s


def wait_s(refused: int, free: int) -> int:
    """Return the seconds that must lie between the last of so many refusals and the next try."""
    return 0 if refused < free else min(2 ** min(refused - free + 1, _ENOUGH), MOST_S)


def account(name: str) -> str:
    """Return what stands for a name that was typed, without being it."""
    return salted_hmac("warta.signin", name.strip().casefold()).hexdigest()[:32]


def network(address: str) -> str:
    """Return the network of an address: /24 of IPv4, /56 of IPv6, about what one line or office holds."""
    version = ipaddress.ip_address(address).version
    return str(ipaddress.ip_network(f"{address}/{24 if version == 4 else 56}", strict=False))


def begin(name: str, *, address: str, agent: str, user_id: int | None = None, now: datetime) -> SignIn:
    """Note a try as refused, until it is found to be right.

    Raises: TooManyTriesError; that try is not counted.
    """
    row = SignIn.objects.create(
        account=account(name), network=network(address), address=address, agent=agent[:200], user_id=user_id, at=now
    )
    waits = max(_wait_of_account(row, now), _wait_of_network(row, now))
    if waits > 0:
        row.delete()
        raise TooManyTriesError(waits)
    return row


def _wait_of_account(row: SignIn, now: datetime) -> int:
    before = SignIn.objects.filter(account=row.account, at__gt=now - _ACCOUNT_FORGETS, at__lte=now).exclude(pk=row.pk)
    tries = before.order_by("-at", "-pk").values_list("outcome", "at")[: FREE_OF_ACCOUNT + _ENOUGH]
    refused = []
    for outcome, at in tries:
        if outcome == SignIn.Outcome.IN:
            break
        if outcome == SignIn.Outcome.REFUSED:
            refused.append(at)
    return _left(refused, FREE_OF_ACCOUNT, now)


def _wait_of_network(row: SignIn, now: datetime) -> int:
    before = SignIn.objects.filter(network=row.network, at__gt=now - _NETWORK_FORGETS, at__lte=now).exclude(pk=row.pk)
    tries = before.order_by("-at", "-pk").values_list("outcome", "at")[: 2 * FREE_OF_NETWORK]
    return _left([at for outcome, at in tries if outcome == SignIn.Outcome.REFUSED], FREE_OF_NETWORK, now)


def _left(refused: Iterable[datetime], free: int, now: datetime) -> int:
    """Return the seconds that are left to wait, given when the refusals were, newest first."""
    instants = list(refused)
    if len(instants) < free:
        return 0
    over = instants[0] + timedelta(seconds=wait_s(len(instants), free)) - now
    return max(0, -(-over // timedelta(seconds=1)))
