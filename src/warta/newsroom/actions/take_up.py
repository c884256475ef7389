"""Take up a submitted article at the desk: from then on it is being edited."""

from typing import Any

from django.db import transaction

from warta.newsroom.models import Article, Submission
from warta.newsroom.states import State


@transaction.atomic
def take_up(article: Article, *, by: Any) -> bool:
    """Note that somebody else than who submitted it works on it now; tell whether that is new."""
    if Submission.objects.filter(article=article, outcome="", by=by).exists():
        return False
    return bool(Article.objects.filter(pk=article.pk, state=State.SUBMITTED).update(state=State.EDITING))
