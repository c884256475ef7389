"""The paper as a Django app: it owns the tables of what readers can be given."""

from django.apps import AppConfig


class PaperConfig(AppConfig):
    """Registers the paper's tables."""

    name = "warta.paper"
    label = "paper"
    default_auto_field = "django.db.models.BigAutoField"
