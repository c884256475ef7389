"""The people whose names stand over articles."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from warta.lexicon import addresses
from warta.newsroom.models.dispatch import PressedModel
from warta.newsroom.models.subjects import slug_form


class Contributor(index.Indexed, PressedModel):
    """A reporter, editor or guest. `role` is shown to readers as it stands; `user` signs in as this person."""

    dispatch_kind = "person"
    name = models.CharField(_("name"), max_length=120)
    slug = models.CharField(_("address"), max_length=120, unique=True, blank=True, validators=[slug_form])
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("As readers see it: “Reporter, Ambon”."))
    initials = models.CharField(_("initials"), max_length=8, blank=True, help_text=_("Closing an article: dzk"))
    about = models.TextField(_("about"), blank=True, max_length=1000)
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributor",
    )

    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("role"),
        FieldPanel("initials"),
        FieldPanel("about"),
        FieldPanel("portrait"),
        FieldPanel("user"),
    ]
    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    def __str__(self) -> str:
        return self.name

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """Fill an empty slug before checking."""
        self.slug = self.slug or addresses.slug(self.name, fallback="penulis")
        super().full_clean(*args, **kwargs)  # type: ignore[arg-type] # handed through as it came

    def save(self, *args: object, **kwargs: object) -> None:
        """Fill an empty slug before saving."""
        self.slug = self.slug or addresses.slug(self.name, fallback="penulis")
        super().save(*args, **kwargs)
