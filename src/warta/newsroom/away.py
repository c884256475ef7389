"""What someone at the desk reads when a page cannot be made: in words, and what became of what they typed."""

import errno
import logging
import sys
from typing import Final

from django.db import Error
from django.http import HttpRequest, HttpResponse

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
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
_BROKEN: Final = {
    "title": "Ada yang rusak di sisi kami",
    "id": "Halaman ini tidak bisa dibuat, dan yang terakhir Anda kirim mungkin belum disimpan. Kembali ke halaman"
    " sebelumnya dengan tombol kembali, lalu coba lagi. Kesalahannya sudah tercatat.",
    "en": "This page could not be made, and what you sent last may not be saved. Go back with the back button and try"
    " again. The fault has been logged.",
}

_log: Final = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when a view failed: 503 when the database or the disk is what failed, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, Error) or (isinstance(error, OSError) and error.errno in _FULL):
        _log.warning("%s %s: storage does not take it: %s", request.method, request.path[:200], error)
        return HttpResponse(_PAGE.format_map(_RESTING), status=503, headers={"Retry-After": "10"})
    return HttpResponse(_PAGE.format_map(_BROKEN), status=500)
