"""The fronts that editors arrange: the front page and one for each rubric, and every arrangement they ever had."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from warta.lexicon.fronts import SLOTS
from warta.newsroom.models.dispatch import Dispatch
from warta.newsroom.models.subjects import Rubric


class KeptArrangementError(PermissionDenied):
    """An arrangement is neither changed nor deleted."""


@dataclass(frozen=True, slots=True)
class Pin:
    """An article at a place of a front, until an instant or until further notice."""

    slot: str
    article_id: int
    until: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Tell whether its time has passed."""
        return self.until is not None and self.until <= now


class Front(models.Model):
    """The front page (no rubric) or a rubric's; `number` is that of the arrangement which readers have, 0 for none."""

    rubric = models.OneToOneField(Rubric, null=True, on_delete=models.CASCADE, related_name="front")
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")
        constraints: ClassVar = [
            models.UniqueConstraint(Coalesce("rubric", models.Value(0)), name="newsroom_front_once")
        ]

    def __str__(self) -> str:
        return self.rubric.name if self.rubric else gettext("Front page")

    @classmethod
    def of(cls, rubric: Rubric | None) -> "Front":
        """Return the front of a rubric, or the front page; not saved yet when nobody ever arranged it."""
        return cls._default_manager.filter(rubric=rubric).first() or cls(rubric=rubric)

    def live(self) -> "Arrangement | None":
        """Return the arrangement that readers have."""
        return self.arrangements.filter(number=self.number).first() if self.pk and self.number else None

    def leave_dispatch(self) -> None:
        """Leave work for the press."""
        Dispatch.objects.create(kind="front", object_id=self.rubric_id or 0)


class Arrangements(models.QuerySet["Arrangement"]):
    """Refuses to change or delete many at once."""

    def update(self, **values: Any) -> int:
        """Refuse.

        Raises: KeptArrangementError.
        """
        _refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse.

        Raises: KeptArrangementError.
        """
        _refuse()


BEFORE: Final = 0
"""The number of what there was before the first arrangement: every place filled by itself."""


class Arrangement(models.Model):
    """What stood at the places of a front from one moment on; `back_to` is the number of an older one put back."""

    front = models.ForeignKey(Front, on_delete=models.CASCADE, related_name="arrangements")
    number = models.PositiveIntegerField()
    slots = models.JSONField()
    back_to = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = Arrangements.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["front", "number"], name="newsroom_arrangement_once")]

    def __str__(self) -> str:
        return f"{self.front} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new arrangement.

        Raises: KeptArrangementError for one that is kept already.
        """
        if self.pk:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse.

        Raises: KeptArrangementError.
        """
        _refuse()

    @property
    def pins(self) -> tuple[Pin, ...]:
        """Return what stands at its places, in the order of the page."""
        return tuple(_pin(slot, self.slots[slot]) for slot in SLOTS if slot in self.slots)

    @staticmethod
    def written(pins: Iterable[Pin]) -> dict[str, Any]:
        """Return pins as they are kept."""
        return {
            pin.slot: {"article": pin.article_id, "until": pin.until.isoformat() if pin.until else None} for pin in pins
        }


def _pin(slot: str, kept: Mapping[str, Any]) -> Pin:
    until = kept["until"]
    return Pin(slot, kept["article"], datetime.fromisoformat(until) if until else None)


def _refuse() -> NoReturn:
    raise KeptArrangementError("an arrangement is kept as it is: arrange the front anew")
