"""The screen on which links for outsiders are made and taken back, and the page they lead to."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import View
from wagtail import hooks

from warta.newsroom.actions import share_preview as sharing
from warta.newsroom.desk.asking import ARTICLE, crumbs
from warta.newsroom.models import Article, PreviewLink

_SHOWN: Final = 20


class ShareView(View):
    """One article's links; who may is asked by `guard.py` on the article in the address."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List the links."""
        return self._show(request, get_object_or_404(Article, pk=pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link and tell its address once, or take one back (`revoke`, its number)."""
        article = get_object_or_404(Article, pk=pk)
        now, number = timezone.now(), request.POST.get("revoke", "")
        if number.isdecimal() and len(number) < 19:
            link = get_object_or_404(PreviewLink, pk=int(number), article=article)
            sharing.revoke_preview(link, by=request.user, now=now)
            messages.success(request, _("The link leads nowhere any more."))
            return redirect(f"{ARTICLE}:share", pk)
        try:
            _link, secret = sharing.share_preview(article, by=request.user, now=now)
        except sharing.NothingToShowError:
            messages.error(
                request, _("There is nothing to show: save the article first; a withdrawn one has no preview.")
            )
            return redirect(f"{ARTICLE}:share", pk)
        return self._show(request, article, request.build_absolute_uri(reverse("shared_preview", args=[secret])))

    def _show(self, request: HttpRequest, article: Article, address: str = "") -> HttpResponse:
        now = timezone.now()
        found = PreviewLink.objects.filter(article=article).select_related("made_by", "article").order_by("-made_at")
        links = [(link, sharing.is_open(link, now)) for link in found[:_SHOWN]]
        context = {
            "article": article,
            "links": links,
            "address": address,
            **crumbs(article, _("Preview for outsiders")),
        }
        return TemplateResponse(request, "newsroom/share.html", context)


@require_safe
def shared_preview(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Answer with the text that a link leads to, as readers would see it: kept by no cache, found by no search."""
    article = sharing.shared(secret, timezone.now())
    if article is None:
        answer: Any = TemplateResponse(request, "newsroom/share_over.html", status=410).render()
    else:
        answer = article.serve_preview(request, "")
    answer._has_been_logged = True  # Django would write the address, and so the secret, into the log
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name both in the history."""
    actions.register_action("warta.share_preview", _("Share a preview"), _("Preview shared with an outsider"))
    actions.register_action("warta.revoke_preview", _("Take a preview back"), _("Shared preview taken back"))
