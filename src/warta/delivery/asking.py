"""Asks another server something, briefly: caches that are told what changed, hubs, search engines, partners."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

TIMEOUT_S: Final = 5.0
"""How long the other may take to answer."""
_TRIED: Final = 3
"""How many addresses of one name are tried."""

Asking = tuple[str, str, dict[str, str], bytes]
"""One request: method, path with query, headers, body."""


class NotToldError(Exception):
    """Somebody did not take what they were told; the message says who, and what they answered."""


def ask(name: str, base: str, asking: Asking) -> tuple[int, str]:
    """Send a request to the server at `base`; return its status and the first words of its answer.

    Raises: NotToldError, with the name, when it does not answer.
    """
    parts = urlsplit(base)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        tls = ssl.create_default_context()
        connection = http.client.HTTPSConnection(parts.netloc, timeout=TIMEOUT_S, context=tls)
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_S)
    return _exchanged(name, connection, asking)


def ask_outside(name: str, url: str, headers: dict[str, str], body: bytes, *, is_local: bool) -> tuple[int, str]:
    """Post to somebody else's address; return the status and the first words of the answer. No redirect is followed.

    Who gave the address also decides where its name leads, so it is looked up here and the connection made to what was
    found: without `is_local` to public addresses alone.
    Raises: NotToldError, with the name, when it leads elsewhere or does not answer.
    """
    parts = urlsplit(url)
    is_tls = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if is_tls else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotToldError(f"{name} does not answer: {host} is not known ({error})") from error
    addresses = list(dict.fromkeys(str(where[0]) for *_, where in found))
    inside = [address for address in addresses if not _is_public(address)]
    if inside and not is_local:
        raise NotToldError(f"{name} leads to {inside[0]}, which is no public address")
    context = ssl.create_default_context() if is_tls else None
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return _exchanged(name, _Pinned(host, port, addresses[:_TRIED], context), ("POST", path, headers, body))


class _Pinned(http.client.HTTPConnection):
    """A connection to one of the addresses that were looked up before, under the name of the host."""

    def __init__(self, host: str, port: int, addresses: Sequence[str], context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=TIMEOUT_S)
        self.default_port = 80 if context is None else 443
        self._addresses = addresses
        self._context = context

    def connect(self) -> None:
        """Connect to the first of the addresses that answers.

        Raises: OSError of the last one.
        """
        for place, address in enumerate(self._addresses, start=1):
            try:
                self.sock = socket.create_connection((address, self.port), TIMEOUT_S)
                break
            except OSError:
                if place == len(self._addresses):
                    raise
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_global and not found.is_multicast


def _exchanged(name: str, connection: http.client.HTTPConnection, asking: Asking) -> tuple[int, str]:
    method, path, headers, body = asking
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(200).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotToldError(f"{name} does not answer: {error}") from error
    finally:
        connection.close()
