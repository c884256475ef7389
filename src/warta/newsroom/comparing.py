"""Sets a refused text beside the article's newest one: read-only, for the screen that joins them and for joining."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Revision

from warta.newsroom import texts
from warta.newsroom.merge import Merged, merge
from warta.newsroom.models import Article, OpenEditor


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both texts merged as far as they go, and the newest revision (`theirs`) they were compared with."""

    merged: Merged
    theirs: Revision | None
    content: dict[str, Any]
    """The newest content, whole."""


def compare(editor: OpenEditor) -> Comparison:
    """Merge what an editor sent and what the article says now, against the revision the editor started from."""
    newest = editor.article.latest_revision
    content = as_sent(editor.article.get_latest_revision_as_object()) if newest is None else newest.content
    mine = editor.refused or {}
    names = merged_names()
    base = texts.laid_out(editor.revision.content, names=names) if editor.revision else None
    merged = merge(base, texts.laid_out(content, names=names), texts.laid_out(mine, names=names))
    return Comparison(merged, newest, content)


def as_sent(article: Article) -> dict[str, Any]:
    """Return an article's content as a revision would hold it."""
    content: dict[str, Any] = json.loads(json.dumps(article.serializable_data(), cls=DjangoJSONEncoder))
    return content


def merged_names() -> list[str]:
    """Return what an editor can change of an article: its fields, bylines and topics."""
    fields = [field.name for field in Article._meta.fields if field.editable and not field.primary_key]
    children = [relation.get_accessor_name() for relation in get_all_child_relations(Article)]
    many = [field.name for field in get_all_child_m2m_relations(Article)]
    return [name for name in [*fields, *children, *many] if name != "first_published_at"]
