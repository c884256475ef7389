"""Keep two editors of one article from overwriting each other: open, claim, refuse."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from warta.newsroom.models import Article, OpenEditor

_NOBODY: Final = UUID(int=0)


class StaleTextError(Exception):
    """The article was saved by somebody else since this editor got its text."""


def open_editor(article: Article, *, by: Any, now: datetime, key: UUID | None = None, turn: int = 0) -> OpenEditor:
    """Note that somebody has an editor open on the article's newest revision."""
    return OpenEditor.objects.create(
        key=key or uuid4(), article=article, user=by, revision_id=article.latest_revision_id, turn=turn, seen_at=now
    )


def claim(article: Article, *, tab: UUID | None, turn: int, by: Any) -> OpenEditor:
    """Take the article's row until the end of the transaction, if its newest text is the one this editor started from.

    One conditional update decides: of two that come at the same instant, the second finds the row changed.
    Raises: StaleTextError, also when the editor is unknown or has sent something newer meanwhile.
    """
    editor = OpenEditor.objects.select_for_update().filter(key=tab or _NOBODY, article=article, user=by).first()
    if editor is None or 0 < turn <= editor.turn:
        raise StaleTextError
    taken = Article.objects.filter(pk=article.pk, latest_revision=editor.revision_id).update(
        latest_revision=editor.revision_id
    )
    if not taken:
        raise StaleTextError
    return editor


def go_on(editor: OpenEditor, revision: Any, *, turn: int, now: datetime) -> None:
    """Note that the editor's text is saved as a revision, from which it now grows."""
    OpenEditor.objects.filter(pk=editor.pk).update(
        revision=revision, seen_at=now, turn=max(turn, editor.turn), refused=None
    )


@transaction.atomic
def refuse(article: Article, content: Mapping[str, Any], *, tab: UUID | None, by: Any, now: datetime) -> OpenEditor:
    """Keep a text that could not be saved beside the editor it came from, so that it can be joined with the newest."""
    editor = OpenEditor.objects.filter(key=tab or _NOBODY, article=article, user=by).first()
    if editor is None:  # opened too long ago: what it grew from is not known any more
        editor = OpenEditor(article=article, user=by, revision=None)
    editor.refused, editor.seen_at = dict(content), now
    editor.save()
    return editor
