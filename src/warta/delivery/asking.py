"""Asks another server something, briefly: caches that are told what changed, hubs, search engines."""

import http.client
import ssl
from typing import Final
from urllib.parse import urlsplit

TIMEOUT_S: Final = 5.0
"""How long the other may take to answer."""

Asking = tuple[str, str, dict[str, str], bytes]
"""One request: method, path with query, headers, body."""


class NotToldError(Exception):
    """Somebody did not take what they were told; the message says who, and what they answered."""


def ask(name: str, base: str, asking: Asking) -> tuple[int, str]:
    """Send a request to the server at `base`; return its status and the first words of its answer.

    Raises: NotToldError, with the name, when it does not answer.
    """
    parts = urlsplit(base)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        tls = ssl.create_default_context()
        connection = http.client.HTTPSConnection(parts.netloc, timeout=TIMEOUT_S, context=tls)
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_S)
    method, path, headers, body = asking
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(200).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise NotToldError(f"{name} does not answer: {error}") from error
    finally:
        connection.close()
