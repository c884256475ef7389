"""The tables of delivery: who reads the API by a key. Only this room opens them; others call `api.partners`."""

from django.db import models


class Partner(models.Model):
    """One partner: the hash of the key, and what it lets them do. `scopes` are words, `rate` is requests a minute."""

    name = models.CharField(primary_key=True, max_length=64)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200, default="")
    rate = models.PositiveIntegerField()
    made_at = models.DateTimeField()
