"""The table of the search that Django knows; the index itself lies in tables of its own (`index.py`)."""

from django.db import models


class Index(models.Model):
    """Which generation of the index is asked, and the paper's last change that it knows.

    `former` is the generation before, which is kept for a moment for those who are still reading it.
    """

    name = models.CharField(primary_key=True, max_length=16)
    generation = models.IntegerField(default=1)
    number = models.BigIntegerField(default=0)
    former = models.IntegerField(null=True)
    switched_at = models.DateTimeField(null=True)
