"""Photos: the original as it came, what is said of it, and where its eye lies (the focal point)."""

from datetime import datetime
from typing import ClassVar, Final

from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import CollectionMember, ReferenceIndex
from wagtail.search import index

from warta.newsroom.models.dispatch import Dispatch
from warta.newsroom.prepublish import RIGHTS_AHEAD


class Photo(AbstractImage):
    """A photo; `description` (Wagtail's) is its alternative text. Empty words were not in its IPTC/XMP either."""

    caption = models.CharField(
        _("caption"), max_length=400, blank=True, help_text=_("Left empty, it is read from the photo's IPTC/XMP.")
    )
    creator = models.CharField(_("photographer"), max_length=200, blank=True)
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Left empty, it is read from the photo's IPTC/XMP.")
    )
    copyright_notice = models.CharField(_("copyright notice"), max_length=200, blank=True)
    usage_terms = models.CharField(
        _("usage terms"), max_length=400, blank=True, help_text=_("What the paper may do with the photo, in words.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("The address where the licence or the owner is found."),
    )
    rights_until = models.DateTimeField(
        _("rights end at"),
        null=True,
        blank=True,
        help_text=_("From then on no article with this photo can be published. Left empty, the rights do not end."),
    )
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    is_eye_guessed = models.BooleanField(default=False)
    """Whether the focal point is a first guess that nobody has looked at."""
    likeness = models.BigIntegerField(null=True)
    """64 bits that look-alikes nearly share (`photos/eye.py`); None for photos kept before it was counted."""
    shown_size: tuple[int, int] | None = None
    """Width and height of a new file as it is shown, when they are known: Django reads those of the camera's sensor."""

    admin_form_fields = (
        "title",
        "file",
        "caption",
        "credit",
        "creator",
        "description",
        "taken_at",
        "place",
        "copyright_notice",
        "usage_terms",
        "licence",
        "rights_until",
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
        index.SearchField("creator"),
        index.SearchField("place"),
        index.RelatedFields("tags", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.FilterField("uploaded_by_user"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes: ClassVar = [
            models.Index(fields=["file"], name="newsroom_photo_file"),
            models.Index(
                fields=["rights_until"], condition=models.Q(rights_until__isnull=False), name="newsroom_photo_rights"
            ),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with the bands of its likeness, and leave a Dispatch: its crops are made by the worker."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.shown_size is not None:
                (self.width, self.height), self.shown_size = self.shown_size, None
                Photo.objects.filter(pk=self.pk).update(width=self.width, height=self.height)
            if self.likeness is not None:
                _keep_bands(self)
            Dispatch.objects.create(kind="photo", object_id=self.pk)

    def rights_at(self, now: datetime) -> str:
        """Tell whether the rights have `ended` or are `ending` within a week; empty when there is nothing to tell."""
        if self.rights_until is None or self.rights_until > now + RIGHTS_AHEAD:
            return ""
        return "ended" if self.rights_until <= now else "ending"

    def article_ids(self) -> list[int]:
        """Return the ids of the articles that show the photo, as lead or in their body."""
        references = ReferenceIndex.get_references_to(self).filter(
            base_content_type__app_label="newsroom", base_content_type__model="article"
        )
        return sorted({int(pk) for pk in references.values_list("object_id", flat=True)})


class PhotoBand(models.Model):
    """A quarter of a photo's likeness: two photos that differ in three bits of it or fewer share one."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="+")
    band = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["band", "photo"], name="newsroom_photo_band")]


_EMPTY: Final = frozenset({0x0000, 0xFFFF})
"""Quarters of flat ground or sky, which say nothing."""


def bands(likeness: int) -> set[int]:
    """Return the quarters of a likeness with their number, those of flat ground left out."""
    quarters = [(number, likeness >> 16 * number & 0xFFFF) for number in range(4)]
    return {number << 16 | bits for number, bits in quarters if bits not in _EMPTY}


def _keep_bands(photo: Photo) -> None:
    wanted = bands(photo.likeness or 0)
    kept = set(PhotoBand.objects.filter(photo=photo).values_list("band", flat=True))
    if kept != wanted:
        PhotoBand.objects.filter(photo=photo).delete()
        PhotoBand.objects.bulk_create(PhotoBand(photo=photo, band=band) for band in sorted(wanted))


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
        indexes: ClassVar = [models.Index(fields=["file"], name="newsroom_rendition_file")]
