"""The tables of the reads, all in the database `settings.WARTA_READS_DATABASE`. Only this room opens them."""

from typing import ClassVar

from django.db import models


class Salt(models.Model):
    """The secret of one UTC day, without which a reader cannot be told from a number; thrown away with its day."""

    day = models.DateField(primary_key=True)
    value = models.BinaryField(max_length=16)


class Seen(models.Model):
    """One reader of one article on one UTC day, and the hours of that day; thrown away with its day.

    `reader` is 8 bytes of a hash with the day's salt. Bit n of `hours` is set once a read in hour n was counted, so
    that reads may arrive twice and in any order, from any process.
    """

    day = models.DateField()
    article_id = models.BigIntegerField()
    reader = models.BigIntegerField()
    hours = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "article_id", "reader"], name="reads_seen_once"),
        ]


class ReadHour(models.Model):
    """How often one article was read in one hour.

    `reads` counts each reader once in the hour. `readers` counts those who were seen on this article for the first time
    on that UTC day: its sum over seven days is as near to the distinct readers of seven days as salts that change
    daily allow one to know. Who comes back on another day is a new reader then.
    """

    article_id = models.BigIntegerField()
    hour_at = models.DateTimeField()
    reads = models.PositiveIntegerField(default=0)
    readers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            # The hour first: what is past its time lies together. The ranking reads nearly all there is in any case.
            models.UniqueConstraint(fields=["hour_at", "article_id"], name="reads_hour_once"),
        ]


class Counter(models.Model):
    """The number of the last change of the hours; its row lock lets one process at a time count."""

    name = models.CharField(primary_key=True, max_length=16)
    value = models.BigIntegerField(default=0)


class Ranking(models.Model):
    """A finished list: when it was made, and from which change of the hours."""

    name = models.CharField(primary_key=True, max_length=16)
    number = models.BigIntegerField()
    made_at = models.DateTimeField()


class Ranked(models.Model):
    """One article in a finished list, the most read at position 1."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveSmallIntegerField()
    article_id = models.BigIntegerField()
    readers = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ranking", "position"], name="reads_ranked_once"),
        ]
