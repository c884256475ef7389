"""The reads as a Django app: it owns the tables of what was read."""

from django.apps import AppConfig


class ReadsConfig(AppConfig):
    """Registers the tables of the reads."""

    name = "warta.reads"
    label = "reads"
    default_auto_field = "django.db.models.BigAutoField"
