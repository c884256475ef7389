"""What is noted when somebody signs in, and whose sessions end when their role changes."""

import time
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from warta.newsroom.models import SignIn
from warta.newsroom.signin import throttle
from warta.newsroom.signin.adapters import BEGAN, AccountAdapter
from warta.newsroom.signin.duty import factors

KEPT: Final = timedelta(days=90)
"""How long tries are kept."""


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Note that somebody is in, and by what; the session begins now."""
    request.session[BEGAN] = time.time()
    address = AccountAdapter(request).get_client_ip(request)
    SignIn.objects.create(
        account=throttle.account(user.get_username()),
        network=throttle.network(address),
        address=address,
        agent=request.headers.get("User-Agent", "")[:200],
        user=user,
        at=timezone.now(),
        outcome=SignIn.Outcome.IN,
        method=_method(request, user),
    )


@receiver(m2m_changed, sender=User.groups.through)
def end_sessions_of_a_new_role(instance: Any, action: str, pk_set: set[int] | None, **_: Any) -> None:
    """End the sessions of people whose role changed: what they held was opened with other rights."""
    if action in {"post_add", "post_remove", "post_clear"}:
        people = [instance.pk] if isinstance(instance, User) else sorted(pk_set or ())
        if pk_set or action == "post_clear":
            end_sessions(UserSession.objects.filter(user__in=people))


def end_sessions(sessions: Any) -> int:
    """End sessions at once; return how many."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def forget_factors(user: User) -> int:
    """Take somebody's second factors and recovery codes away and end their sessions; return how many factors went."""
    with transaction.atomic():
        count = factors(user).count()
        Authenticator.objects.filter(user=user).delete()
        end_sessions(UserSession.objects.filter(user=user))
    return count


def sweep(now: datetime) -> None:
    """Forget old tries and what is left of sessions that are over."""
    SignIn.objects.filter(at__lt=now - KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()


def _method(request: HttpRequest, user: User) -> str:
    names = []
    for record in get_authentication_records(request, user):
        name = record.get("type") or record.get("method", "")
        names.append("passkey" if record.get("passwordless") else str(name))
    return "+".join(dict.fromkeys(names))[:40]
