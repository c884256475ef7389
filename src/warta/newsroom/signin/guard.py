"""Looks, before any view, whether a session is still good, and whether its person owes a second factor."""

import time
from collections.abc import Callable
from typing import Any, Final

from allauth.account.internal.flows import reauthentication
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from warta.newsroom.permissions import Verb
from warta.newsroom.policies import Plain, rule
from warta.newsroom.signin import duty
from warta.newsroom.signin.adapters import BEGAN, AccountAdapter

IDLE_S: Final = 8 * 3600
LONGEST_S: Final = 7 * 24 * 3600
_SEEN: Final = "seen_at"
_NOTED_EVERY_S: Final = 300
_NO_ACTIVITY: Final = "wagtailadmin_editing_sessions"
"""An editor that stands open in an empty office says every ten seconds that it is there."""


class SignedInMiddleware:
    """Ends a session after 8 hours without anything done and after 7 days; asks for what is owed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Return the way to what has to come first, None when nothing has."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated:
            return _told_to_sign_in() if _is_asked_by_script(request) and rule(name) is not Plain.OPEN else None
        if _is_over(request, name, time.time()):
            logout(request)
            if _is_asked_by_script(request):
                return _told_to_sign_in()
            messages.info(request, _("You were signed out after a long time. Sign in again: what you typed is kept."))
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        asked = rule(name)
        if asked in {Plain.OPEN, Plain.ACCOUNT}:
            return None
        if duty.is_owed(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        if asked is Verb.ADMINISTER and _must_show_again(request):
            return reauthentication.suspend_request(request, _first_way(request))
        return None


def _is_asked_by_script(request: HttpRequest) -> bool:
    """Tell whether a page's script asked, which cannot lead anybody to the sign-in page."""
    is_json = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    return is_json or request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _told_to_sign_in() -> JsonResponse:
    """Answer as Wagtail's autosave is answered; `session.js` makes of it a way to sign in."""
    words = _("Your session ended: sign in again in another tab.")
    return JsonResponse({"success": False, "error_code": "session_over", "error_message": words}, status=401)


def _is_over(request: HttpRequest, name: str, now: float) -> bool:
    began, seen = request.session.setdefault(BEGAN, now), request.session.setdefault(_SEEN, now)
    if now - began > LONGEST_S or now - seen > IDLE_S:
        return True
    if now - seen > _NOTED_EVERY_S and not name.startswith(_NO_ACTIVITY):
        request.session[_SEEN] = now
    return False


def _must_show_again(request: HttpRequest) -> bool:
    return bool(reauthentication.is_reauthentication_required(request, app="allauth.mfa"))


def _first_way(request: HttpRequest) -> str:
    ways = AccountAdapter(request).get_reauthentication_methods(request.user)
    return str(ways[0]["url"]) if ways else reverse("account_reauthenticate")
