"""Work that an action leaves behind in its own transaction, as a row that the worker claims."""

from typing import ClassVar, Final

from django.db import models, transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver

KINDS: Final = ["article", "rubric", "channel", "topic", "person", "static", "photo", "front", "breaking", "unranked"]


class Dispatch(models.Model):
    """Something changed and must be pressed: `kind` and `object_id` say what, never how."""

    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    left_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(auto_now_add=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at", "id"], name="newsroom_dispatch_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=KINDS),
                name="newsroom_dispatch_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class PressedModel(models.Model):
    """Base of what readers see besides articles: saving or deleting one leaves a Dispatch in the same transaction."""

    dispatch_kind: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, and leave a Dispatch."""
        with transaction.atomic():
            super().save(*args, **kwargs)  # type: ignore[arg-type] # handed through as it came
            Dispatch.objects.create(kind=self.dispatch_kind, object_id=self.pk)


@receiver(pre_delete)
def leave_when_deleted(instance: models.Model, **_: object) -> None:
    """Leave a Dispatch in the transaction of a deletion: many at once, as Wagtail's lists do it, call no `delete()`."""
    if isinstance(instance, PressedModel):
        Dispatch.objects.create(kind=instance.dispatch_kind, object_id=instance.pk)
