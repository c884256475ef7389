"""Walks through a JSON file of any length in bounded memory, handing out the values that are asked for as bytes.

Values are found by their quotes and brackets alone and decoded by whoever asked: so one that is broken inside is
skipped like any other, and one that is not wanted costs no memory.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import BinaryIO, Final

_CHUNK: Final = 262_144
_NEAR: Final = 512
_BOM: Final = b"\xef\xbb\xbf"
_SPACES: Final = b" \t\r\n"
_LONGEST_KEY: Final = 1_000
_DEEPEST: Final = 50
_SIGN: Final = re.compile(rb"[{}\[\]]")
_NO_SIGNS: Final = bytes(set(range(256)) - set(b"{}[]"))
_STEPS: Final = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}
_SCALAR_END: Final = re.compile(rb"[,\]}\s]")


class BrokenJsonError(ValueError):
    """The file is no JSON from here on; the message says at which byte and why."""


class Scan:
    """A place in a JSON file. Whoever is handed a member or an element reads it by `value` or goes into it."""

    def __init__(self, stream: BinaryIO, start: int = 0) -> None:
        self._stream = stream
        self._chunk = self._plain = b""
        self._at = 0
        self._after = start
        self._levels = 0
        stream.seek(start)
        if start == 0 and stream.read(len(_BOM)) == _BOM:
            self._after = len(_BOM)
        else:
            stream.seek(start)

    @property
    def position(self) -> int:
        """How many bytes of the file lie before this place."""
        return self._after - len(self._chunk) + self._at

    def peek(self) -> bytes:
        """Return the next byte that is no blank, without going past it; nothing at the end."""
        while True:
            rest = self._chunk[self._at : self._at + 64].lstrip(_SPACES)
            if rest:
                self._at = self._chunk.index(rest[:1], self._at)
                return rest[:1]
            self._at += 64
            if self._at >= len(self._chunk) and not self._fill():
                return b""

    def members(self) -> Iterator[str]:
        """Go into an object and hand out each key; its value must be read before the next.

        Raises: BrokenJsonError.
        """
        for _ in self._parts(b"{", b"}"):
            if self.peek() != b'"':
                self._fail("a name in quotes was expected")
            key = self.value(_LONGEST_KEY)
            self._take(b":")
            yield key[1:-1].decode("utf-8", "replace") if key else ""

    def elements(self) -> Iterator[None]:
        """Go into a list and stop before each element, which must be read before the next.

        Raises: BrokenJsonError.
        """
        return self._parts(b"[", b"]")

    def value(self, most: int = 0) -> bytes | None:
        """Go past the next value and return its bytes; None when it has more than `most` bytes.

        Raises: BrokenJsonError.
        """
        first = self.peek()
        if not first or first in b",:]}":
            self._fail("a value was expected")
        kept: list[bytes] = []
        room = most
        for piece in self._scalar() if first not in b'"{[' else self._nested():
            room -= len(piece)
            if room >= 0:
                kept.append(piece)
            else:
                kept.clear()
        return b"".join(kept) if room >= 0 else None

    def _parts(self, opening: bytes, closing: bytes) -> Iterator[None]:
        self._take(opening)
        if self.peek() == closing:
            self._at += 1
            return
        self._levels += 1
        if self._levels > _DEEPEST:
            self._fail("nested too deep")
        while True:
            yield
            if self.peek() == closing:
                self._at += 1
                self._levels -= 1
                return
            self._take(b",")

    def _scalar(self) -> Iterator[bytes]:
        while True:
            found = _SCALAR_END.search(self._chunk, self._at)
            end = found.start() if found else len(self._chunk)
            yield self._chunk[self._at : end]
            self._at = end
            if found or not self._fill():
                return

    def _nested(self) -> Iterator[bytes]:
        """Hand out a text, object or list in pieces."""
        depth, is_text, start = 0, False, self._at
        while True:
            if self._at >= len(self._chunk):
                yield self._chunk[start:]
                if not self._fill():
                    self._fail("the file ends within a value")
                start = 0
            if is_text:
                end = self._plain.find(b'"', self._at) + 1
                is_text = not end
                self._at = end or len(self._chunk)
            else:
                depth, is_text = self._past_signs(depth)
            if not depth and not is_text:
                yield self._chunk[start : self._at]
                return

    def _past_signs(self, depth: int) -> tuple[int, bool]:
        """Go past all brackets before the next text, or to that which ends the value; tell depth and if in a text."""
        near = self._at + _NEAR
        quote = self._plain.find(b'"', self._at, near)
        near = min(near, len(self._chunk)) if quote < 0 else quote
        signs = self._plain[self._at : near].translate(None, _NO_SIGNS)
        depths = list(accumulate(map(_STEPS.__getitem__, signs), initial=depth))
        if 0 in depths[1:]:
            last = islice(_SIGN.finditer(self._plain, self._at), depths.index(0, 1) - 1, None)
            self._at = next(last).end()
            return 0, False
        self._at = near + (quote >= 0)
        return depths[-1], quote >= 0

    def _take(self, sign: bytes) -> None:
        if self.peek() != sign:
            self._fail(f"{sign.decode()} was expected")
        self._at += 1

    def _fill(self) -> bool:
        """Read on, and blank in a second copy what is escaped, so that every quote in it begins or ends a text."""
        chunk = self._stream.read(_CHUNK)
        plain = chunk.replace(rb"\\", b"__").replace(rb"\"", b"__")
        if plain.endswith(b"\\"):
            chunk += self._stream.read(1)
            plain = plain[:-1] + b"__"
        self._chunk, self._plain, self._at = chunk, plain, 0
        self._after += len(chunk)
        return bool(chunk)

    def _fail(self, why: str) -> None:
        raise BrokenJsonError(f"is no JSON (byte {self.position + 1:,}): {why}")
