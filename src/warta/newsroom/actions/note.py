"""Write, answer and settle side notes on an article."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom.models import Article, Note


class EmptyNoteError(ValueError):
    """A note must say something."""


@transaction.atomic
def write_note(article: Article, text: str, *, by: Any, now: datetime, answers: Note | None = None) -> Note:
    """Leave a note beside an article, or answer one; an answer to a settled note opens it again.

    Raises: EmptyNoteError.
    """
    words = text.strip()[:2000]
    if not words:
        raise EmptyNoteError
    first = answers.answers or answers if answers else None
    note = Note.objects.create(article=article, answers=first, user=by, text=words, written_at=now)
    if first:
        Note.objects.filter(pk=first.pk).update(resolved_at=None, resolved_by=None)
    log(instance=article, action="warta.note", user=by, data={"note": note.pk})
    return note


@transaction.atomic
def settle_note(note: Note, *, by: Any, now: datetime) -> None:
    """Mark a note and its answers as settled; once is enough."""
    if Note.objects.filter(pk=note.pk, resolved_at=None).update(resolved_at=now, resolved_by=by):
        log(instance=note.article, action="warta.settle_note", user=by, data={"note": note.pk})
