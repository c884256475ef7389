"""Corrections: what was wrong, what is right, when and by whom; once published, for ever."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from warta.lexicon.press_rules import CorrectionKind, Seriousness
from warta.newsroom.models.article import Article

KINDS: Sequence[tuple[CorrectionKind, Any]] = [
    (CorrectionKind.ERRATUM, _("Erratum: an error of our own")),
    (CorrectionKind.CORRECTION, _("Correction: pointed out to us from outside")),
]
WEIGHTS: Sequence[tuple[Seriousness, Any]] = [
    (Seriousness.MINOR, _("Minor: shown at the article's foot")),
    (Seriousness.SERIOUS, _("Serious: shown at the head too")),
]


class KeptCorrectionError(PermissionDenied):
    """A published correction is neither changed nor deleted: a mistaken one is put right by a further one."""


class Corrections(models.QuerySet["Correction"]):
    """Refuses to change published corrections many at once."""

    def update(self, **values: Any) -> int:
        """Change drafts.

        Raises: KeptCorrectionError when a published one is among them.
        """
        if self.published().exists():
            _refuse()
        return super().update(**values)

    def published(self) -> "Corrections":
        """Return those that readers were told."""
        return self.filter(published_at__isnull=False)


class Correction(models.Model):
    """One correction of `article`; a draft until `published_at`.

    `stands_in` is a newer article that brings it, `corrects` an earlier correction that was itself mistaken. The
    tables refuse as well to change a published one (migration `corrections`).
    Source: Dewan Pers 1/2012, 4(b) and 4(c): linked to what it corrects, and dated.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="corrections", editable=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default=CorrectionKind.ERRATUM)
    seriousness = models.CharField(_("how serious"), max_length=7, choices=WEIGHTS, default=Seriousness.MINOR)
    wrong = models.TextField(_("what was wrong"), max_length=1000)
    right = models.TextField(_("what is right"), max_length=1000)
    stands_in = models.ForeignKey(
        Article,
        verbose_name=_("article that brings the correction"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections_brought",
        help_text=_("Only if a newer article corrects this one. Both name each other."),
    )
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("mistaken correction"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
        help_text=_("Only if an earlier correction was itself mistaken."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    published_at = models.DateTimeField(null=True, editable=False)

    objects = Corrections.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes: ClassVar = [models.Index(fields=["published_at", "-id"], name="newsroom_correction_published")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(CorrectionKind), seriousness__in=list(Seriousness)),
                name="newsroom_correction_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(wrong="") & ~models.Q(right=""), name="newsroom_correction_says_both"
            ),
            models.CheckConstraint(
                condition=~models.Q(stands_in=models.F("article")),
                name="newsroom_correction_stands_elsewhere",
                violation_error_message=_("Name another article."),
            ),
        ]

    def __str__(self) -> str:
        return self.right

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a draft, or publish it.

        Raises: KeptCorrectionError when it was published before.
        """
        if self.pk and type(self).objects.filter(pk=self.pk).published().exists():
            _refuse()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a correction that stands in its own article, or corrects another article's.

        Raises: ValidationError.
        """
        super().clean()
        if self.stands_in_id and self.stands_in_id == self.article_id:
            raise ValidationError({"stands_in": _("Name another article, or leave this empty.")})
        if self.corrects is not None and (
            self.corrects.article_id != self.article_id or not self.corrects.published_at
        ):
            raise ValidationError({"corrects": _("Name a published correction of this article.")})

    @property
    def told_at(self) -> datetime:
        """Return when readers were told.

        Raises: ValueError for a draft.
        """
        if self.published_at is None:
            raise ValueError(f"correction {self.pk} is a draft")
        return self.published_at

    @property
    def is_published(self) -> bool:
        """Tell whether readers were told."""
        return self.published_at is not None


@receiver(pre_delete, sender=Correction)
def keep_published(instance: Correction, **_: Any) -> None:
    """Refuse to delete a published correction, by whichever way."""
    if Correction.objects.filter(pk=instance.pk).published().exists():
        _refuse()


def _refuse() -> NoReturn:
    raise KeptCorrectionError("a published correction is kept as it is; put a mistaken one right by a further one")
