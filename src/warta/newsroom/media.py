"""Serves original photos and the newsroom's small copies to people who are signed in, and to nobody else."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access


@require_admin_access
@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """Answer with one file of the originals' folder, as an attachment unless it is a picture."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve() if "\0" not in name else root
    if root not in path.parents or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"))
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
