"""Pages that are no articles: about, masthead, press guidelines."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from warta.newsroom.models.body import BodyField, page_blocks
from warta.newsroom.models.defaults import LANGUAGES, site_language
from warta.newsroom.models.dispatch import PressedModel
from warta.newsroom.models.subjects import slug_form


class StaticPage(PressedModel):
    """One page at `/laman/{slug}`, linked at the foot of every page in the given order."""

    dispatch_kind = "static"
    title = models.CharField(_("title"), max_length=120)
    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[slug_form])
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default=site_language)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    body = BodyField(page_blocks(), verbose_name=_("text"), blank=True)
    uri = models.CharField(max_length=500, unique=True, null=True, editable=False)
    """The identity of a page that came from outside."""
    old_addresses = models.TextField(default="", editable=False)
    """The addresses at which it stood in another system, one a line (`lexicon.addresses.old` form)."""
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("language"),
        FieldPanel("body"),
        FieldPanel("order"),
    ]

    class Meta:
        ordering: ClassVar = ["order", "title"]
        verbose_name = _("static page")
        verbose_name_plural = _("static pages")

    def __str__(self) -> str:
        return self.title
