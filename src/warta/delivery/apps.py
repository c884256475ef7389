"""The delivery as a Django app: templates, words and pages, no tables."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Registers the reader's templates and translations."""

    name = "warta.delivery"
    label = "delivery"
