"""The desks of a newsroom: which rubrics stand together, and who edits them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from warta.newsroom.models.subjects import Rubric


class Desk(models.Model):
    """Some rubrics and those who work for them. An editor of no desk edits every rubric: a small paper needs none."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    rubrics = models.ManyToManyField(Rubric, verbose_name=_("rubrics"), related_name="desks", blank=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("members"),
        related_name="desks",
        blank=True,
        help_text=_("Editors among them edit and publish the desk's rubrics, and no others."),
    )

    panels: ClassVar = [FieldPanel("name"), FieldPanel("rubrics"), FieldPanel("members")]

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("desk")
        verbose_name_plural = _("desks")

    def __str__(self) -> str:
        return self.name
