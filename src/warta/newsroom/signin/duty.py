"""Who must have a second factor, and whether they have one."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from warta.newsroom.permissions import Verb, may


def needs_factor(user: Any) -> bool:
    """Tell whether somebody may publish or administer, unless WARTA_SECOND_FACTOR leaves it to them."""
    return settings.WARTA_SECOND_FACTOR == "required" and (may(user, Verb.PUBLISH) or may(user, Verb.ADMINISTER))


def factors(user: Any) -> QuerySet[Authenticator]:
    """Return somebody's passkeys and authenticator apps; recovery codes are only a way back to them."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def is_owed(user: Any) -> bool:
    """Tell whether somebody has to set up a second factor before anything else."""
    return needs_factor(user) and not factors(user).exists()
