"""The notice on an urgent report that it is not yet verified, and the follow-up that verifies it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from warta.newsroom.models.article import Article


class Verification(models.Model):
    """What readers are told of an article that is not yet verified; `follow_up` is the article that brings the result.

    Source: Dewan Pers 1/2012, 2(c): on which conditions, and the notice at the article's end, in brackets and italics;
    2(d): the follow-up is linked to it.
    """

    article = models.OneToOneField(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="verification", editable=False
    )
    words = models.TextField(
        _("what readers are told"),
        max_length=600,
        help_text=_("What is not verified yet, and what the newsroom does about it. It stands at the article's end."),
    )
    noted_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    follow_up = models.ForeignKey(
        Article,
        verbose_name=_("follow-up"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verifies",
    )
    followed_up_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("verification notice")
        verbose_name_plural = _("verification notices")
        indexes: ClassVar = [
            models.Index(
                fields=["noted_at"], condition=models.Q(followed_up_at=None), name="newsroom_verification_open"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(follow_up=None, followed_up_at=None)
                | models.Q(follow_up__isnull=False, followed_up_at__isnull=False),
                name="newsroom_verification_followed",
            ),
            models.CheckConstraint(
                condition=~models.Q(follow_up=models.F("article")),
                name="newsroom_verification_elsewhere",
                violation_error_message=_("Name another article."),
            ),
        ]

    def __str__(self) -> str:
        return self.words
