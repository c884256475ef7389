"""The grounds of a withdrawal, in words, and what a withdrawn article refuses."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from warta.lexicon.press_rules import Ground

GROUNDS: Sequence[tuple[Ground, Any]] = [
    (Ground.SARA, _("Hatred by ethnicity, religion, race or group (SARA)")),
    (Ground.DECENCY, _("Decency")),
    (Ground.CHILD, _("The future of a child")),
    (Ground.TRAUMA, _("A victim's traumatic experience")),
    (Ground.COUNCIL, _("Another special consideration laid down by the Press Council")),
    (Ground.ORIGIN, _("The source has withdrawn what we took from it")),
]


class WithdrawnError(PermissionDenied):
    """A withdrawn article is not published again, unless a managing editor puts it back."""
