"""End breaking news before its time."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom.models import Breaking
from warta.newsroom.permissions import Verb, need


class EndedError(ValueError):
    """It has ended already."""


@transaction.atomic
def end_breaking(breaking: Breaking, *, by: Any, now: datetime) -> None:
    """Take breaking news off every page.

    Raises: PermissionDenied; EndedError.
    """
    need(by, Verb.BREAK)
    rows = Breaking.objects.filter(pk=breaking.pk, ended_at=None, ends_at__gt=now)
    if not rows.update(ended_at=now, ended_by=by):
        raise EndedError(f"breaking news {breaking.pk} has ended")
    log(instance=breaking, action="warta.end_breaking", user=by, data={"text": breaking.text})
    breaking.leave_dispatch()
