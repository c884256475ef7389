"""What a writer submits to the desk, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from warta.newsroom.models.article import Article
from warta.newsroom.models.subjects import Rubric


class Outcome(models.TextChoices):
    """What became of a submission."""

    OPEN = "", pgettext_lazy("submission", "waiting")
    SENT_BACK = "sent back", pgettext_lazy("submission", "sent back")
    APPROVED = "approved", pgettext_lazy("submission", "approved")


class Submission(models.Model):
    """One text handed to the desk; an article has at most one that waits. What is sent back carries a note.

    `rubric` is the one under which the text files its article: a live one's row still has the old. None: as the row.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="submissions")
    rubric = models.ForeignKey(Rubric, null=True, db_index=False, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.OPEN, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["outcome", "-at"], name="newsroom_submission_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(outcome=""), name="newsroom_submission_waits_once"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_at__isnull=True)
                | (~models.Q(outcome="") & models.Q(decided_at__isnull=False)),
                name="newsroom_submission_decided",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="sent back") | ~models.Q(note=""), name="newsroom_submission_says_why"
            ),
        ]
