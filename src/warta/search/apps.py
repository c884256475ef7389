"""The search as a Django app: it owns the tables of the index."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the tables of the search."""

    name = "warta.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
