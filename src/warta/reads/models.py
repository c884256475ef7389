"""The tables of the reads, all in the database `settings.WARTA_READS_DATABASE`. Only this room opens them."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from warta.reads.floors import FLOOR


class Salt(models.Model):
    """The secret of one UTC day, without which a reader cannot be told from a number; thrown away with its day."""

    day = models.DateField(primary_key=True)
    value = models.BinaryField(max_length=16)


class Seen(models.Model):
    """One reader of one article on one UTC day, and the hours of that day; thrown away with its day.

    `key` is 8 bytes (`reader.key`): of the day, and of a hash of both with its salt. Bit n of `hours` is set once a
    read in hour n was counted, bit 24 once the end of a visit was, so that both may arrive twice and in any order, from
    any process.
    """

    key = models.BigIntegerField(primary_key=True)
    hours = models.IntegerField()


class Crowd(models.Model):
    """What was read from one address, or from one network, on one UTC day; thrown away with its day.

    A row under the key of the place says which article was the first, how many readers of it came from there, and how
    many articles were read. A row under the key of the place and another article says how many readers of that.
    """

    key = models.BigIntegerField(primary_key=True)
    article_id = models.BigIntegerField(default=0)
    readers = models.IntegerField()
    articles = models.IntegerField(default=0)


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
            # The hour first: what is past its time lies together, and what leaves a window too.
            models.UniqueConstraint(fields=["hour_at", "article_id"], name="reads_hour_once"),
        ]


class ReadDay(models.Model):
    """The hours of one article on one day of the paper's zone, once they are older than eight days."""

    pk = models.CompositePrimaryKey("day", "article_id")
    day = models.DateField()
    article_id = models.BigIntegerField()
    reads = models.PositiveIntegerField()
    readers = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["article_id", "day"], name="reads_day_by_article")]


class ReadMonth(models.Model):
    """The days of one article in one month (`day` is its first), once they are older than a year."""

    pk = models.CompositePrimaryKey("day", "article_id")
    day = models.DateField()
    article_id = models.BigIntegerField()
    reads = models.PositiveIntegerField()
    readers = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["article_id", "day"], name="reads_month_by_article")]


class Depth(models.Model):
    """How many visits of an article on one UTC day lasted how long and came how far, both in steps from 0 to 4."""

    pk = models.CompositePrimaryKey("day", "article_id", "engaged", "quarter")
    day = models.DateField()
    article_id = models.BigIntegerField()
    engaged = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    readers = models.PositiveIntegerField()


class Facet(models.Model):
    """How many reads the whole paper had in one hour, by one trait: `all`, `source`, `device` or `rubric`."""

    pk = models.CompositePrimaryKey("hour_at", "kind", "name")
    hour_at = models.DateTimeField()
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=32)
    reads = models.PositiveIntegerField()


class Pulse(models.Model):
    """How many reads the whole paper had in one minute; kept for an hour."""

    minute_at = models.DateTimeField(primary_key=True)
    reads = models.PositiveIntegerField()


class Sieved(models.Model):
    """What became of the beacons of one hour: how many were stored, and how many each rule dropped."""

    pk = models.CompositePrimaryKey("hour_at", "signal", "rule")
    hour_at = models.DateTimeField()
    signal = models.CharField(max_length=8)
    rule = models.CharField(max_length=16)
    count = models.PositiveIntegerField()


class Flush(models.Model):
    """The last flush of one process that is in the tables: what is written again under its number is there already."""

    process = models.CharField(primary_key=True, max_length=32)
    number = models.BigIntegerField()
    at = models.DateTimeField()


class Counter(models.Model):
    """The number of the last change of the hours; its row lock lets one process at a time count."""

    name = models.CharField(primary_key=True, max_length=16)
    value = models.BigIntegerField(default=0)


_WINDOWS: Final = ("day", "week", "month")


class Standing(models.Model):
    """How many readers an article had in the last 24 hours, 7 days and 30 days; kept by what comes and what leaves.

    `rubric` is its list in the paper (`rubric:3`), empty while nobody has asked for it.
    """

    article_id = models.BigIntegerField(primary_key=True)
    rubric = models.CharField(max_length=32, default="")
    lang = models.CharField(max_length=8, default="")
    day = models.IntegerField(default=0)
    week = models.IntegerField(default=0)
    month = models.IntegerField(default=0)
    newest_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            *(
                models.Index(
                    fields=[*within, f"-{window}", "-newest_at", "-article_id"],
                    condition=Q(**{f"{window}__gte": FLOOR}),
                    name=f"reads_{'_'.join((*within, window))}",
                )
                for window in _WINDOWS
                for within in ((), ("rubric",), ("lang",))
            ),
            models.Index(fields=["article_id"], condition=Q(rubric=""), name="reads_without_rubric"),
        ]


class Edge(models.Model):
    """Where a window begins: what was read before `at`, or at it in articles up to `article_id`, has left it."""

    window = models.CharField(primary_key=True, max_length=8)
    at = models.DateTimeField()
    article_id = models.BigIntegerField(default=0)


class Ranking(models.Model):
    """A finished list: its articles with their figures as JSON, when it was made, and of which change of the hours.

    `number` grows when the order of its articles changes.
    """

    name = models.CharField(primary_key=True, max_length=48)
    number = models.BigIntegerField()
    seen = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    items = models.TextField(default="[]")
