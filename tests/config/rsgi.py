"""Doubles of Granian's request and protocol (RSGI 1.6), held to the real ones by `test_gate_process.py`."""

import gzip
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from asgiref.sync import async_to_sync
from backports import zstd

_DECODERS = {"gzip": gzip.decompress, "zstd": zstd.decompress, "": bytes}
_SPOKEN_OF = ("content-encoding", "content-length", "etag", "vary", "surrogate-key")
"""What only the short path says."""


class Headers:
    """Headers in their order; `get` knows no case and gives the first."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = [(name.lower(), value) for name, value in pairs if value.isascii()]

    def get(self, name: str, default: Any = None) -> Any:
        return next((value for key, value in self._pairs if key == name.lower()), default)

    def items(self) -> list[tuple[str, str]]:
        return list(self._pairs)

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None


@dataclass
class Request:
    """One request as the gate sees it: the path is decoded, the query is not."""

    path: str
    method: str = "GET"
    query_string: str = ""
    headers: Headers = field(default_factory=lambda: Headers([("host", "127.0.0.1")]))
    client: str = "127.0.0.1:40000"
    server: str = "127.0.0.1:8000"
    scheme: str = "http"
    http_version: str = "1.1"
    proto: str = "http"
    authority: str | None = None


def of(target: str, method: str = "GET", *, body: bytes = b"", **headers: str) -> Request:
    """Return the request for a target as it stands in the first line, percent-encoded."""
    path, _, query = target.partition("#")[0].partition("?")
    pairs = [("host", "127.0.0.1"), *((name.replace("_", "-"), value) for name, value in headers.items())]
    if body:
        pairs.append(("content-length", str(len(body))))
    return Request(unquote(path, errors="replace"), method, query, Headers(pairs))


@dataclass
class Protocol:
    """The way back; `status` is 0 until an answer was given, which may happen once."""

    body: bytes = b""
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    answer: bytes = b""

    async def __call__(self) -> bytes:
        return self.body

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks()

    async def _chunks(self) -> AsyncIterator[bytes]:
        yield self.body

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        assert self.status == 0, "answered twice"
        assert all(isinstance(word, str) and word.isprintable() for pair in headers for word in pair), headers
        assert all(name == name.lower() for name, _ in headers)
        self.status, self.headers, self.answer = status, list(headers), bytes(body)

    def response_str(self, status: int, headers: list[tuple[str, str]], body: str) -> None:
        self.response_bytes(status, headers, body.encode())

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Protocol":
        self.response_bytes(status, headers, b"")
        return self

    async def send_bytes(self, data: bytes) -> None:
        self.answer += data

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, "")

    @property
    def text(self) -> bytes:
        """What a client decodes."""
        return _DECODERS[self.header("content-encoding") if self.answer else ""](self.answer)

    def seen(self) -> tuple[int, dict[str, str], bytes]:
        """Return all that must be the same whichever path answered."""
        same = {name: value for name, value in self.headers if name not in _SPOKEN_OF}
        return self.status, same, self.text


async def answer(gate: Any, request: Request, body: bytes = b"") -> Protocol:
    """Let the gate answer one request, at once or in the loop."""
    protocol = Protocol(body)
    if not gate.at_hand(request, protocol):
        await gate.__rsgi__(request, protocol)
    assert protocol.status, "never answered"
    return protocol


def ask(gate: Any, target: str, method: str = "GET", *, body: bytes = b"", **headers: str) -> Protocol:
    """Let the gate answer one request, from outside any event loop."""
    return async_to_sync(answer)(gate, of(target, method, body=body, **headers), body)
