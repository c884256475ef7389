"""The paper's name for the newsroom's screens."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def paper_name() -> str:
    """Return the name of the paper."""
    return str(settings.WARTA_NAME)


@register.filter
def at(values: dict[str, str], key: str) -> str:
    """Return the value under a key, or nothing."""
    return values.get(key, "")
