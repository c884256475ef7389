"""Hand an article to the desk that publishes its rubric."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom import states
from warta.newsroom.models import Article, Rubric, Submission
from warta.newsroom.states import State


@transaction.atomic
def submit(article: Article, *, by: Any, now: datetime) -> Submission:
    """Let an article's newest text wait for its desk; one that waits, is being edited, scheduled or live stays so.

    Its desk is that of the rubric under which the text files the article: a text may take a live one to another desk.
    Raises: ImpossibleMoveError for a withdrawn article.
    """
    row = Article.objects.select_for_update().get(pk=article.pk)
    if row.state in {State.DRAFT, State.WITHDRAWN}:
        states.check(row.state, State.SUBMITTED)
        Article.objects.filter(pk=row.pk).update(state=State.SUBMITTED)
    rubric = Rubric.objects.filter(pk=row.get_latest_revision_as_object().rubric_id).first()
    waiting, made = Submission.objects.update_or_create(
        article=row, outcome="", defaults={"rubric": rubric}, create_defaults={"by": by, "at": now, "rubric": rubric}
    )
    if made:
        log(instance=row, action="warta.submit", user=by, data={"submission": waiting.pk})
    return waiting
