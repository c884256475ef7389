"""Hands requests for `/redaksi/` on to the newsroom's process and its answers back, in chunks as they come."""

import ipaddress
import logging
from collections.abc import AsyncIterator
from typing import Any, Final
from urllib.parse import quote

import aiohttp

from warta.config.asgi import PLAIN
from warta.config.environment import Environment
from warta.reads import reader

PORT_VARIABLE: Final = "NEWSROOM_PORT"
"""Environment variable by which the supervisor tells where the newsroom's process listens on loopback."""
_HOP_BY_HOP: Final = frozenset(
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
        "upgrade", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded",
    }
)  # fmt: skip
_TIMEOUT: Final = aiohttp.ClientTimeout(total=None, sock_connect=3, sock_read=120)
_RESTING: Final = (
    "Ruang redaksi sedang dimulai ulang; tunggu beberapa detik lalu muat ulang halaman ini. Tulisan Anda tidak hilang."
    "\n\nThe newsroom is restarting; wait a few seconds and reload this page. What you typed is not lost.\n"
)
_TOO_LARGE: Final = "Berkas terlalu besar. / The file is too large. WARTA_UPLOAD_LIMIT_MB = {limit}\n"

_log: Final = logging.getLogger(__name__)


class TooLargeError(Exception):
    """The body is larger than an upload may be."""


class Handover:
    """The way to the newsroom's process on loopback."""

    def __init__(self, port: int, env: Environment) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._limit = (env.upload_limit_mb + 2) * 2**20
        self._limit_mb = env.upload_limit_mb
        self._trusted = [ipaddress.ip_network(network) for network in env.trusted_proxies]
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, request: Any, protocol: Any) -> None:
        """Answer one request for the newsroom."""
        has_begun = False
        body = _Body(protocol, self._limit)
        try:
            query = f"?{request.query_string}" if request.query_string else ""
            async with self._client().request(
                request.method,
                self._base + quote(request.path, safe="/:@!$&'()*+,;=~") + query,
                headers=self._headers(request),
                data=body.chunks() if _has_body(request) else None,
                allow_redirects=False,
            ) as answer:
                headers = [(k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in answer.raw_headers]
                stream = protocol.response_stream(
                    answer.status, [(name, value) for name, value in headers if name not in _HOP_BY_HOP]
                )
                has_begun = True
                async for chunk in answer.content.iter_chunked(65536):
                    await stream.send_bytes(chunk)
        except TooLargeError:
            self._refuse(protocol)
        except (aiohttp.ClientError, TimeoutError, OSError, RuntimeError) as error:
            if has_begun:
                _log.warning("the newsroom's process broke off its answer: %r", error)
            elif body.is_too_large:
                self._refuse(protocol)
            else:
                _log.warning("the newsroom's process does not answer: %r", error)
                protocol.response_str(503, [*PLAIN, ("retry-after", "5")], _RESTING)

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
                skip_auto_headers=["User-Agent", "Content-Type"],
                connector=aiohttp.TCPConnector(force_close=True, limit=0),  # a kept connection outlives a restart badly
            )
        return self._session

    def _headers(self, request: Any) -> list[tuple[str, str]]:
        length = request.headers.get("content-length") or "0"
        if not length.isdecimal() or int(length) > self._limit:
            raise TooLargeError
        remote = request.client.rpartition(":")[0].strip("[]")
        proto = request.scheme
        if self._is_trusted(remote):
            proto = request.headers.get("x-forwarded-proto") or proto
        client = reader.far_end(remote, request.headers.get("x-forwarded-for") or "", trusted=self._trusted)
        passed = [(name, value) for name, value in request.headers.items() if name not in _HOP_BY_HOP]
        return [*passed, ("X-Forwarded-For", str(client or remote)), ("X-Forwarded-Proto", proto)]

    def _is_trusted(self, client: str) -> bool:
        try:
            address = ipaddress.ip_address(client)
        except ValueError:
            return False
        return any(address in network for network in self._trusted)

    def _refuse(self, protocol: Any) -> None:
        protocol.response_str(413, [*PLAIN, ("connection", "close")], _TOO_LARGE.format(limit=self._limit_mb))


class _Body:
    """The body of a request as it comes, up to a limit; the client wraps what is raised here, so it is noted too."""

    def __init__(self, protocol: Any, limit_bytes: int) -> None:
        self._protocol = protocol
        self._limit_bytes = limit_bytes
        self.is_too_large = False

    async def chunks(self) -> AsyncIterator[bytes]:
        """Return the body in chunks.

        Raises: TooLargeError.
        """
        total = 0
        async for chunk in self._protocol:
            total += len(chunk)
            if total > self._limit_bytes:
                self.is_too_large = True
                raise TooLargeError
            yield bytes(chunk)


def _has_body(request: Any) -> bool:
    return bool(request.headers.get("transfer-encoding")) or (request.headers.get("content-length") or "0") != "0"
