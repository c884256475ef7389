"""The picture files of the paper, named by their content and so never changed."""

from typing import Final

from django.http import HttpRequest, HttpResponse

from warta.delivery import headers
from warta.delivery.views import old
from warta.delivery.views.errors import reading
from warta.paper import pictures

_TYPES: Final = {".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg"}


@reading
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Answer the address of a picture file."""
    path = pictures.path_of(name)
    if path is None:
        return old.answer(request)
    return headers.forever(HttpResponse(path.read_bytes(), content_type=_TYPES[path.suffix]))
