"""What was taken in: each item's identity and the digest of what it said, so that an import can be repeated."""

from typing import ClassVar

from django.db import models


class Taken(models.Model):
    """One item that was filed; written in the transaction that filed it. `digest` is that of its copy."""

    uri = models.CharField(primary_key=True, max_length=500)
    digest = models.CharField(max_length=32)
    waits = models.BooleanField(default=False)
    """Whether it links to addresses of the old site, whose pages may have come after it."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["uri"], condition=models.Q(waits=True), name="ingest_taken_waits"),
        ]


class WholeImport(models.Model):
    """The export that is being brought into this paper, and how far it is; the row goes when all of it is there.

    `manifest` is the SHA-256 of its manifest. `step` counts rounds over files that are done, `line` lines of the next.
    """

    manifest = models.CharField(primary_key=True, max_length=64)
    step = models.PositiveIntegerField(default=0)
    line = models.PositiveIntegerField(default=0)
