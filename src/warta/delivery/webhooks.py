"""Tells partners what happened to articles: each at their own address, in order, until they have taken it.

Source: Standard Webhooks 1.0.0 (headers, symmetric signature, payload).
"""

import base64
import hashlib
import hmac
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from threading import Event as Flag
from threading import Thread
from typing import Final
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.db import Error, connections, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from warta.delivery import events
from warta.delivery.api import partners, shapes
from warta.delivery.api.composing import ROOT
from warta.delivery.api.partners import RefusedPartnerError
from warta.delivery.asking import TIMEOUT_S, NotToldError, ask_outside
from warta.delivery.events import Recorder
from warta.delivery.models import Event, Partner
from warta.delivery.telling import Teller, Told
from warta.feeds.feed import stable_id
from warta.paper import store

FAILING_AFTER: Final = timedelta(days=3)
"""After how long a partner who takes nothing is failing, and not only away."""
_LOOK_S: Final = 2.0
"""How often is looked for partners who came, went or moved."""

_TYPES: Final[dict[str, shapes.EventType]] = {
    events.PUBLISHED: "article.published",
    events.UPDATED: "article.updated",
    events.CORRECTED: "article.corrected",
    events.WITHDRAWN: "article.withdrawn",
    events.REMOVED: "article.removed",
}

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a partner is told, and by which salt their secret is made."""

    name: str
    url: str
    salt: str
    is_local: bool


def secret(name: str, salt: str) -> bytes:
    """Return the secret by which a partner knows the paper's words: of the paper's own, so that no table holds it."""
    return salted_hmac("warta.webhook", f"{name}\n{salt}", algorithm="sha256").digest()


def connect(name: str, url: str, *, is_local: bool) -> str:
    """Let a partner be told at an address from now on; return their secret, a new one each time.

    Raises: RefusedPartnerError.
    """
    _check(url, is_local=is_local)
    salt = secrets.token_urlsafe(24)
    with transaction.atomic():
        if not Partner.objects.filter(name=name).update(webhook=url, salt=salt, is_local=is_local):
            raise partners.nobody(name)
        number = store.last_number()
        events.keep_place(Told(events.place_of(name), number))
        if events.place(events.RECORDER) is None:  # so that nothing is missed until the worker begins to note events
            events.keep_place(Told(events.RECORDER, number))
    return f"whsec_{base64.b64encode(secret(name, salt)).decode()}"


def disconnect(name: str) -> None:
    """Tell a partner no more.

    Raises: RefusedPartnerError.
    """
    if not Partner.objects.filter(name=name).update(webhook="", salt="", is_local=False):
        raise partners.nobody(name)


def _check(url: str, *, is_local: bool) -> None:
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0 and parts.username is None and not parts.fragment
    except ValueError:
        is_whole = False
    if not is_whole or not re.fullmatch(r"https?://[!-~]{1,490}", url):
        raise RefusedPartnerError(f"{url[:80]!r} is no address for a webhook: write https://partner.example/path.")
    if not url.startswith("https:") and not is_local:
        raise RefusedPartnerError("A webhook needs https. http is for this machine or a private network: add --local.")


def addresses() -> list[Address]:
    """Return where partners are told.

    Raises: django.db.Error.
    """
    rows = Partner.objects.exclude(webhook="").order_by("name").values_list("name", "webhook", "salt", "is_local")
    return [Address(name=name, url=url, salt=salt, is_local=is_local) for name, url, salt, is_local in rows]


def trouble(told: Told | None, now: datetime) -> str:
    """Return what is wrong with a partner's webhook, in words; nothing when they take what they are told."""
    if told is None or not told.error or told.since is None:
        return ""
    since = f"{told.error}. Nothing was taken since {told.since:%Y-%m-%d %H:%M} UTC"
    if now - told.since < FAILING_AFTER:
        return f"{since}; it is tried again and again, and nothing is lost"
    return f"{since}: the webhook is failing. It is tried once an hour, and nothing is lost; ask the partner"


class Sender(Teller):
    """Tells one partner; one event a request, the next when it was taken."""

    look_s = 1.0
    longest_wait_s = 3600.0

    def __init__(self, address: Address) -> None:
        super().__init__(events.place_of(address.name))
        self._address = address

    def step(self) -> bool:
        """Tell of the next event; tell whether there may be more.

        Raises: django.db.Error; NotToldError.
        """
        event = events.after(self._last().number)
        if event is None:
            return False
        self._send(event)
        self._remember(event.change)
        return True

    def tell(self, changes: object) -> None:
        """Say nothing: a partner is told of events."""

    def tell_all(self) -> None:
        """Say nothing, likewise."""

    def read(self) -> Told | None:
        """Return how far the partner was told."""
        return events.place(self.name)

    def write(self, told_: Told) -> None:
        """Note how far the partner was told."""
        events.keep_place(told_)

    def _send(self, event: Event) -> None:
        body = msgspec.json.encode(payload(event))
        name = f"the webhook of {self._address.name}"
        url, headers = self._address.url, signed(event, body, self._address, timezone.now())
        status, words = ask_outside(name, url, headers, body, is_local=self._address.is_local)
        if not 200 <= status < 300:
            raise NotToldError(f"{name} answered {status}: {words}")


def payload(event: Event) -> shapes.Event:
    """Return what is told of an event."""
    site = settings.WARTA_SITE_URL
    return shapes.Event(
        type=_TYPES[event.kind],
        timestamp=event.at,
        data=shapes.EventData(
            id=event.article_id,
            uri=stable_id(site, store.article_key(event.article_id)),
            url=site + event.path if event.path else None,
            api=f"{site}{ROOT}/articles/{event.article_id}",
            change=event.change,
        ),
    )


def signed(event: Event, body: bytes, address: Address, now: datetime) -> dict[str, str]:
    """Return the headers of a request: the id is the same whenever an event is told, instant and signature are not."""
    identity, instant = f"evt_{event.change}_{int(event.at.timestamp())}", str(int(now.timestamp()))
    content = f"{identity}.{instant}.".encode() + body
    digest = hmac.digest(secret(address.name, address.salt), content, hashlib.sha256)
    return {
        "Content-Type": "application/json",
        "User-Agent": f"Warta/{version('warta')} (+{settings.WARTA_SITE_URL})",
        "webhook-id": identity,
        "webhook-timestamp": instant,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


class Switchboard:
    """Lets every partner be told who wants to be: one thread for each, and one that notes events for all."""

    def __init__(self) -> None:
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name="webhooks", daemon=True)
        self._recorder: Recorder | None = None
        self._senders: dict[Address, Sender] = {}

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; what was not told yet is told after the next start."""
        self._stopping.set()
        self._thread.join(TIMEOUT_S + 1)
        for teller in (*self._senders.values(), *([self._recorder] if self._recorder else [])):
            teller.stop()

    def look(self) -> None:
        """Let those be told who are to be told now, and no others.

        Raises: django.db.Error.
        """
        wanted = addresses()
        for gone in [one for one, sender in self._senders.items() if one not in wanted or sender.has_died]:
            self._senders.pop(gone).stop()
        if wanted and (self._recorder is None or self._recorder.has_died):
            self._recorder = Recorder()
            self._recorder.start()
        for address in wanted:
            if address not in self._senders:
                self._senders[address] = Sender(address)
                self._senders[address].start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.look()
            except Error as error:
                _log.warning("the database does not answer; partners are looked for later: %s", error)
                connections.close_all()
            self._stopping.wait(_LOOK_S)
        connections.close_all()
