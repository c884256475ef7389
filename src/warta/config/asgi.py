"""Calls Django, an ASGI application, from Granian's own interface (RSGI), and gives its answer back whole.

Source: ASGI HTTP specification 2.3; RSGI specification 1.5.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Application = Callable[[Scope, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]

BODY_LIMIT: Final = 64 * 1024
"""The most that a reader may send, in bytes; no page of theirs takes more than a beacon."""

PLAIN: Final = [
    ("content-type", "text/plain; charset=utf-8"),
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
]
"""Headers of the few words that are said when there is no page to give."""


class BodyTooLargeError(Exception):
    """A reader sent more than any page takes."""


@dataclass(slots=True)
class Answered:
    """What the application answered."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return a header by its lower-case name, empty when it is not there."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Own:
    """A request of the server's own: it asks itself for a page."""

    path: str
    query_string: str = ""
    method: str = "GET"
    http_version: str = "1.1"
    scheme: str = "http"
    client: str = "127.0.0.1:0"
    server: str = "127.0.0.1:0"
    headers: Mapping[str, str] = field(default_factory=dict)


async def call(application: Application, request: Any, *, method: str = "", body: bytes = b"") -> Answered:
    """Call the application for an RSGI request and return its answer; a HEAD may be asked as a GET."""
    answered = Answered()
    is_sent = False

    async def receive() -> Message:
        nonlocal is_sent
        if is_sent:
            await asyncio.Event().wait()  # a reader who leaves is not told of: the answer is made for the next one too
        is_sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
            answered.headers = [(k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in message["headers"]]
        else:
            answered.body += message.get("body", b"")

    await application(_scope(request, method or request.method), receive, send)
    return answered


async def read_body(request: Any, protocol: Any) -> bytes:
    """Return the body of a request, b"" when it has none.

    Raises: BodyTooLargeError.
    """
    length = request.headers.get("content-length") or "0"
    if (
        not length.isdecimal()
        or int(length) > BODY_LIMIT
        or (length == "0" and request.headers.get("transfer-encoding"))
    ):
        raise BodyTooLargeError
    return bytes(await protocol()) if length != "0" else b""


def _scope(request: Any, method: str) -> Scope:
    host, _, port = request.client.rpartition(":")
    server, _, server_port = request.server.rpartition(":")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": request.http_version,
        "method": method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": quote(request.path).encode("ascii"),
        "query_string": request.query_string.encode("latin-1", "replace"),
        "root_path": "",
        "headers": [(k.encode("latin-1"), v.encode("latin-1", "replace")) for k, v in request.headers.items()],
        "client": (host.strip("[]"), int(port or 0)),
        "server": (server.strip("[]"), int(server_port or 0)),
    }
