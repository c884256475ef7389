"""Hand an article to the desk that publishes its rubric."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom import states
from warta.newsroom.models import Article, Submission
from warta.newsroom.states import State


@transaction.atomic
def submit(article: Article, *, by: Any, now: datetime) -> Submission:
    """Let an article's newest text wait for its desk; one that waits, is being edited, scheduled or live stays so.

    Raises: ImpossibleMoveError for a withdrawn article.
    """
    row = Article.objects.select_for_update().get(pk=article.pk)
    if row.state in {State.DRAFT, State.WITHDRAWN}:
        states.check(row.state, State.SUBMITTED)
        Article.objects.filter(pk=row.pk).update(state=State.SUBMITTED)
    waiting, made = Submission.objects.get_or_create(article=row, outcome="", defaults={"by": by, "at": now})
    if made:
        log(instance=row, action="warta.submit", user=by, data={"submission": waiting.pk})
    return waiting
