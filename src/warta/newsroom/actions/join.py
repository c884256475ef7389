"""Join a refused text with the newest one, as a revision on top of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from warta.newsroom import texts
from warta.newsroom.actions.edit import StaleTextError, go_on
from warta.newsroom.comparing import compare, merged_names
from warta.newsroom.merge import Choice, Merged, settle
from warta.newsroom.models import Article, OpenEditor


@transaction.atomic
def join(
    editor: OpenEditor, *, by: Any, now: datetime, choices: Mapping[str, Choice], seen: int | None = None
) -> Merged:
    """Save both texts as one, conflicts as chosen; nothing is published by it. `seen` is the revision that was shown.

    Raises: UnsettledError; StaleTextError when the article was saved again since `seen`.
    """
    article = Article.objects.select_for_update().get(pk=editor.article_id)
    editor.article = article
    if seen is not None and article.latest_revision_id != seen:
        raise StaleTextError
    compared = compare(editor)
    text = settle(compared.merged, choices, new_key=lambda: str(uuid4()))
    joined = article.with_content_json(texts.folded(text, onto=compared.content))
    for name in merged_names():
        value = getattr(joined, name)
        setattr(article, name, value.all() if hasattr(value, "all") else value)
    if not article.live and article.withdrawn_at is None:
        article.save()
    revision = article.save_revision(user=by, clean=False, log_action="warta.join")
    go_on(editor, revision, turn=editor.turn, now=now)
    return compared.merged
