"""Links by which somebody without an account reads one text before readers do: a lawyer, a source, an expert."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from warta.newsroom.models.article import Article


class PreviewLink(models.Model):
    """Leads to one revision of an article until it expires, is taken back, or the article is published or withdrawn.

    Of the link's secret only the SHA-256 is kept.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["article", "-made_at"], name="newsroom_preview_of_article")]
