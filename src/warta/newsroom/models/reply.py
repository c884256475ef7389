"""The right of reply: somebody whom an article concerns answers it, in an article of its own."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from warta.newsroom.models.article import Article, possible_instant


class Replies(models.QuerySet["RightOfReply"]):
    """The replies, by their state."""

    def open(self) -> "Replies":
        """Return those that still wait."""
        return self.filter(answered_at=None, declined_at=None)


class RightOfReply(models.Model):
    """One request: who replies, to which article, until when; open until answered by an article, or declined.

    Source: UU 40/1999, 1(11) and 5(2); Dewan Pers 1/2012, 4(b): the reply and what it answers are linked.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="replies", editable=False
    )
    party = models.CharField(_("who replies"), max_length=200, help_text=_("As readers shall see it."))
    words = models.TextField(
        _("what they hold against it"), max_length=4000, help_text=_("For the newsroom. Readers see the reply alone.")
    )
    received_at = models.DateTimeField(_("received"), validators=[possible_instant])
    due_at = models.DateTimeField(_("deadline"), validators=[possible_instant])
    answer = models.ForeignKey(
        Article,
        verbose_name=_("article that carries the reply"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers_replies",
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)
    decline_reason = models.TextField(_("why it is declined"), max_length=2000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = Replies.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("right of reply")
        verbose_name_plural = _("rights of reply")
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(answered_at=None, declined_at=None),
                name="newsroom_reply_due",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer=None)
                | models.Q(answered_at__isnull=False, answer__isnull=False, declined_at=None),
                name="newsroom_reply_answered_by",
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at=None) | ~models.Q(decline_reason=""), name="newsroom_reply_declined_why"
            ),
            models.CheckConstraint(
                condition=~models.Q(answer=models.F("article")),
                name="newsroom_reply_stands_elsewhere",
                violation_error_message=_("Name another article."),
            ),
        ]

    def __str__(self) -> str:
        return self.party

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits."""
        return self.answered_at is None and self.declined_at is None

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether it waits although its deadline is over."""
        return self.is_open and self.due_at < now
