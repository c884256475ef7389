"""The picture files that readers may see: written once, named by their content, never changed."""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings

from warta.paper.pages import File

PREFIX: Final = "/gambar/"
SUFFIXES: Final = ("avif", "webp", "jpg")
_NAME: Final = re.compile(r"[0-9a-f]{32}-\d{1,5}x\d{1,5}\.(?:avif|webp|jpg)", re.ASCII)


def put(data: bytes, *, width: int, height: int, suffix: str) -> File:
    """Keep one picture file and return its address and size in pixels; the same bytes give the same address."""
    name = f"{hashlib.sha256(data).hexdigest()[:32]}-{width}x{height}.{suffix}"
    path = _path(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(half).chmod(0o644)
        Path(half).replace(path)
    return File(address=PREFIX + name, width=width, height=height)


def path_of(name: str) -> Path | None:
    """Return the file of a picture by the last part of its address, None when there is no such picture."""
    if not _NAME.fullmatch(name):
        return None
    path = _path(name)
    return path if path.is_file() else None


def _path(name: str) -> Path:
    return Path(settings.WARTA_PICTURES) / name[:2] / name
