"""Articles that an editor took out of the lists of the most read."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from warta.newsroom.models.article import Article
from warta.newsroom.models.dispatch import Dispatch


class Unranked(models.Model):
    """An article that stands in no list of the most read, and why; it is counted all the same."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="unranked")
    reason = models.TextField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="newsroom_unranked_has_reason")
        ]

    @staticmethod
    def leave_dispatch(article: Article) -> None:
        """Leave work for the press."""
        Dispatch.objects.create(kind="unranked", object_id=article.pk)
