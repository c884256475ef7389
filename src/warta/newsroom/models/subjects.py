"""Under which headings articles stand: channel (kind of item), rubric (desk's subject), topic (what it is about)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from warta.lexicon import addresses
from warta.newsroom.models.dispatch import PressedModel

slug_form = RegexValidator(
    rf"^{addresses.SLUG}$", _("Use small letters, digits and single hyphens only, such as “hukum-ham”.")
)


def free_of_reserved(value: str) -> None:
    """Refuse words that are addresses of the paper itself.

    Raises: ValidationError.
    """
    if value in addresses.RESERVED:
        raise ValidationError(
            _("“%(slug)s” is an address of the paper itself: choose another."), params={"slug": value}
        )


class Subject(index.Indexed, PressedModel):
    """What the three kinds of heading have in common."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.CharField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        validators=[slug_form],
        help_text=_("The word in the address. Left empty, it is made from the name; the old one redirects."),
    )
    description = models.TextField(_("description"), blank=True, max_length=400)

    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]
    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """Fill an empty slug before checking."""
        self._fill_slug()
        super().full_clean(*args, **kwargs)  # type: ignore[arg-type] # handed through as it came

    def save(self, *args: object, **kwargs: object) -> None:
        """Fill an empty slug before saving."""
        self._fill_slug()
        super().save(*args, **kwargs)

    def _fill_slug(self) -> None:
        if not self.slug:
            self.slug = addresses.slug(self.name, fallback=self.dispatch_kind)


class Rubric(Subject):
    """A desk's subject heading, such as Dunia, Politik or Hukum."""

    dispatch_kind = "rubric"
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Place in the navigation, smallest first.")
    )
    slug = models.CharField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        validators=[slug_form, free_of_reserved],
        help_text=_("The first word of the address. Left empty, it is made from the name; the old one redirects."),
    )

    panels: ClassVar = [*Subject.panels, FieldPanel("order")]

    class Meta:
        ordering: ClassVar = ["order", "name"]
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")


class Channel(Subject):
    """A kind of item: Berita, Opini, Foto, Video."""

    dispatch_kind = "channel"
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    panels: ClassVar = [*Subject.panels, FieldPanel("order")]

    class Meta:
        ordering: ClassVar = ["order", "name"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")


class Topic(Subject):
    """What an article is about, across rubrics."""

    dispatch_kind = "topic"

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
