"""Side notes beside the editor: written, answered and settled without leaving the text."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.generic import PermissionCheckedMixin

from warta.newsroom.actions.note import EmptyNoteError, settle_note, write_note
from warta.newsroom.models import Article, Note

_SHOWN = 100


class NotesPanel(BaseSidePanel):
    """The notes of an article, the open ones first."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        icon_name = "comment"
        aria_label = None

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """Return how many notes are open."""
            self.aria_label = _("Notes between colleagues")
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = sum(1 for note in self.panel.notes if note.resolved_at is None)
            return context

    name = "notes"
    template_name = "newsroom/notes_panel.html"
    order = 320

    def __init__(self, article: Article, request: Any) -> None:
        super().__init__(article, request)
        self.title = _("Notes between colleagues")
        self.notes = notes_of(article)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the notes with their answers."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "notes": self.notes, "article": self.object}


class NotesView(PermissionCheckedMixin, View):
    """Takes a note, an answer or a settling, and answers with all notes as they are now."""

    model: Any = None
    permission_required = "change"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write (`text`, `answers`) or settle (`settle`)."""
        article = get_object_or_404(Article, pk=pk)
        if not self.user_has_permission_for_instance("change", article):
            raise Http404
        try:
            self._do(request, article)
        except EmptyNoteError:
            return self._all(request, article, status=422)
        return self._all(request, article)

    def _do(self, request: HttpRequest, article: Article) -> None:
        now = timezone.now()
        if settled := request.POST.get("settle"):
            settle_note(_note(article, settled), by=request.user, now=now)
            return
        first = _note(article, request.POST["answers"]) if request.POST.get("answers") else None
        write_note(article, request.POST.get("text", ""), by=request.user, now=now, answers=first)

    def _all(self, request: HttpRequest, article: Article, status: int = 200) -> HttpResponse:
        return render(request, "newsroom/notes.html", {"notes": notes_of(article), "article": article}, status=status)


def notes_of(article: Article) -> list[Note]:
    """Return the first notes with their answers: two queries."""
    answers = Prefetch("replies", Note.objects.select_related("user").order_by("written_at", "pk"))
    found = Note.objects.filter(article=article, answers=None).select_related("user", "resolved_by")
    newest = found.prefetch_related(answers).order_by("-written_at", "-pk")[:_SHOWN]
    return sorted(newest, key=lambda note: note.resolved_at is not None)


def _note(article: Article, number: str) -> Note:
    if not number.isdigit():
        raise Http404
    return get_object_or_404(Note, pk=int(number), article=article)
