"""Serves original photos and the newsroom's small copies to people who may use photos, and to nobody else."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from warta.newsroom.models import Photo, PhotoRendition


@require_admin_access
@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """Answer with the file of a photo that this person reaches, or of a colleague's portrait."""
    if "\0" in name or not _is_kept(name, request.user):
        raise Http404
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve()
    if root not in path.parents or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"))
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _is_kept(name: str, user: Any) -> bool:
    """Tell whether a file belongs to a row; what merely lies in the folder is nobody's."""
    rights = ["add", "change", "delete", "choose"]
    reached = policy_registry.get_by_type(Photo).instances_user_has_any_permission_for(user, rights)
    return (
        PhotoRendition.objects.filter(file=name, image__in=reached).exists()
        or reached.filter(file=name).exists()
        or UserProfile.objects.filter(avatar=name).exists()
    )
