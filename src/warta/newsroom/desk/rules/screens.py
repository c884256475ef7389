"""The press rules on the screen: correct, reply, mark as unverified, withdraw, and what stands on an article."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.utils import get_latest_str
from wagtail.admin.widgets import AdminDateTimeInput

from warta.lexicon.press_rules import CorrectionKind, Ground, Seriousness
from warta.newsroom.actions.answer_reply import answer_reply, decline_reply
from warta.newsroom.actions.correct import NothingToCorrectError, correct
from warta.newsroom.actions.follow_up import follow_up
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.put_back import put_back
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.desk.asking import ArticleField, AskView
from warta.newsroom.desk.moments import moment
from warta.newsroom.models import Article, Correction, RightOfReply, Verification
from warta.newsroom.models.correction import KINDS, WEIGHTS
from warta.newsroom.models.withdrawal import GROUNDS
from warta.newsroom.permissions import Verb, may

RULES = "wagtailsnippets_newsroom_article:rules"


def _long(label: Any, *, length: int, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class _Rule(AskView):
    """A question of the press rules; afterwards one sees what stands on the article."""

    done: Any

    def back(self, article: Article) -> str:
        """Return the article's page of the rules."""
        return reverse(RULES, args=[article.pk])

    def do(self, article: Article, said: Mapping[str, Any]) -> str:
        """Do it and say so."""
        self.act(article, said)
        messages.success(self.request, self.done)
        return self.back(article)

    def act(self, article: Article, said: Mapping[str, Any]) -> None:
        """Do it.

        Raises: ValidationError.
        """
        raise NotImplementedError


class CorrectForm(forms.Form):
    """A correction."""

    wrong = _long(_("What was wrong?"), length=1000)
    right = _long(_("What is right?"), length=1000)
    kind = forms.ChoiceField(label=_("kind"), choices=KINDS, initial=CorrectionKind.ERRATUM)
    seriousness = forms.ChoiceField(label=_("how serious"), choices=WEIGHTS, initial=Seriousness.MINOR)
    stands_in = ArticleField(label=_("Newer article that brings the correction, if there is one"), required=False)
    with_text = forms.BooleanField(
        label=_("Publish the newest saved text in the same moment"), required=False, initial=True
    )


class CorrectView(_Rule):
    """Publishes a correction, with the mended text in the same moment if there is one."""

    form_class = CorrectForm
    title = _("Publish a correction")
    tells = _("Readers see it with its date on the article and under /ralat, at once. It cannot be changed or deleted.")
    button = _("Publish the correction")
    done = _("The correction is published.")

    def form(self, article: Article, data: Any = None) -> forms.Form:
        """Ask about the text only when there is one that readers have not seen."""
        form = self.form_class(data)
        if not (article.has_unpublished_changes and may(self.request.user, Verb.PUBLISH, article)):
            del form.fields["with_text"]
        return form

    def act(self, article: Article, said: Mapping[str, Any]) -> None:
        """Publish it."""
        made = Correction(article=article, **{name: said[name] for name in ("wrong", "right", "kind", "seriousness")})
        made.stands_in = said["stands_in"]
        text = article.latest_revision if said.get("with_text") else None
        try:
            correct(made, by=self.request.user, now=timezone.now(), text=text)
        except NothingToCorrectError as error:
            raise forms.ValidationError(
                gettext("Readers do not have this article: change the text instead of correcting it.")
            ) from error


class ReplyForm(forms.Form):
    """A request to reply."""

    party = forms.CharField(label=_("Who replies? Readers see this name."), max_length=200)
    words = _long(_("What do they hold against the article? For the newsroom alone."), length=4000)
    received_at = forms.DateTimeField(
        label=_("Received (empty: just now)"), required=False, widget=AdminDateTimeInput()
    )


class ReplyView(_Rule):
    """Takes note of a request to reply; its deadline is two working days."""

    form_class = ReplyForm
    title = _("Note a right of reply")
    tells = _("The desk is reminded until an article carries the reply, or the request is declined with a reason.")
    button = _("Note it")
    done = _("The request is noted, with its deadline.")

    def act(self, article: Article, said: Mapping[str, Any]) -> None:
        """Note it."""
        receive_reply(article, by=self.request.user, now=timezone.now(), **said)


class AnswerForm(forms.Form):
    """Which article carries a reply."""

    answer = ArticleField(label=_("Article that carries the reply"))


class _OfReply(_Rule):
    def reply(self, article: Article) -> RightOfReply:
        """Return the open request in the address."""
        return get_object_or_404(article.replies.open(), pk=self.kwargs["reply"])

    def form(self, article: Article, data: Any = None) -> forms.Form:
        """Ask only while it is open."""
        self.reply(article)
        return super().form(article, data)


class AnswerView(_OfReply):
    """Names the article that carries a reply."""

    form_class = AnswerForm
    title = _("Answer a right of reply")
    tells = _("Both articles name each other as soon as the reply is published.")
    button = _("Link the reply")
    done = _("The reply is linked.")

    def act(self, article: Article, said: Mapping[str, Any]) -> None:
        """Link it."""
        answer_reply(self.reply(article), by=self.request.user, now=timezone.now(), answer=said["answer"])


class DeclineForm(forms.Form):
    """Why a reply is declined."""

    reason = _long(_("Why? The reason is kept."), length=2000)


class DeclineView(_OfReply):
    """Declines a request to reply, with a reason."""

    form_class = DeclineForm
    title = _("Decline a right of reply")
    tells = _("The request and your reason stay on record.")
    button = _("Decline")
    done = _("The request is declined.")

    def act(self, article: Article, said: Mapping[str, Any]) -> None:
        """Decline it."""
        decline_reply(self.reply(article), by=self.request.user, now=timezone.now(), reason=said["reason"])


class UnverifiedForm(forms.Form):
    """What readers are told of an unverified report."""

    words = _long(_("What is not verified yet, and what does the newsroom do about it?"), length=600)


class UnverifiedView(_Rule):
    """Tells readers that a report is not verified yet."""

    form_class = UnverifiedForm
    title = _("Mark as not yet verified")
    tells = _("Only for urgent reports of public interest whose subject could not be reached. It stands at the end.")
    button = _("Tell readers")
    done = _("Readers are told that it is not verified yet.")

    def act(self, article: Article, said: Mapping[str, Any]) -> None:
        """Mark it."""
        mark_unverified(article, by=self.request.user, now=timezone.now(), words=said["words"])


class FollowUpForm(forms.Form):
    """Which article brings what was lacking."""

    follow_up = ArticleField(label=_("Follow-up"))


class FollowUpView(_Rule):
    """Names the article that brings what an unverified report lacked."""

    form_class = FollowUpForm
    title = _("Link the follow-up")
    tells = _("Both articles name each other.")
    button = _("Link the follow-up")
    done = _("The follow-up is linked.")

    def act(self, article: Article, said: Mapping[str, Any]) -> None:
        """Link it."""
        notice = get_object_or_404(Verification, article=article)
        follow_up(notice, by=self.request.user, now=timezone.now(), article=said["follow_up"])


class WithdrawForm(forms.Form):
    """On which ground an article is withdrawn, and why."""

    ground = forms.ChoiceField(label=_("Ground"), choices=[("", "—"), *GROUNDS])
    reason = _long(_("Reason, as readers shall read it"), length=1000)


class WithdrawView(_Rule):
    """Withdraws an article on a listed ground."""

    form_class = WithdrawForm
    title = _("Withdraw the article")
    tells = _(
        "It leaves every list, feed and search at once; its address answers with the ground and your reason. Its text"
        " is kept in the newsroom, and a managing editor can put it back."
    )
    button = _("Withdraw it now")
    done = _("The article is withdrawn. Its address says why.")

    def act(self, article: Article, said: Mapping[str, Any]) -> None:
        """Withdraw it."""
        withdraw(
            article, by=self.request.user, now=timezone.now(), ground=Ground(said["ground"]), reason=said["reason"]
        )


class PutBackForm(forms.Form):
    """Why a withdrawn article comes back."""

    note = _long(_("Why? For the history alone."), length=1000)


class PutBackView(_Rule):
    """Puts a withdrawn article back."""

    form_class = PutBackForm
    title = _("Put the article back")
    tells = _("Readers have it again at once, under its old date, in every list where it stood.")
    button = _("Put it back")
    done = _("The article is back.")

    def article(self) -> Article:
        """Return the article if it is withdrawn."""
        return get_object_or_404(Article.objects.exclude(withdrawn_at=None), pk=self.kwargs["pk"])

    def back(self, article: Article) -> str:
        """Return the editor: what stood on the article is there again."""
        return reverse(RULES, args=[article.pk])

    def act(self, article: Article, said: Mapping[str, Any]) -> None:
        """Put it back."""
        put_back(article, by=self.request.user, now=timezone.now(), note=said["note"])


class RulesView(View):
    """Shows what the press rules say of an article, and what can be done."""

    model: Any = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: four queries."""
        article = get_object_or_404(Article.objects.select_related("rubric"), pk=pk)
        context = {
            "article": article,
            "headline": get_latest_str(article),
            "corrections": [(row, moment(row.told_at, article)) for row in article.corrections.published()],
            "replies": [(row, moment(row.due_at, article)) for row in article.replies.select_related("answer")],
            "notice": Verification.objects.select_related("follow_up").filter(article=article).first(),
            "may_withdraw": may(request.user, Verb.WITHDRAW, article),
            "now": timezone.now(),
            "page_title": gettext("Press rules"),
        }
        return TemplateResponse(request, "newsroom/rules.html", context)


URLS = [
    path("rules/<int:pk>/", RulesView.as_view(), name="rules"),
    path("rules/<int:pk>/correct/", CorrectView.as_view(), name="correct"),
    path("rules/<int:pk>/reply/", ReplyView.as_view(), name="receive_reply"),
    path("rules/<int:pk>/reply/<int:reply>/answer/", AnswerView.as_view(), name="answer_reply"),
    path("rules/<int:pk>/reply/<int:reply>/decline/", DeclineView.as_view(), name="decline_reply"),
    path("rules/<int:pk>/unverified/", UnverifiedView.as_view(), name="mark_unverified"),
    path("rules/<int:pk>/follow-up/", FollowUpView.as_view(), name="follow_up"),
    path("rules/<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw"),
    path("rules/<int:pk>/put-back/", PutBackView.as_view(), name="put_back"),
]
