"""The ingest room as a Django app, for its words' translations."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    """Registers the room."""

    name = "warta.ingest"
    label = "ingest"
