"""The gate: one ASGI application at the front door. `/redaksi/` goes to the newsroom's process, all else to delivery.

Readers' processes never load the newsroom: what breaks there cannot break here, and its cookies are read there alone.
"""

import asyncio
import ipaddress
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any, Final, cast

import aiohttp

os.environ["DJANGO_SETTINGS_MODULE"] = "warta.config.settings.delivery"

from warta.config import environment

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PORT_VARIABLE: Final = "NEWSROOM_PORT"
"""Environment variable by which the supervisor tells where the newsroom's process listens on loopback."""
_HOP_BY_HOP: Final = frozenset(
    {
        b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"te", b"trailer",
        b"transfer-encoding", b"upgrade", b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"forwarded",
    }
)  # fmt: skip
_TIMEOUT: Final = aiohttp.ClientTimeout(total=None, sock_connect=3, sock_read=120)
_RESTING: Final = (
    "Ruang redaksi sedang dimulai ulang; tunggu beberapa detik lalu muat ulang halaman ini. Tulisan Anda tidak hilang."
    "\n\nThe newsroom is restarting; wait a few seconds and reload this page. What you typed is not lost.\n"
)
_TOO_LARGE: Final = "Berkas terlalu besar. / The file is too large. WARTA_UPLOAD_LIMIT_MB = {limit}\n"

_log = logging.getLogger(__name__)


class TooLargeError(Exception):
    """The body is larger than an upload may be."""


class Newsroom:
    """Hands requests on to the newsroom's process and its answers back, both in chunks as they come."""

    def __init__(self, port: int, env: environment.Environment) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._limit = (env.upload_limit_mb + 2) * 2**20
        self._limit_mb = env.upload_limit_mb
        self._trusted = [ipaddress.ip_network(network) for network in env.trusted_proxies]
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request for the newsroom."""
        has_begun = False
        try:
            target = scope["raw_path"].decode("ascii", "replace") if scope.get("raw_path") else scope["path"]
            query = scope.get("query_string", b"").decode("ascii", "replace")
            async with self._client().request(
                scope["method"],
                self._base + target.partition("?")[0] + (f"?{query}" if query else ""),
                headers=self._headers(scope),
                data=self._body(scope, receive) if _has_body(scope) else None,
                allow_redirects=False,
            ) as answer:
                headers = [(k.lower(), v) for k, v in answer.raw_headers if k.lower() not in _HOP_BY_HOP]
                await send({"type": "http.response.start", "status": answer.status, "headers": headers})
                has_begun = True
                async for chunk in answer.content.iter_chunked(65536):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except TooLargeError:
            await _plain(send, 413, _TOO_LARGE.format(limit=self._limit_mb))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.warning("the newsroom's process does not answer: %r", error)
            if not has_begun:
                await _plain(send, 503, _RESTING, (b"retry-after", b"5"))

    async def close(self) -> None:
        """Close the connections to the newsroom's process."""
        if self._session is not None:
            await self._session.close()

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=_TIMEOUT,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=["User-Agent"],
                connector=aiohttp.TCPConnector(force_close=True, limit=0),  # a kept connection outlives a restart badly
            )
        return self._session

    def _headers(self, scope: Scope) -> list[tuple[str, str]]:
        if int(_header(scope, b"content-length") or 0) > self._limit:
            raise TooLargeError
        client = (scope.get("client") or ("127.0.0.1", 0))[0]
        proto = scope.get("scheme", "http")
        if self._is_trusted(client):
            proto = (_header(scope, b"x-forwarded-proto") or proto.encode()).decode("latin-1")
            client = (_header(scope, b"x-forwarded-for") or client.encode()).decode("latin-1")
        passed = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"] if k not in _HOP_BY_HOP]
        return [*passed, ("X-Forwarded-For", client), ("X-Forwarded-Proto", proto)]

    def _is_trusted(self, client: str) -> bool:
        try:
            address = ipaddress.ip_address(client)
        except ValueError:
            return False
        return any(address in network for network in self._trusted)

    async def _body(self, scope: Scope, receive: Receive) -> AsyncIterator[bytes]:
        total = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise aiohttp.ClientConnectionError("the client went away")
            body = message.get("body", b"")
            total += len(body)
            if total > self._limit:
                raise TooLargeError
            if body:
                yield body
            if not message.get("more_body"):
                return


class Gate:
    """Chooses by path, and counts reads as long as the process lives."""

    def __init__(self, delivery: Application, newsroom: Newsroom) -> None:
        self._delivery = delivery
        self._newsroom = newsroom

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the process's life."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http":
            return
        elif scope["path"] == "/redaksi" or scope["path"].startswith("/redaksi/"):
            await self._newsroom(scope, receive, send)
        else:
            await self._delivery(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        from warta.reads import tally

        stop = asyncio.Event()
        counting: asyncio.Task[None] | None = None
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                counting = asyncio.create_task(tally.run(stop))
                await send({"type": "lifespan.startup.complete"})
            else:
                stop.set()
                if counting is not None:
                    await counting
                await self._newsroom.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _has_body(scope: Scope) -> bool:
    return bool(_header(scope, b"transfer-encoding")) or int(_header(scope, b"content-length") or 0) > 0


def _header(scope: Scope, name: bytes) -> bytes | None:
    return next((value for key, value in scope["headers"] if key == name), None)


async def _plain(send: Send, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
    body = text.encode()
    fixed = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*fixed, length, *headers]})
    await send({"type": "http.response.body", "body": body})


def application() -> Gate:
    """Return the gate of this process; Granian calls it once in every worker."""
    from django.core.asgi import get_asgi_application

    delivery = cast("Application", get_asgi_application())
    return Gate(delivery, Newsroom(int(os.environ.get(PORT_VARIABLE, "8001")), environment.current()))
