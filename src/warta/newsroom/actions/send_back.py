"""Send what was submitted back to its writer, with a note that says what is to be done."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom.models import Article, Outcome, Submission
from warta.newsroom.states import State


class NotSubmittedError(ValueError):
    """Nothing of this article waits for the desk (any more)."""


class NoNoteError(ValueError):
    """Who gets a text back must be told why."""


@transaction.atomic
def send_back(article: Article, *, by: Any, now: datetime, note: str) -> Submission:
    """Decide the submission that waits: back to its writer. One conditional update, so that only one decides.

    Raises: NoNoteError; NotSubmittedError.
    """
    if not note.strip():
        raise NoNoteError("say in a sentence what is to be changed")
    waiting = Submission.objects.filter(article=article, outcome="").first()
    decided = {"outcome": Outcome.SENT_BACK, "note": note.strip(), "decided_by": by, "decided_at": now}
    if waiting is None or not Submission.objects.filter(pk=waiting.pk, outcome="").update(**decided):
        raise NotSubmittedError(f"nothing of article {article.pk} waits for the desk")
    Article.objects.filter(pk=article.pk, state__in=[State.SUBMITTED, State.EDITING]).update(state=State.DRAFT)
    log(
        instance=article,
        action="warta.send_back",
        user=by,
        data={"submission": waiting.pk, "note": note.strip()},
    )
    waiting.refresh_from_db()
    return waiting
