"""The paper's name for the newsroom's screens."""

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings

from warta.newsroom.desk.approving import name_of
from warta.newsroom.duties import is_overdue
from warta.newsroom.models import RightOfReply, Verification

register = template.Library()


@register.simple_tag
def paper_name() -> str:
    """Return the name of the paper."""
    return str(settings.WARTA_NAME)


@register.filter
def called(user: Any) -> str:
    """Return how colleagues call somebody."""
    return name_of(user)


@register.filter
def at(values: dict[str, str], key: str) -> str:
    """Return the value under a key, or nothing."""
    return values.get(key, "")


@register.filter
def late(duty: RightOfReply | Verification, now: datetime) -> bool:
    """Tell whether a duty should have been done by now."""
    return duty.is_overdue(now) if isinstance(duty, RightOfReply) else is_overdue(duty, now)
