"""What somebody sees of their own account: second factors, open sessions, the last sign-ins."""

from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from warta.newsroom.models import SignIn
from warta.newsroom.signin import duty, records

_SHOWN = 20


class SecurityView(IndexView):
    """One page: what is set up, what is open, who came in."""

    template_name = "newsroom/signin/security.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add sessions and sign-ins."""
        user: Any = self.request.user
        tries = SignIn.objects.filter(user=user).exclude(outcome=SignIn.Outcome.HALF)
        return {
            **super().get_context_data(**kwargs),
            "is_owed": duty.is_owed(user),
            "needs_factor": duty.needs_factor(user),
            "sessions": UserSession.objects.filter(user=user).order_by("-created_at")[:_SHOWN],
            "current_key": self.request.session.session_key,
            "sign_ins": tries.order_by("-at")[:_SHOWN],
        }


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponseRedirect:
    """End one of one's own sessions (`session`, its number), or all others."""
    mine = UserSession.objects.filter(user=request.user.pk).exclude(session_key=request.session.session_key)
    number = request.POST.get("session", "")
    if number:
        mine = mine.filter(pk=int(number)) if number.isdecimal() and len(number) < 19 else mine.none()
    count = records.end_sessions(mine)
    said = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", count) % {"count": count}
    messages.success(request, said if count else _("There was no such session."))
    return HttpResponseRedirect(reverse("mfa_index"))
