"""The blocks of which a body is made, and the field that holds them."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from warta.newsroom import live

INLINE: Final = ["bold", "italic", "link", "ol", "ul"]
"""What rich text may hold: the press lets nothing else through either."""


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and who said them."""

    text = blocks.TextBlock(label=_("words"), max_length=2000)
    speaker = blocks.CharBlock(label=_("who said it"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")


class PhotoBlock(blocks.StructBlock):
    """A photo within the body; empty words are taken from the photo itself."""

    photo = ImageChooserBlock(label=_("photo"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=400)
    credit = blocks.CharBlock(label=_("credit"), required=False, max_length=200)
    alt = blocks.CharBlock(label=_("alternative text"), required=False, max_length=300)
    decorative = blocks.BooleanBlock(
        label=_("decorative"), required=False, help_text=_("Says nothing that the text does not say: no words for it.")
    )

    class Meta:
        icon = "image"
        label = _("Photo")


class EmbedBlock(blocks.StructBlock):
    """Something that lives elsewhere, shown as a link."""

    address = blocks.URLBlock(label=_("address"), max_length=500)
    title = blocks.CharBlock(label=_("title"), required=False, max_length=200)

    class Meta:
        icon = "media"
        label = _("Embed")


class MomentBlock(blocks.DateTimeBlock):
    """An instant, typed on the clock of the account; a new one begins with the time at which it is added."""

    @cached_property
    def field(self) -> forms.Field:
        """Return the field: an instant that a newspaper can mean."""
        from warta.newsroom.desk.instants import InstantField, MomentInput  # a screen, which asks for the tables
        from warta.newsroom.models.article import possible_instant

        return InstantField(widget=MomentInput(), **{**self.field_options, "validators": [possible_instant]})

    def get_prep_value(self, value: datetime | str | None) -> str | None:
        """Return the instant as it is kept; what was typed and is not yet looked at stays as it is."""
        return live.written(value) if isinstance(value, datetime) else value


class EntryBlock(blocks.StructBlock):
    """A development of a live report."""

    headline = blocks.CharBlock(label=_("headline"), required=False, max_length=200)
    text = blocks.RichTextBlock(label=_("text"), features=INLINE)
    at = MomentBlock(
        label=_("moment"), help_text=_("When it happened, on your clock. A new one begins with the time of now.")
    )
    is_last = blocks.BooleanBlock(
        label=_("the live report ends with this"),
        required=False,
        help_text=_("Without it, a live report is over twelve hours after its newest development."),
    )

    class Meta:
        icon = "time"
        label = _("Live update")
        label_format = "{at} {headline}"
        help_text = _("Makes the article a live report. Readers have the newest first, wherever it stands here.")


def _table() -> TypedTableBlock:
    return TypedTableBlock(
        [("text", blocks.CharBlock(label=_("Text"), required=False))], label=_("Table"), icon="table"
    )


def page_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of a static page."""
    return [
        ("paragraph", blocks.RichTextBlock(features=INLINE, label=_("Paragraphs"), icon="pilcrow")),
        ("heading", blocks.CharBlock(label=_("Heading"), icon="title", max_length=200)),
        ("quote", QuoteBlock()),
        ("photo", PhotoBlock()),
        ("table", _table()),
    ]


def article_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of an article's body."""
    return [
        *page_blocks(),
        ("embed", EmbedBlock()),
        ("read_also", SnippetChooserBlock("newsroom.Article", label="Baca juga", icon="link")),
        (live.ENTRY, EntryBlock()),
    ]


class BodyField(StreamField):
    """A StreamField that keeps its block definitions out of migrations: they are no part of the table."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Name the field without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
