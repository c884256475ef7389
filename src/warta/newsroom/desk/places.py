"""Names the places of an article's text for people: fields by their labels, blocks by kind and number."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Revision

from warta.lexicon import zones
from warta.newsroom import live, texts
from warta.newsroom.desk.moments import moment
from warta.newsroom.merge import ABSENT
from warta.newsroom.models import Article, OpenEditor


class Labels:
    """The labels of one article's places, and the words of a value there."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._blocks = Article._meta.get_field("body").stream_block.child_blocks

    def of(self, places: Iterable[str]) -> list[str]:
        """Return the labels of places, each once."""
        return list(dict.fromkeys(self.label(place) for place in places))

    def label(self, place: str, value: Any = None) -> str:
        """Return the label of one place; a block is called by its kind when its value is given."""
        name = place.partition(":")[0]
        if name == texts.BODY:
            kind = value.get("type") if isinstance(value, dict) else None
            return str(capfirst(self._blocks[kind].label)) if kind in self._blocks else _("Body")
        try:
            return str(capfirst(Article._meta.get_field(name).verbose_name))
        except AttributeError:
            return str(capfirst(getattr(Article, name).rel.related_model._meta.verbose_name_plural))

    def words(self, place: str, value: Any) -> str:
        """Return what a value says: the name of what a number points to, the text of a block."""
        if value is ABSENT:
            return ""
        name = place.partition(":")[0]
        if name == texts.BODY:
            return self._block_words(value)
        field = Article._meta.get_field(name)
        if field.is_relation:
            return self._named(field.related_model, value)
        if isinstance(field, models.DateTimeField):
            return moment(field.to_python(value), self._article) if value else ""
        if field.choices:
            return str(dict(field.choices).get(value, value or ""))
        return texts.words(value)

    def _block_words(self, block: Any) -> str:
        kind, value = block["type"], block["value"]
        if kind == "photo" and isinstance(value, dict):
            photo = self._named(Article._meta.get_field("lead_photo").related_model, value.get("photo"))
            return " — ".join(filter(None, [photo, texts.words({k: v for k, v in value.items() if k != "photo"})]))
        if kind == "read_also":
            return self._named(Article, value)
        if kind == live.ENTRY:
            return live.words(block, zones.zone(self._article.zone), self._article.language)
        if kind == "table":
            return texts.words([cell for row in value.get("rows", []) for cell in row.get("values", [])])
        return texts.words(value)

    def _named(self, model: Any, value: Any) -> str:
        if isinstance(value, dict):
            model, value = Article.bylines.rel.related_model.contributor.field.related_model, value.get("contributor")
        found = model._default_manager.filter(pk=value).first() if value else None
        return str(found or "")


def names_of_others(editor: OpenEditor) -> str:
    """Return who saved the article since an editor got its text: their names, or that it was the same person."""
    since = Revision.objects.for_instance(editor.article)
    if editor.revision:
        since = since.filter(pk__gt=editor.revision_id)
    people = {revision.user for revision in since.select_related("user").only("user", "object_id")[:50]}
    if people == {editor.user}:
        return _("You yourself, in another tab,")
    names = sorted(person.get_full_name() or person.get_username() for person in people - {editor.user} if person)
    return _(" and ").join(names) or _("Somebody")
