"""Holds a publication in the editor until its errors are mended and its warnings were seen."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from wagtail.admin.ui.components import MediaContainer

from warta.newsroom.desk.checks import ChecksPanel, Told, check, told
from warta.newsroom.desk.notes import NotesPanel
from warta.newsroom.prepublish import Level, digest

_CHECKED = frozenset({"publish", "submit", "workflow-action"})


class ChecksFirst:
    """For the editor's views: publish and submit only what was checked; the checks and notes stand beside the text."""

    http_method_names: ClassVar = ["get", "head", "post", "options"]  # Wagtail's takes the empty form of a PUT
    told: list[Told]
    passed = ""

    def is_valid(self, form: Any) -> bool:
        """Refuse errors, and warnings that were not shown before; drafts are always saved."""
        if not super().is_valid(form):  # type: ignore[misc] # the view's own
            return False
        if self.action not in _CHECKED:  # type: ignore[attr-defined] # likewise
            return True
        found = check(form.instance)
        has_errors = any(one.level is Level.ERROR for one in found)
        name = digest(found)
        if not found or (not has_errors and self.request.POST.get("passed") == name):  # type: ignore[attr-defined]
            return True
        self.told, self.passed = told(form.instance, found), "" if has_errors else name
        self.produced_error_code = "checks"
        self.produced_error_message = (
            _("Not published yet: please mend what is marked as wrong. Nothing you typed is lost.")
            if has_errors
            else _("Not published yet: please look at these hints. Press again to publish it as it is.")
        )
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page what was found."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc] # the view's own
        return {**context, "told": getattr(self, "told", []), "passed": self.passed}

    def get_side_panels(self) -> Any:
        """Add the checks and the notes between colleagues."""
        panels = list(super().get_side_panels())  # type: ignore[misc] # the view's own
        article, request = self.form.instance, self.request  # type: ignore[attr-defined] # likewise
        panels.append(ChecksPanel(article, request))
        if article.pk:
            panels.append(NotesPanel(article, request))
        return MediaContainer(panels)
