"""The blocks of which a body is made, and the field that holds them."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

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
