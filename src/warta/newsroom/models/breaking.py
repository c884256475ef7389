"""The breaking news above every page: one at a time, with a link and an end of its own."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from warta.lexicon.fronts import BREAKING_LENGTH
from warta.newsroom.models.dispatch import Dispatch


class Breaking(models.Model):
    """One breaking news: it leads to an article or to a path within the paper, and ends by itself at `ends_at`."""

    text = models.CharField(_("text"), max_length=BREAKING_LENGTH)
    article = models.ForeignKey("newsroom.Article", null=True, on_delete=models.SET_NULL, related_name="+")
    path = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("breaking news")
        verbose_name_plural = _("breaking news")
        indexes: ClassVar = [
            models.Index(fields=["article"], condition=Q(ended_at=None), name="newsroom_breaking_article")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="newsroom_breaking_ends"),
        ]

    def __str__(self) -> str:
        return self.text

    def is_running(self, now: datetime) -> bool:
        """Tell whether readers have it."""
        return self.ended_at is None and self.started_at <= now < self.ends_at

    @classmethod
    def running(cls, now: datetime) -> "Breaking | None":
        """Return what readers have at an instant: the newest, as long as it has not ended."""
        newest = cls._default_manager.select_related("article__rubric", "started_by").first()
        return newest if newest is not None and newest.is_running(now) else None

    @classmethod
    def leads_to(cls, article_id: int, now: datetime) -> bool:
        """Tell whether the breaking news leads to an article."""
        return cls._default_manager.filter(article_id=article_id, ended_at=None, ends_at__gt=now).exists()

    @staticmethod
    def leave_dispatch() -> None:
        """Leave work for the press, which brings what is newest."""
        Dispatch.objects.create(kind="breaking", object_id=0)
