"""Slows down whoever guesses: after ten refusals of an account, or fifty of a network, each next one doubles the wait.

The account is slowed whether it exists or not, and the network whatever account it tries. A try is counted before its
password is looked at, so that many at once gain nothing. A passkey is never slowed: there is nothing to guess.

Source: OWASP ASVS 5.0, 6.3.1.
"""

import ipaddress
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from django.utils.crypto import salted_hmac

from warta import plain
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
    row = SignIn(
        account=account(name),
        network=network(address),
        address=str(ipaddress.ip_address(address)),
        agent=agent[:200],
        user_id=user_id,
        at=now,
    )
    _let_wait(row)  # who must wait is told so before anything is written
    with plain.without_waiting_for_the_disk():  # of a try that a power cut lost, nobody waits longer
        _keep(row)
    try:
        _let_wait(row)  # others may have been written meanwhile
    except TooManyTriesError:
        row.delete()
        raise
    return row


def _keep(row: SignIn) -> None:
    """Write a new try, as `save` would, without all that looks whether a model's saving concerns it."""
    names = ("account", "network", "address", "agent", "user_id", "at", "outcome", "method")
    values = [getattr(row, name) for name in names]
    [(row.pk,)] = plain.ask(
        f"INSERT INTO newsroom_signin ({', '.join(names)}) VALUES {plain.places(names)} RETURNING id",  # noqa: S608
        *values,
    )
    row._state.adding = False


def _let_wait(row: SignIn) -> None:
    """Look at the other tries of the account and of the network, newest first; one query for both."""
    of_account, of_network = _others("account", FREE_OF_ACCOUNT + _ENOUGH), _others("network", 2 * FREE_OF_NETWORK)
    number = row.pk or 0
    found = plain.ask(
        f"{of_account} UNION ALL {of_network} ORDER BY 1, 3 DESC, 4 DESC",
        *(row.account, row.at - _ACCOUNT_FORGETS, row.at, number),
        *(row.network, row.at - _NETWORK_FORGETS, row.at, number),
    )
    tries: dict[str, list[tuple[str, datetime]]] = {"account": [], "network": []}
    for whose, outcome, at, _ in found:
        tries[whose].append((outcome, plain.instant(at)))
    since_in = takewhile(lambda attempt: attempt[0] != SignIn.Outcome.IN, tries["account"])
    waits = max(
        _left(_refused(since_in), FREE_OF_ACCOUNT, row.at), _left(_refused(tries["network"]), FREE_OF_NETWORK, row.at)
    )
    if waits > 0:
        raise TooManyTriesError(waits)


def _others(column: str, most: int) -> str:
    """Return the SQL that asks how and when the other tries of an account or network ended."""
    return (
        f"SELECT * FROM (SELECT '{column}' AS whose, outcome, at, id FROM newsroom_signin"  # noqa: S608 — names of ours
        f" WHERE {column} = %s AND at > %s AND at <= %s AND id <> %s"
        f" ORDER BY at DESC, id DESC LIMIT {most}) AS {column}s"
    )


def _refused(tries: Iterable[tuple[str, datetime]]) -> list[datetime]:
    return [at for outcome, at in tries if outcome == SignIn.Outcome.REFUSED]


def _left(instants: Sequence[datetime], free: int, now: datetime) -> int:
    """Return the seconds that are left to wait, given when the refusals were, newest first."""
    if len(instants) < free:
        return 0
    over = instants[0] + timedelta(seconds=wait_s(len(instants), free)) - now
    return max(0, -(-over // timedelta(seconds=1)))
