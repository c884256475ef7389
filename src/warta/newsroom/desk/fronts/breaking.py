"""The screen of the breaking news: what runs, a form for the next, and what ran before."""

from datetime import timedelta
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from warta.lexicon.fronts import BREAKING_LENGTH
from warta.newsroom.actions.break_news import StaleBreakingError, WrongBreakingError, break_news
from warta.newsroom.actions.end_breaking import EndedError, end_breaking
from warta.newsroom.desk.asking import ChosenArticle
from warta.newsroom.desk.fronts.views import crumbs
from warta.newsroom.models import Breaking

_SHOWN: Final = 20
_SPANS: Final = (
    ("30", gettext_lazy("30 minutes")),
    ("60", gettext_lazy("1 hour")),
    ("180", gettext_lazy("3 hours")),
    ("360", gettext_lazy("6 hours")),
    ("720", gettext_lazy("12 hours")),
    ("1440", gettext_lazy("24 hours")),
)
_WHY: Final = {
    "text": ("text", gettext_lazy("Write what happened, in at most 120 characters.")),
    "end": ("lasts_minutes", gettext_lazy("It ends at most 24 hours after it began.")),
    "target": ("article", gettext_lazy("Choose an article, or write an address of the paper: one of both.")),
    "article": ("article", gettext_lazy("Readers do not have this article: publish it first.")),
    "path": ("path", gettext_lazy("This is no address of the paper: write it as /indeks, or copy it whole.")),
}


class BreakForm(forms.Form):
    """What happened, where it leads, for how long."""

    text = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=BREAKING_LENGTH,
        help_text=gettext_lazy("One line, at most 120 characters."),
    )
    article = ChosenArticle(label=gettext_lazy("Article it leads to"), required=False)
    path = forms.CharField(
        label=gettext_lazy("Or: an address of the paper"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Such as /topik/gempa, when there is no article yet."),
    )
    lasts_minutes = forms.ChoiceField(
        label=gettext_lazy("It ends by itself after"), choices=_SPANS, widget=forms.RadioSelect, initial="60"
    )


class BreakingView(View):
    """Shows what runs, and puts up what is new; it takes the place of the other."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(BreakForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put it up, or say why not."""
        form = BreakForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        given, now, after = form.cleaned_data, timezone.now(), request.POST.get("after", "")
        try:
            break_news(
                by=request.user,
                now=now,
                text=given["text"],
                article=given["article"],
                path=given["path"],
                ends_at=now + timedelta(minutes=int(given["lasts_minutes"])),
                after=int(after) if after.isdecimal() and len(after) < 19 else None,
            )
        except WrongBreakingError as error:
            form.add_error(*_WHY[error.why])
            return self.show(form, status=422)
        except StaleBreakingError:
            form.add_error(
                None, _("The breaking news changed meanwhile: look at what runs now, then press again if it shall go.")
            )
            return self.show(form, status=409)
        messages.success(request, _("It stands above every page now."))
        return redirect("breaking")

    def show(self, form: BreakForm, *, status: int = 200) -> HttpResponse:
        """Answer with the screen."""
        context = {
            "form": form,
            "media": form.media,
            "running": Breaking.running(timezone.now()),
            "rows": Breaking.objects.select_related("started_by", "ended_by")[:_SHOWN],
            **crumbs(_("Breaking news")),
        }
        return TemplateResponse(self.request, "newsroom/fronts/breaking.html", context, status=status)


class EndView(View):
    """Takes the breaking news off every page."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """Lead to the screen, where the button is."""
        return redirect("breaking")

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """End it."""
        try:
            end_breaking(get_object_or_404(Breaking, pk=number), by=request.user, now=timezone.now())
        except EndedError:
            messages.warning(request, _("It had ended already."))
        else:
            messages.success(request, _("It is off every page."))
        return redirect("breaking")
