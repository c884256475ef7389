"""The newsroom's process: Django with Wagtail, all of it under `/redaksi/`."""

import os
from collections.abc import Iterable
from typing import Any, Final

os.environ["DJANGO_SETTINGS_MODULE"] = "warta.config.settings.newsroom"

from django.core.wsgi import get_wsgi_application

_django: Final = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer one request, and read what it sends to its end.

    An answer that does not wait for an upload, as a refusal does, would break the connection in the midst of it, and
    the reader's process that hands the upload on would lose the answer.
    """
    answer = _django(environ, start_response)
    while environ["wsgi.input"].read(65536):
        pass
    return answer
