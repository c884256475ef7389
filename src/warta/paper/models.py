"""The tables of the paper. Only this room opens them; others call `store` and `lists`."""

from typing import ClassVar

from django.db import models


class StoredPage(models.Model):
    """One page under its key (`article:12`, `rubric:3`), or the tombstone of one that was removed.

    `number` is the change that wrote it: whoever follows the paper asks for numbers above the last it has seen.
    """

    key = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=16)
    path = models.CharField(max_length=300, db_index=True)
    order = models.IntegerField(default=0)
    schema = models.PositiveSmallIntegerField(default=0)
    number = models.BigIntegerField(unique=True)
    visible_from = models.DateTimeField(null=True)
    visible_until = models.DateTimeField(null=True)
    teaser = models.TextField(default="")
    data = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "order", "key"], name="paper_page_by_kind"),
            models.Index(fields=["visible_from"], name="paper_page_appears"),
            models.Index(fields=["visible_until"], name="paper_page_expires"),
            models.Index(fields=["-number"], condition=models.Q(kind="gone"), name="paper_page_gone"),
        ]


class Placement(models.Model):
    """One article in one list (`all`, `rubric:3`, `channel:1`, `topic:9`, `person:4`)."""

    page = models.ForeignKey(StoredPage, on_delete=models.CASCADE, related_name="placements", db_index=False)
    list = models.CharField(max_length=32)
    article_id = models.BigIntegerField()
    published_at = models.DateTimeField()
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "list"], name="paper_placement_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["list", "-published_at", "-article_id"], name="paper_placement_in_order"),
        ]


class Told(models.Model):
    """One correction of a page in the paper, for the list of corrections; `data` is the correction as JSON.

    A page and the one that will take its place carry the same corrections, at adjoining times.
    """

    correction_id = models.BigIntegerField()
    page = models.ForeignKey(StoredPage, on_delete=models.CASCADE, related_name="told")
    told_at = models.DateTimeField()
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True)
    data = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["correction_id", "page"], name="paper_told_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["-told_at", "-correction_id"], name="paper_told_in_order")]


class OldAddress(models.Model):
    """An address that once led to a page (`lexicon.addresses.old` form), and the key of that page."""

    address = models.CharField(primary_key=True, max_length=500)
    key = models.CharField(max_length=64, db_index=True)


class Kept(models.Model):
    """One version of an article that readers had; `data` is a `pages.Past` as JSON."""

    article_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    data = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["article_id", "number"], name="paper_kept_once")]


class Counter(models.Model):
    """The number of the last change; its row lock puts writers in the order in which they commit."""

    name = models.CharField(primary_key=True, max_length=16)
    value = models.BigIntegerField(default=0)
