"""Photos: the original as it came, what is said of it, and where its eye lies (the focal point)."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import CollectionMember, ReferenceIndex
from wagtail.search import index

from warta.newsroom.models.dispatch import Dispatch


class Photo(AbstractImage):
    """A photo; `description` (Wagtail's) is its alternative text. Empty words were not in its IPTC/XMP either."""

    caption = models.CharField(
        _("caption"), max_length=400, blank=True, help_text=_("Left empty, it is read from the photo's IPTC/XMP.")
    )
    creator = models.CharField(_("photographer"), max_length=200, blank=True)
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Left empty, it is read from the photo's IPTC/XMP.")
    )

    admin_form_fields = (
        "title",
        "file",
        "caption",
        "credit",
        "creator",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields: ClassVar = [
        *CollectionMember.search_fields,
        index.SearchField("title", boost=10),
        index.AutocompleteField("title"),
        index.FilterField("title"),
        index.SearchField("caption"),
        index.SearchField("credit"),
        index.RelatedFields("tags", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.FilterField("uploaded_by_user"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, and leave a Dispatch: its crops are made by the worker."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            Dispatch.objects.create(kind="photo", object_id=self.pk)

    def article_ids(self) -> list[int]:
        """Return the ids of the articles that show the photo, as lead or in their body."""
        references = ReferenceIndex.get_references_to(self).filter(
            base_content_type__app_label="newsroom", base_content_type__model="article"
        )
        return sorted({int(pk) for pk in references.values_list("object_id", flat=True)})


@receiver(pre_delete, sender=Photo)
def leave_when_deleted(instance: Photo, **_: object) -> None:
    """Leave work for the articles that show a photo, in the transaction of its deletion."""
    Dispatch.objects.bulk_create(Dispatch(kind="article", object_id=pk) for pk in instance.article_ids())


class PhotoRendition(AbstractRendition):
    """A small copy for the newsroom's own screens; readers' pictures are the press's business."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="newsroom_rendition_once")
        ]
