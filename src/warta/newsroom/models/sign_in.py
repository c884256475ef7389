"""Tries to sign in: they slow down whoever guesses, and their owner can look through them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignIn(models.Model):
    """One try to sign in.

    `account` is a keyed hash of the name that was typed: people type their password there by mistake.
    """

    class Outcome(models.TextChoices):
        """How a try ended."""

        REFUSED = "refused", _("Refused")
        HALF = "half", _("Password right, second factor asked")
        IN = "in", _("Signed in")

    account = models.CharField(max_length=32)
    network = models.CharField(max_length=45)
    address = models.GenericIPAddressField()
    agent = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.REFUSED)
    method = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "-at"], name="newsroom_signin_of_account"),
            models.Index(fields=["network", "-at"], name="newsroom_signin_of_network"),
            models.Index(fields=["user", "-at"], name="newsroom_signin_of_user"),
            models.Index(fields=["at"], name="newsroom_signin_at"),
        ]
