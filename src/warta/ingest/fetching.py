"""Fetches pictures of an archive that are still at the old site, into the folder in which an import looks for them.

Only addresses that begin with what the operator named are asked for, redirects included: an export is hostile until
checked, and could name any machine of the newsroom's network. What is in the folder already is not fetched again.
"""

import tempfile
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, Self
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

LARGEST: Final = 40_000_000
"""What is larger, in bytes, is no press photo and is left."""
_AT_ONCE: Final = 4
"""How many are fetched at a time: the old site still has its readers."""
_AHEAD: Final = 200
_TIMEOUT_S: Final = 30
_TRIES: Final = 3
_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_LONGEST_WAIT_S: Final = 30.0
_EXAMPLES: Final = 5
_LONGEST_NAME: Final = 255
_MOST_REMEMBERED: Final = 100_000
_AGENT: Final = "Warta-Import (pictures of our own archive)"


class BadPrefixError(ValueError):
    """What was named is no address from which pictures can be fetched; the message says why."""


class UnfetchedError(Exception):
    """One picture could not be fetched; the message says why."""


class Fetcher:
    """Fetches what it hears is missing, some at a time; use with `with`, whose end waits for the last one."""

    def __init__(self, prefixes: tuple[str, ...], folder: Path) -> None:
        self._prefixes = [_prefix(said) for said in prefixes]
        self._base = prefixes[0]
        self._folder = folder
        self._opener = urllib.request.build_opener(_Redirects(self))
        self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._room = threading.BoundedSemaphore(_AHEAD)
        self._lock = threading.Lock()
        self._asked: set[str] = set()
        self.fetched = 0
        self.failed = 0
        self.examples: list[str] = []
        """Of what failed, some addresses with the reason."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=failure[0] is not None)

    def hear(self, *forms: str) -> None:
        """Take that a picture is missing, whose address is the first of these forms that the old site answers."""
        try:
            whole = dict.fromkeys(urljoin(self._base, form) for form in forms)
        except ValueError:
            return
        wanted = tuple(address for address in whole if self.may(address))
        if not wanted or wanted[-1] in self._asked:
            return
        if len(self._asked) >= _MOST_REMEMBERED:
            self._asked.clear()
        self._asked.add(wanted[-1])
        self._room.acquire()
        self._pool.submit(self._one, wanted)

    def may(self, address: str) -> bool:
        """Tell whether an address begins with one of those that were named."""
        try:
            split = urlsplit(address)
        except ValueError:
            return False
        return _place(split) is not None and any(
            (split.scheme, split.netloc.lower()) == (known.scheme, known.netloc.lower())
            and unquote(split.path).startswith(unquote(known.path))
            for known in self._prefixes
        )

    def _one(self, forms: tuple[str, ...]) -> None:
        reason = ""
        try:
            for address in forms:
                try:
                    is_new = self._fetch(address)
                except UnfetchedError as error:
                    reason = str(error)
                else:
                    with self._lock:
                        self.fetched += is_new
                    return
            with self._lock:
                self.failed += 1
                if len(self.examples) < _EXAMPLES:
                    self.examples.append(f"{forms[-1][:200]}: {reason}")
        finally:
            self._room.release()

    def _fetch(self, address: str) -> bool:
        """Fetch one picture; False when it is there already.

        Raises: UnfetchedError.
        """
        place = _place(urlsplit(address))
        if place is None:
            raise UnfetchedError("it names no file")
        path = self._folder / place
        if path.exists():
            return False
        for number in range(1, _TRIES + 1):
            try:
                self._keep(address, path)
            except urllib.error.HTTPError as error:
                error.close()
                if error.code not in _AGAIN or number == _TRIES:
                    raise UnfetchedError(f"the old site answered {error.code}") from error
                time.sleep(_wait_s(error.headers, number))
            except (OSError, HTTPException, ValueError) as error:
                if number == _TRIES:
                    raise UnfetchedError(str(getattr(error, "reason", error)) or type(error).__name__) from error
                time.sleep(number)
            else:
                return True
        return False

    def _keep(self, address: str, path: Path) -> None:
        asked = urllib.request.Request(_written(address), headers={"User-Agent": _AGENT, "Accept": "image/*"})  # noqa: S310 — http and https alone, see `_prefix`
        with self._opener.open(asked, timeout=_TIMEOUT_S) as answer:
            if answer.headers.get_content_maintype() != "image":
                raise UnfetchedError(f"it is {answer.headers.get_content_type()} and no picture")
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".fetching-", delete=False) as file:
                try:
                    _copy(answer, file)
                    file.close()
                    Path(file.name).replace(path)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows where the operator would have sent us too."""

    max_redirections = 3

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def redirect_request(  # noqa: PLR0917 — the library calls it so
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Return the request that follows a redirect.

        Raises: UnfetchedError when it leads elsewhere.
        """
        if not self._fetcher.may(newurl):
            raise UnfetchedError(f"it leads to {newurl[:200]}, from where nothing is fetched")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _copy(answer: IO[bytes], file: IO[bytes]) -> None:
    total = 0
    while part := answer.read(65_536):
        total += len(part)
        if total > LARGEST:
            raise UnfetchedError(f"it is larger than {LARGEST // 1_000_000} MB")
        file.write(part)
    said = getattr(answer, "length", None)  # what is still to come of what the old site announced
    if said:
        raise OSError("the old site broke off")


def _prefix(said: str) -> SplitResult:
    try:
        split = urlsplit(said)
        port = split.port
    except ValueError as error:
        raise BadPrefixError(f"{said!r} is no address") from error
    if split.scheme not in {"http", "https"} or not split.hostname or port == 0:
        raise BadPrefixError(f"{said!r} is no address on the web: write https://lama.example/wp-content/uploads/")
    if not split.path.endswith("/"):
        raise BadPrefixError(f"{said!r} must end in a slash, as https://lama.example/ does")
    return split


def _place(split: SplitResult) -> PurePosixPath | None:
    """Return where in the folder a picture is kept: under the path of its address; None if that is no file's."""
    parts = [part for part in unquote(split.path).split("/") if part]
    if not parts or split.path.endswith("/") or any(part == ".." or part.startswith(".fetching-") for part in parts):
        return None
    if any(not part.isprintable() or "\\" in part or len(part.encode()) > _LONGEST_NAME for part in parts):
        return None
    return PurePosixPath(*parts)


def _written(address: str) -> str:
    """Return an address as it is sent: signs that an address cannot hold are written in per cent."""
    return quote(address.partition("#")[0], safe="%/:?=&+,;@!$'()*~[]")


def _wait_s(headers: Message, number: int) -> float:
    said = headers.get("Retry-After", "")
    return min(float(said), _LONGEST_WAIT_S) if said.isascii() and said.isdecimal() else float(2**number)
