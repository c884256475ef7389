"""The field for an instant: typed in the zone of the account, kept in UTC, and never guessed at."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.datetime import AdminDateTimeInputAdapter


class InstantField(forms.DateTimeField):
    """Refuses an hour that a zone skips or has twice, and says what to type; what was only shown stays as it is kept.

    Somebody else may have set an instant within an hour that comes twice here: to send it back unchanged is no choice.
    """

    kept: datetime | None = None

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Note which instant the form shows."""
        kept = form.initial.get(field_name)  # to the microsecond, which the widget cuts off
        self.kept = kept if isinstance(kept, datetime) and timezone.is_aware(kept) else None
        return super().get_bound_field(form, field_name)

    def to_python(self, value: Any) -> datetime | None:
        """Return the instant that was typed; one with an offset (`02:30:00+02:00`) is any zone's.

        Raises: ValidationError.
        """
        if self.kept is not None and value == self.widget.format_value(self.prepare_value(self.kept)):
            return self.kept
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(_words((error.params or {})["datetime"]), code=error.code) from error


def _words(typed: datetime) -> str:
    zone = timezone.get_current_timezone()
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    named = {"zone": zone, "first": first.isoformat(" "), "second": second.isoformat(" ")}
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != typed:
        return _("The clock of %(zone)s skips this time: type one before or after.") % named
    return _("The clock of %(zone)s has this time twice: type %(first)s or %(second)s.") % named


register_form_field_override(models.DateTimeField, override={"widget": AdminDateTimeInput, "form_class": InstantField})


class MomentInput(AdminDateTimeInput):
    """Begins, in a block that is added, with the time of now (`moment.js`)."""

    @property
    def media(self) -> forms.Media:
        """Return the scripts it needs."""
        return super().media + forms.Media(js=[versioned_static("newsroom/moment.js")])


class MomentInputAdapter(AdminDateTimeInputAdapter):
    """Tells the browser of it, and which zone the account's clock has."""

    js_constructor = "warta.MomentInput"

    def js_args(self, widget: MomentInput) -> list[Any]:
        """Return what the script is made with."""
        return [widget.get_config(), timezone.get_current_timezone_name()]


register(MomentInputAdapter(), MomentInput)
