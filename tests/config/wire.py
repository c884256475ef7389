"""Speaks HTTP/1.1 byte by byte, so that nothing is put right on the way: the target goes out as it stands."""

import gzip
import socket
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_LONGEST_S = 20.0


@dataclass(frozen=True)
class Answer:
    """What came back; header names are lower-case, the body as it was sent."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key == name)

    @property
    def plain(self) -> bytes:
        return gzip.decompress(self.body) if self.header("content-encoding") == "gzip" else self.body

    def but_for_the_date(self) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        return self.status, tuple(pair for pair in self.headers if pair[0] != "date"), self.body


class Line:
    """One connection to a server on the loopback."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_LONGEST_S)
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._socket.close()

    def ask(
        self, target: str, method: str = "GET", headers: list[tuple[str, str]] | None = None, body: bytes = b""
    ) -> Answer:
        """Send one request, `Host: paper` unless it is given, and read its answer."""
        pairs = list(headers or [])
        if "host" not in {name.lower() for name, _ in pairs}:
            pairs.insert(0, ("Host", "paper"))
        if body:
            pairs.append(("Content-Length", str(len(body))))
        lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in pairs), "", ""]
        self._socket.sendall("\r\n".join(lines).encode("latin-1") + body)
        return self.read(is_head=method == "HEAD")

    def read(self, *, is_head: bool = False) -> Answer:
        """Read one answer.

        Raises: ConnectionError when the server has hung up.
        """
        first = self._file.readline()
        if not first:
            raise ConnectionError("no answer")
        status = int(first.split(b" ")[1])
        headers = []
        while (line := self._file.readline().rstrip(b"\r\n")) != b"":
            name, _, value = line.decode("latin-1").partition(":")
            headers.append((name.lower(), value.strip()))
        named = dict(headers)
        if is_head or status in {204, 304}:
            return Answer(status, tuple(headers), b"")
        if named.get("transfer-encoding") == "chunked":
            return Answer(status, tuple(headers), self._chunks())
        return Answer(status, tuple(headers), self._file.read(int(named.get("content-length", 0))))

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self._file.readline(), 16):
            body += self._file.read(size)
            self._file.readline()
        self._file.readline()
        return body


def ask(
    port: int, target: str, method: str = "GET", headers: list[tuple[str, str]] | None = None, body: bytes = b""
) -> Answer:
    """Ask once on a connection of its own."""
    with Line(port) as line:
        return line.ask(target, method, headers, body)
