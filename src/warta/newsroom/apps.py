"""The newsroom as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    """Registers the newsroom's tables and its admin."""

    name = "warta.newsroom"
    label = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to note who signs in."""
        from warta.newsroom.signin import records as _records  # noqa: F401 — its receivers
