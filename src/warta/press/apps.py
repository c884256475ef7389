"""The press as a Django app: it remembers which pictures it has made."""

from django.apps import AppConfig


class PressConfig(AppConfig):
    """Registers the press's table."""

    name = "warta.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"
