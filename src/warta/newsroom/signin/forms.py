"""Allauth's forms, with the names and tries of this paper."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from warta.newsroom.models import SignIn
from warta.newsroom.signin import adapters


class LoginForm(AllauthLoginForm):
    """Name and password; the fields are called as browsers and their keepers of passwords expect."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username")
        self.fields["login"].widget.attrs = {"autocomplete": "username webauthn", "autofocus": True}
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}

    def add_prefix(self, field_name: str) -> str:
        """Return `username` for the name."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class _CountedCode:
    """A code that is counted as a try, like a password."""

    user: Any

    def clean_code(self) -> str:
        """Return the code if it is right.

        Raises: ValidationError, also when there were too many tries.
        """
        row = adapters.begin(context.request, self.user.get_username())
        code: str = super().clean_code()  # type: ignore[misc]  # the form that this is mixed into
        SignIn.objects.filter(pk=row.pk).update(outcome=SignIn.Outcome.HALF)
        return code


class AuthenticateForm(_CountedCode, AllauthAuthenticateForm):
    """The code of an authenticator app, or a recovery code, on the way in."""


class ReauthenticateForm(_CountedCode, AllauthReauthenticateForm):
    """The same, asked again."""


class AddWebAuthnForm(AllauthAddWebAuthnForm):
    """A new passkey; it is made to sign in alone unless somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].help_text = _("So that you know it again: “my phone”, “key on the ring”.")
        if "passwordless" in self.fields:
            self.fields["passwordless"].initial = True
            self.fields["passwordless"].label = _("Sign in with this key alone, without a password")
            self.fields["passwordless"].help_text = _("Needs a key that checks who you are: finger, face or PIN.")
