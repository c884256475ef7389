"""Small files that an operator puts into `WARTA_HOME/files`, for those who ask every site for them.

Source: RFC 9116 (security.txt); IAB Tech Lab, ads.txt 1.1; JournalList, trust.txt; W3C, change-password; RFC 8615.
"""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from warta.delivery import headers
from warta.delivery.views import old
from warta.delivery.views.errors import reading

NAMES: Final = ("ads.txt", "app-ads.txt", "security.txt", "trust.txt")
LARGEST: Final = 2**20
"""Bytes of a file that is given out."""


@reading
def file(request: HttpRequest, name: str) -> HttpResponse:
    """Answer one of the files, where the operator put it."""
    content = read(name)
    if content is None:
        return old.answer(request)
    return headers.live(HttpResponse(content, content_type="text/plain; charset=utf-8"))


@reading
def change_password(request: HttpRequest) -> HttpResponse:
    """Send a password manager to where people of the newsroom change theirs."""
    return HttpResponseRedirect("/redaksi/account/")


def read(name: str) -> bytes | None:
    """Return what a file says; None when there is none, or it is too large to be one of these."""
    path = Path(settings.WARTA_HOME) / "files" / name
    try:
        return path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError:
        return None
