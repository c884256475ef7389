"""The delivery as a Django app: templates, words and pages, and the tables of partners."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Registers the reader's templates and translations, and the tables."""

    name = "warta.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"
