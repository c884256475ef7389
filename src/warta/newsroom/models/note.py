"""Side notes between colleagues on an article; no reader ever sees them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from warta.newsroom.models.article import Article


class Note(models.Model):
    """A note beside an article, or an answer to one (`answers`); settled when `resolved_at` is set."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    answers = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["article", "written_at"], name="newsroom_note_of_article")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="newsroom_note_says_something")
        ]
