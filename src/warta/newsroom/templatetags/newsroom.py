"""What the newsroom's templates ask: the paper's name, what a photo's screen shows."""

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone

from warta.newsroom.desk import photos
from warta.newsroom.desk.approving import name_of
from warta.newsroom.desk.numbers import words
from warta.newsroom.duties import is_overdue
from warta.newsroom.models import Photo, RightOfReply, Verification
from warta.newsroom.signin.agents import in_words

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
def grouped(value: int) -> str:
    """Return a number with the separators of the language: 1.234."""
    return words.grouped(value)


@register.filter
def minus(value: int) -> int:
    """Return a number with the other sign."""
    return -value


@register.filter
def browser(agent: str) -> str:
    """Return browser and system in words."""
    return in_words(agent)


@register.filter
def at(values: dict[str, str], key: str) -> str:
    """Return the value under a key, or nothing."""
    return values.get(key, "")


@register.filter
def late(duty: RightOfReply | Verification, now: datetime) -> bool:
    """Tell whether a duty should have been done by now."""
    return duty.is_overdue(now) if isinstance(duty, RightOfReply) else is_overdue(duty, now)


@register.simple_tag
def rights_of(photo: Photo) -> str:
    """Tell whether the rights over a photo have ended or end soon."""
    return photo.rights_at(timezone.now())


@register.simple_tag(takes_context=True)
def photo_uses(context: dict[str, Any], photo: Photo) -> list[photos.Use]:
    """Return the latest articles that show a photo."""
    return photos.uses([photo], context["request"].user)[photo.pk]


@register.simple_tag(takes_context=True)
def photos_before(context: dict[str, Any], photo: Photo) -> list[photos.Earlier]:
    """Return photos that were here before this one and are the same, or look alike."""
    return photos.earlier(photo, context["request"].user)
