"""Defaults that come from the paper's settings; callables, so that migrations are the same for every paper."""

from typing import Final

from django.conf import settings

LANGUAGES: Final = [("id", "Bahasa Indonesia"), ("en", "English")]


def site_zone() -> str:
    """Return the IANA name of the paper's zone."""
    return str(settings.WARTA_ZONE)


def site_language() -> str:
    """Return the paper's language."""
    return str(settings.LANGUAGE_CODE)
