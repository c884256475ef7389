"""The screens on which an article is corrected, replied to, marked as unverified, withdrawn and put back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from warta.newsroom.actions.answer_reply import ClosedReplyError, answer_reply, decline_reply
from warta.newsroom.actions.correct import NothingToCorrectError, correct
from warta.newsroom.actions.follow_up import follow_up
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.put_back import NotWithdrawnError, put_back
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.actions.twice import SentTwiceError
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.desk.asking import ARTICLE, AskView, OnArticleForm
from warta.newsroom.desk.rules import forms
from warta.newsroom.models import Article, Correction, RightOfReply, Verification
from warta.newsroom.models.withdrawal import GROUNDS
from warta.newsroom.permissions import may_publish


class RuleView(AskView):
    """One press rule carried out on an article; it leads back to the article's rules."""

    def words(self, error: Exception) -> Any:
        """Return in words why it could not be done."""
        match error:
            case NothingToCorrectError():
                return _("Readers neither have this article nor are about to: change its text instead.")
            case SentTwiceError():
                return _("This was done already: you sent the same a few minutes ago.")
            case ClosedReplyError():
                return _("This request was answered or declined already.")
            case NotWithdrawnError():
                return _("This article is not withdrawn.")
        return super().words(error)

    def back_url(self) -> str:
        """Return the article's rules."""
        return reverse(f"{ARTICLE}:rules", args=[self.article.pk])


class CorrectView(RuleView):
    """Publishes a correction."""

    form_class = forms.CorrectForm
    heading = gettext_lazy("Correct this article")
    button = gettext_lazy("Publish the correction")
    done = gettext_lazy("The correction is published and stands on the corrections page.")
    said = gettext_lazy("A published correction is kept for ever: a mistaken one is put right by a further one.")

    def do(self, given: dict[str, Any]) -> None:
        """Publish it, with the text if that was asked for."""
        text = self.article.latest_revision if given.pop("with_text", False) else None
        given.pop("text", None)
        if text is not None:
            self._may_publish(text.as_object())
        correct(Correction(article=self.article, **given), by=self.request.user, now=timezone.now(), text=text)

    def _may_publish(self, text: Article) -> None:
        """Refuse a text that another desk publishes.

        Raises: ValidationError.
        """
        if not may_publish(self.request.user, self.article, text.rubric_id):
            words = _(
                "The saved text files the article under “%(rubric)s”, and the desk of that rubric publishes it."
                " Publish the correction without the text, and submit the text to that desk."
            )
            raise ValidationError(words % {"rubric": text.rubric})


class ReceiveView(RuleView):
    """Notes a request to reply."""

    form_class = forms.ReceiveForm
    heading = gettext_lazy("Note a right of reply")
    button = gettext_lazy("Note it")
    done = gettext_lazy("The request is noted; it stands among the open duties until it is answered.")
    said = gettext_lazy("Readers see nothing of it until an article carries the reply.")

    def do(self, given: dict[str, Any]) -> None:
        """Note it."""
        receive_reply(self.article, by=self.request.user, now=timezone.now(), **given)


class AnswerView(RuleView):
    """Answers a request to reply by an article, or declines it."""

    form_class = forms.AnswerForm
    heading = gettext_lazy("Answer the right of reply")
    button = gettext_lazy("Settle the request")
    done = gettext_lazy("The request is settled.")
    said = gettext_lazy("Both articles name each other as soon as the reply is published.")

    def do(self, given: dict[str, Any]) -> None:
        """Answer or decline."""
        reply = get_object_or_404(RightOfReply, pk=self.kwargs["reply"], article=self.article)
        by, now = self.request.user, timezone.now()
        if given["answer"] is not None:
            answer_reply(reply, by=by, now=now, answer=given["answer"])
        else:
            decline_reply(reply, by=by, now=now, reason=given["reason"])

    def show(self, form: OnArticleForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the request above the form."""
        reply = get_object_or_404(RightOfReply, pk=self.kwargs["reply"], article=self.article)
        return super().show(form, status=status, reply=reply, **more)


class UnverifiedView(RuleView):
    """Marks a report as not yet verified."""

    form_class = forms.UnverifiedForm
    heading = gettext_lazy("Mark as not yet verified")
    button = gettext_lazy("Tell readers")
    done = gettext_lazy("Readers are told that this is not yet verified.")
    said = gettext_lazy(
        "Only for urgent news in the public interest, from a named and credible source, when the person concerned"
        " cannot be reached. Bring the follow-up as soon as you can."
    )

    def initial(self) -> dict[str, Any]:
        """Begin with the words that stand there now."""
        notice = Verification.objects.filter(article=self.article).first()
        return {"words": notice.words} if notice else {}

    def do(self, given: dict[str, Any]) -> None:
        """Mark it."""
        mark_unverified(self.article, by=self.request.user, now=timezone.now(), words=given["words"])


class FollowUpView(RuleView):
    """Names the follow-up of an unverified report."""

    form_class = forms.FollowUpForm
    heading = gettext_lazy("Name the follow-up")
    button = gettext_lazy("Link both")
    done = gettext_lazy("The report and its follow-up name each other.")

    def do(self, given: dict[str, Any]) -> None:
        """Link both."""
        notice = get_object_or_404(Verification, article=self.article)
        follow_up(notice, by=self.request.user, now=timezone.now(), article=given["follow_up"])


class WithdrawView(RuleView):
    """Withdraws an article, after a page that says what will happen."""

    form_class = forms.WithdrawForm
    heading = gettext_lazy("Withdraw this article")
    button = gettext_lazy("Go on")
    done = gettext_lazy("The article is withdrawn.")
    said = gettext_lazy("A withdrawal is for these grounds alone. An error is put right by a correction.")

    def carry_out(self, form: OnArticleForm) -> HttpResponse:
        """Ask once more first."""
        if self.article.withdrawn_at is not None:
            form.add_error(None, _("This article is withdrawn already."))
            return self.show(form, status=422)
        if self.article.first_published_at is None:
            form.add_error(None, _("Readers never had this article: take it back to a draft, or delete it."))
            return self.show(form, status=422)
        if "sure" in self.request.POST:
            return super().carry_out(form)
        return self.show(form, is_asked=True, ground=dict(GROUNDS)[form.cleaned_data["ground"]])

    def do(self, given: dict[str, Any]) -> None:
        """Withdraw it."""
        withdraw(self.article, by=self.request.user, now=timezone.now(), **given)


class PutBackView(RuleView):
    """Puts a withdrawn article back."""

    form_class = forms.PutBackForm
    heading = gettext_lazy("Put this article back")
    button = gettext_lazy("Put it back")
    done = gettext_lazy("The article is back at its old address.")
    said = gettext_lazy("Readers get the article as it was, at its old address and under its old date.")
    is_grave = True

    def do(self, given: dict[str, Any]) -> None:
        """Put it back."""
        put_back(self.article, by=self.request.user, now=timezone.now(), note=given["note"])
