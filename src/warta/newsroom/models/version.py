"""The public history: each published version, kept for ever, chained by hash."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models

from warta.newsroom.versions import FIRST, Link, canonical, content_of, digest


class KeptVersionError(PermissionDenied):
    """A version is neither changed nor deleted."""


class VersionKind(models.TextChoices):
    """What made a version."""

    PUBLISHED = "published"
    UPDATED = "updated"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken back"
    WITHDRAWN = "withdrawn"
    PUT_BACK = "put back"


class Versions(models.QuerySet["Version"]):
    """Refuses to change or delete many at once."""

    def update(self, **values: Any) -> int:
        """Refuse.

        Raises: KeptVersionError.
        """
        _refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse.

        Raises: KeptVersionError.
        """
        _refuse()


class Version(models.Model):
    """One version; it outlives its article, so it names it by number. The tables refuse changes too (migration)."""

    article_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=VersionKind)
    why = models.TextField(blank=True)
    content = models.TextField()
    before = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = Versions.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["article_id", "number"], name="newsroom_version_once")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new version.

        Raises: KeptVersionError for one that is kept already.
        """
        if self.pk:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse.

        Raises: KeptVersionError.
        """
        _refuse()

    @classmethod
    def last_of(cls, article_id: int) -> "Version | None":
        """Return an article's last version."""
        return cls._default_manager.filter(article_id=article_id).order_by("-number").first()

    @classmethod
    def keep(cls, article: Any, *, kind: VersionKind, at: datetime, why: str = "") -> "Version":
        """Keep what readers have of an article from an instant on; to be called in the transaction that changes it.

        Two at the same instant: the second breaks on the number's uniqueness and its transaction with it.
        """
        last = cls.last_of(article.pk)
        made = cls.made(article, last, kind=kind, at=at, why=why)
        if last is not None and kind == VersionKind.UPDATED and made.content == last.content:
            return last  # published again as it was: readers see no other words
        made.save()
        return made

    @classmethod
    def made(cls, article: Any, last: "Version | None", *, kind: VersionKind, at: datetime, why: str = "") -> "Version":
        """Return the version after `last`, chained to it, without saving it."""
        number, before = (last.number + 1, last.hash) if last else (1, FIRST)
        content, written = canonical(content_of(article)), at.astimezone(UTC).isoformat()
        return cls(
            article_id=article.pk,
            number=number,
            at=at,
            kind=kind,
            why=why,
            content=content,
            before=before,
            hash=digest(article.pk, number, written, kind=kind, why=why, content=content, before=before),
        )

    @classmethod
    def links(cls, *, after: int = 0) -> Iterator[Link]:
        """Return all versions, article by article, each chain in order, as the proof reads them."""
        rows = cls._default_manager.filter(article_id__gt=after).order_by("article_id", "number")
        for row in rows.iterator(chunk_size=500):
            at = row.at.astimezone(UTC).isoformat()
            yield Link(row.article_id, row.number, at, row.kind, row.why, row.content, row.before, row.hash)


def _refuse() -> NoReturn:
    raise KeptVersionError("a version that was published is kept as it is")
