"""The server of the index, when that lies on OpenSearch: asked briefly, and left alone for a moment when it is away."""

import os
import ssl
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import OperationalError

NAME: Final = "warta"
"""The alias, when the address has no path; the indexes are called by it and their generation."""
READ_S: Final = 3.0
"""How long a reader's question may take; a page asks a few, and the gate gives up after ten seconds."""
WRITE_S: Final = 30.0
"""How long it may take to write; nobody waits for it."""
_REST_S: Final = 1.0
"""How long a server that did not answer is not asked again, so that not every reader waits for it."""


class Server:
    """The server of an address, as one process asks it."""

    def __init__(self, address: str) -> None:
        import opensearchpy  # it is not there, and takes no memory, where the index lies in the database

        parts = urlsplit(address)
        is_secure = parts.scheme == "https"
        self.alias = parts.path.strip("/") or NAME
        self.errors = (opensearchpy.exceptions.ConnectionError, opensearchpy.exceptions.OpenSearchException)
        login = (unquote(parts.username or "", "latin-1"), unquote(parts.password or "", "latin-1"))  # as it is sent
        self.client = opensearchpy.OpenSearch(
            hosts=[{"host": parts.hostname, "port": parts.port or 9200}],
            http_auth=login if parts.username else None,
            use_ssl=is_secure,
            ssl_context=ssl.create_default_context() if is_secure else None,
            timeout=READ_S,
            max_retries=0,
        )
        self._rests_until = 0.0

    def index(self, generation: int) -> str:
        """Return the name of the index of a generation."""
        return f"{self.alias}-{generation}"

    def door(self, generation: int) -> str:
        """Return the alias by which a generation is written: what has no alias is refused, and not made on the fly."""
        return f"{self.index(generation)}-write"

    def ask(self, method: Callable[..., Any], **values: Any) -> Any:
        """Return what a method of the client answers.

        Raises: django.db.OperationalError.
        """
        away, refused = self.errors
        if time.monotonic() < self._rests_until:
            raise OperationalError("OpenSearch did not answer a moment ago")
        try:
            return method(**values)
        except away as error:
            self._rests_until = time.monotonic() + _REST_S
            raise OperationalError(f"OpenSearch does not answer: {error.error}") from error
        except refused as error:
            raise OperationalError(f"OpenSearch refused: {str(error)[:500]}") from error


def current() -> Server:
    """Return the server of the setting; a forked process has connections of its own."""
    return _of(settings.WARTA_OPENSEARCH, os.getpid())


@lru_cache(maxsize=4)
def _of(address: str, process: int) -> Server:
    return Server(address)
