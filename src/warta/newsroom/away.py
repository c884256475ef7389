"""What someone at the desk reads when a page cannot be made: in words, and what became of what they typed."""

import errno
import logging
import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_AWAY: Final = (OperationalError, InterfaceError)
"""What a database says that is full, away or busy; what it refuses because of the rows themselves is no such thing."""
_PAGE: Final = """<!doctype html><html lang="id"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><h1>{title}</h1><p>{id}</p><p lang="en">{en}</p></html>
"""
_RESTING: Final = {
    "title": "Belum bisa disimpan",
    "id": "Penyimpanan sedang penuh atau tidak menjawab, jadi perubahan terakhir belum disimpan. Kembali ke halaman"
    " sebelumnya dengan tombol kembali: tulisan Anda masih ada di sana. Simpan lagi sebentar kemudian.",
    "en": "Storage is full or does not answer, so the last change was not saved. Go back with the back button: what you"
    " typed is still there. Save again in a moment.",
}
_NEEDED: Final = {
    "title": "Tidak bisa dihapus",
    "id": "Masih ada yang bergantung padanya, misalnya artikel, ralat, atau hak jawab. Tidak ada yang dihapus atau"
    " berubah.",
    "en": "Something still depends on it, such as an article, a correction or a right of reply. Nothing was deleted or"
    " changed.",
}
_BROKEN: Final = {
    "title": "Ada yang rusak di sisi kami",
    "id": "Halaman ini tidak bisa dibuat, dan yang terakhir Anda kirim mungkin belum disimpan. Kembali ke halaman"
    " sebelumnya dengan tombol kembali, lalu coba lagi. Kesalahannya sudah tercatat.",
    "en": "This page could not be made, and what you sent last may not be saved. Go back with the back button and try"
    " again. The fault has been logged.",
}

_log: Final = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when a view failed: 503 when storage is what failed, 409 when the row is needed elsewhere, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, _AWAY) or (isinstance(error, OSError) and error.errno in _FULL):
        _log.warning("%s %s: storage does not take it: %s", request.method, request.path[:200], error)
        return HttpResponse(_PAGE.format_map(_RESTING), status=503, headers={"Retry-After": "10"})
    if isinstance(error, ProtectedError | RestrictedError):
        return HttpResponse(_PAGE.format_map(_NEEDED), status=409)
    return HttpResponse(_PAGE.format_map(_BROKEN), status=500)
