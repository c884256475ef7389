"""Finds a file that lies beside a document, and none that lies anywhere else."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

_WEB: Final = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_SIZED: Final = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated)(?=\.[a-z0-9]{1,5}$)", re.IGNORECASE)
_MOST_PARTS: Final = 12
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_hears: Final[ContextVar[Callable[..., object] | None]] = ContextVar("hears", default=None)


class NotBesideError(ValueError):
    """The address leads to no file beside the document; the message says why."""


@contextmanager
def missing_is_told(hear: Callable[..., object]) -> Iterator[None]:
    """Tell of each picture that is looked for and missing under which addresses it may be: the best first."""
    token = _hears.set(hear)
    try:
        yield
    finally:
        _hears.reset(token)


def beside(folder: Path | None, href: str) -> Path:
    """Return the file that a relative address names within `folder`, as written or percent-decoded.

    Raises: NotBesideError, in words for the person who imports.
    """
    said = href.strip()
    shown = said if len(said) <= 120 else f"{said[:117]}..."
    if _WEB.match(said):
        if (found := _fetched(folder, said, shown)) is not None:
            return found
        _tell(said)
        raise NotBesideError(f"{shown} is on the web, save the file beside the document")
    if folder is None:
        raise NotBesideError(f"{shown}: this document lies in no folder")
    names = list(dict.fromkeys((said, unquote(said), unquote(re.split(r"[?#]", said, maxsplit=1)[0]))))
    for name in names:
        _check(name, shown)
    for name in names:
        found = _file(folder, name, shown)
        if found is not None:
            return found
    raise NotBesideError(f"{shown} is missing beside the document")


def kept(folder: Path | None, address: str) -> Path:
    """Return the file within `folder` that a picture's old address means, whole or relative.

    The address may begin anywhere: of `https://a.example/wp-content/uploads/2019/05/x-300x200.jpg` the whole path is
    looked for, then `uploads/2019/05/…` and so on to `x-300x200.jpg`, each also without the size that was written
    into its name.
    Raises: NotBesideError, in words for the person who imports.
    """
    shown = address.strip() if len(address) <= 200 else f"{address.strip()[:197]}..."
    if folder is None:
        raise NotBesideError(f"{shown}: no folder of pictures was given")
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError as error:
        raise NotBesideError(f"{shown} is no address") from error
    parts = [part for part in path.split("/") if part not in {"", "."}][-_MOST_PARTS:]
    if not parts:
        raise NotBesideError(f"{shown} names no file")
    for start in range(len(parts)):
        name = "/".join(parts[start:])
        _check(name, shown)
        for form in dict.fromkeys((_SIZED.sub("", name), name)):
            if (found := _file(folder, form, shown)) is not None:
                return found
    _tell(_SIZED.sub("", address.strip()), address.strip())
    raise NotBesideError(f"{shown} is missing in the folder of pictures")


def _tell(*addresses: str) -> None:
    hear = _hears.get()
    if hear is not None:
        hear(*addresses)


def _fetched(folder: Path | None, address: str, shown: str) -> Path | None:
    """Return the file of an address on the web, if it was fetched or lies in the folder under its whole path."""
    try:
        name = unquote(urlsplit(address).path).strip("/")
    except ValueError:
        return None
    if folder is None or not name:
        return None
    _check(name, shown)
    return _file(folder, name, shown)


def _check(name: str, shown: str) -> None:
    if not name.isprintable() or not name.strip():
        raise NotBesideError(f"{shown!r} is no file name")
    if _SCHEME.match(name):
        raise NotBesideError(f"{shown} is no address of a file beside the document")
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise NotBesideError(f"{shown} leads out of the folder of the document")


def _file(folder: Path, name: str, shown: str) -> Path | None:
    try:
        home = folder.resolve()
        found = (home / name).resolve()
        if not found.is_relative_to(home):
            raise NotBesideError(f"{shown} leads out of the folder of the document")
        return found if found.is_file() else None
    except (OSError, RuntimeError):
        return None  # a name too long for the file system, or a ring of links
