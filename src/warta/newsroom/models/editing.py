"""An editor that somebody has open, so that what grew from an older text can be told from what grew from the newest."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.models import Revision

from warta.newsroom.models.article import Article


class OpenEditor(models.Model):
    """One opened editor (a tab): the revision its text grew from, and the text of it that was refused as stale.

    `key` is known to the tab alone; `turn` numbers what it sent: what arrives after something newer of it is refused.
    """

    key = models.UUIDField(unique=True, default=uuid4)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField()
    turn = models.PositiveIntegerField(default=0)
    refused = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["seen_at"], name="newsroom_open_editor_seen")]
