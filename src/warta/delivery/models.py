"""The tables of delivery: partners, what they are told, and how far; who republished what. Only this room opens them.

Others call `api.partners`, `webhooks` and `republished`.
"""

from typing import ClassVar

from django.db import models


class Partner(models.Model):
    """One partner: the hash of the key, and what it lets them do. `scopes` are words, `rate` is requests a minute.

    `webhook` is the address at which they are told of articles, or nothing; its secret is made of `salt` and the
    paper's own. `is_local` lets it lie on this machine or in a private network.
    """

    name = models.CharField(primary_key=True, max_length=64)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200, default="")
    rate = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    webhook = models.CharField(max_length=500, default="")
    salt = models.CharField(max_length=64, default="")
    is_local = models.BooleanField(default=False)


class Event(models.Model):
    """What partners are told of one change of the paper. `sign` says what readers had then, to know what is new next.

    `path` is where readers find it, and empty once it is no more.
    """

    change = models.BigIntegerField(primary_key=True)
    article_id = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    path = models.CharField(max_length=300)
    at = models.DateTimeField()
    sign = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["article_id", "-change"], name="delivery_event_of_article")]


class Place(models.Model):
    """How far somebody was told: all changes up to `number`; `error` says why no more, and `since` when that began."""

    name = models.CharField(primary_key=True, max_length=80)
    number = models.BigIntegerField()
    error = models.TextField(default="")
    since = models.DateTimeField(null=True)


class Republication(models.Model):
    """One article on one other site, by the mark that is shown there. `loads` are those of the mark."""

    article_id = models.BigIntegerField()
    host = models.CharField(max_length=100)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    loads = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article_id", "host"], name="delivery_republication_once")
        ]
