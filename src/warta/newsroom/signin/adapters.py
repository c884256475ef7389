"""What this paper decides where allauth asks: who tries, how often, and how a second factor is kept."""

import base64
import hashlib
import time
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from warta.newsroom.models import SignIn
from warta.newsroom.signin import duty, throttle

BEGAN: Final = "began_at"
"""The key in the session of the instant, in seconds since 1970, at which its person signed in."""


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; tries are counted by `throttle`; who has just signed in is not asked again."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that accounts are made by an administrator."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that the front door found (`config/handover.py`); it leaves exactly one."""
        return request.headers.get("X-Forwarded-For") or request.META.get("REMOTE_ADDR") or "127.0.0.1"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the first screen."""
        return reverse("wagtailadmin_home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the sign-in page."""
        return reverse("account_login")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try.

        Raises: ValidationError with the time to wait.
        """
        self._try = begin(request, credentials.get("username", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return the person whose password this is; the try is then no refusal, and no sign-in yet."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            SignIn.objects.filter(pk=self._try.pk).update(outcome=SignIn.Outcome.HALF)
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Tell whether to ask again: not of somebody who signed in a moment ago."""
        age_s = time.time() - context.request.session.get(BEGAN, 0)
        return bool(age_s > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets lie encrypted in the database; the last factor of somebody who must have one stays."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "This is your only second factor, and your role needs one: add another before you remove it."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt with a key that is made of the paper's secret."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt what `encrypt` gave."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Return the name of the paper."""
        return str(settings.WARTA_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the host that passkeys are bound to, and the name of the paper."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WARTA_NAME}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether a factor may go."""
        others = duty.factors(authenticator.user).exclude(pk=authenticator.pk)
        return not duty.needs_factor(authenticator.user) or others.exists()


def begin(request: HttpRequest, name: str) -> SignIn:
    """Count a try of a name.

    Raises: ValidationError with the time to wait.
    """
    adapter = AccountAdapter(request)
    try:
        return throttle.begin(
            name,
            address=adapter.get_client_ip(request),
            agent=request.headers.get("User-Agent", ""),
            user_id=User.objects.filter(username=name).values_list("pk", flat=True).first(),
            now=timezone.now(),
        )
    except throttle.TooManyTriesError as error:
        raise ValidationError(_too_many(error.wait_s)) from error


def _too_many(wait_s: int) -> str:
    minutes = -(-wait_s // 60)
    when = (
        ngettext("%(count)d second", "%(count)d seconds", wait_s) % {"count": wait_s}
        if wait_s < 60
        else ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    )
    return _("Too many tries. Wait %(when)s and try again; a passkey works at once.") % {"when": when}


def _cipher() -> Fernet:
    key = hashlib.sha256(b"warta second factor " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
