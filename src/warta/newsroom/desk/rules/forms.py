"""The forms in which an editor corrects, answers, marks and withdraws."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from warta.newsroom.desk.asking import ChosenArticle, OnArticleForm
from warta.newsroom.desk.instants import InstantField
from warta.newsroom.models import Correction
from warta.newsroom.models.article import possible_instant
from warta.newsroom.models.correction import KINDS, WEIGHTS
from warta.newsroom.models.withdrawal import GROUNDS


def _area() -> forms.Widget:
    return AdminAutoHeightTextInput(attrs={"rows": 3})


class CorrectForm(OnArticleForm):
    """What was wrong, and what is right."""

    wrong = forms.CharField(label=_("What was wrong"), max_length=1000, widget=_area())
    right = forms.CharField(label=_("What is right"), max_length=1000, widget=_area())
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect, initial=KINDS[0][0])
    seriousness = forms.ChoiceField(
        label=_("How serious"), choices=WEIGHTS, widget=forms.RadioSelect, initial=WEIGHTS[0][0]
    )
    stands_in = ChosenArticle(
        label=_("Article that brings the correction"),
        help_text=_("Only if a newer article corrects this one. Both name each other."),
        required=False,
    )
    corrects = forms.ModelChoiceField(
        queryset=Correction.objects.none(),
        label=_("Mistaken correction"),
        help_text=_("Only if an earlier correction was itself mistaken."),
        required=False,
    )
    text = forms.IntegerField(widget=forms.HiddenInput, required=False)
    with_text = forms.BooleanField(
        label=_("Publish the saved text with it"),
        help_text=_("Readers get the changed text and the correction at the same moment."),
        initial=True,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = Correction.objects.published().filter(article=self.article)
        choose = self.fields["corrects"]
        choose.queryset = earlier  # type: ignore[attr-defined] # a ModelChoiceField
        if not earlier.exists():
            del self.fields["corrects"]
        if self.article.has_unpublished_changes and self.article.latest_revision_id:
            self.fields["text"].initial = self.article.latest_revision_id
        else:
            del self.fields["text"], self.fields["with_text"]

    def clean(self) -> dict[str, Any]:
        """Refuse to publish a text that nobody looked at.

        Raises: ValidationError.
        """
        cleaned = super().clean()
        if cleaned.get("with_text") and cleaned.get("text") != self.article.latest_revision_id:
            self.add_error("with_text", _("The article was saved once more meanwhile. Look at it, then press again."))
            self.data = {**self.data.dict(), "text": self.article.latest_revision_id}  # type: ignore[attr-defined] # a QueryDict
        return cleaned


class ReceiveForm(OnArticleForm):
    """Who wants to reply, and what they hold against the article."""

    party = forms.CharField(label=_("Who replies"), max_length=200, help_text=_("As readers shall see it."))
    words = forms.CharField(
        label=_("What they hold against it"),
        max_length=4000,
        widget=_area(),
        help_text=_("For the newsroom. Readers see the reply alone."),
    )
    received_at = InstantField(
        label=_("Received"),
        widget=AdminDateTimeInput,
        validators=[possible_instant],
        help_text=_("Left empty: now."),
        required=False,
    )
    due_at = InstantField(
        label=_("Deadline"),
        widget=AdminDateTimeInput,
        validators=[possible_instant],
        help_text=_("Left empty: two working days after it was received."),
        required=False,
    )


class AnswerForm(OnArticleForm):
    """The article that carries the reply, or why there is none."""

    answer = ChosenArticle(label=_("Article that carries the reply"), required=False)
    reason = forms.CharField(
        label=_("Or: why it is declined"), max_length=2000, widget=_area(), help_text=_("It is kept."), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of both.

        Raises: ValidationError.
        """
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("answer")) == bool(cleaned.get("reason")):
            raise ValidationError(_("Choose the article that carries the reply, or say why it is declined."))
        return cleaned


class UnverifiedForm(OnArticleForm):
    """What readers are told of a report that is not yet verified."""

    words = forms.CharField(
        label=_("What readers are told"),
        max_length=600,
        widget=_area(),
        help_text=_("What is not verified yet, and what the newsroom does about it. It stands at the article's end."),
    )


class FollowUpForm(OnArticleForm):
    """The article that brings what the report lacked."""

    follow_up = ChosenArticle(label=_("Follow-up"))


class WithdrawForm(OnArticleForm):
    """The ground and the public reason."""

    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Public reason"),
        max_length=2000,
        widget=_area(),
        help_text=_("Readers see it at the article's address from now on. Name nobody who is to be protected."),
    )


class PutBackForm(OnArticleForm):
    """Why the withdrawal was mistaken."""

    note = forms.CharField(
        label=_("Why it is put back"), max_length=2000, widget=_area(), help_text=_("For the history alone.")
    )
