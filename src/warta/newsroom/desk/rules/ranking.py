"""The screens on which an article is taken out of the lists of the most read, and put back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from warta.newsroom.actions.unrank import RankedError, rank_again, unrank
from warta.newsroom.desk.asking import AskView, OnArticleForm


class UnrankForm(OnArticleForm):
    """Why it is taken out."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=gettext_lazy("For the history alone."),
    )


class _RankingView(AskView):
    def words(self, error: Exception) -> Any:
        """Return in words why it could not be done."""
        return _("Somebody did so meanwhile.") if isinstance(error, RankedError) else super().words(error)


class UnrankView(_RankingView):
    """Takes an article out of the lists."""

    form_class = UnrankForm
    heading = gettext_lazy("Take this article out of most read")
    button = gettext_lazy("Take it out")
    done = gettext_lazy("The article stands in no list of the most read any more.")
    said = gettext_lazy("Readers keep the article, and it is counted as before. Who took it out and why is kept.")

    def do(self, given: dict[str, Any]) -> None:
        """Take it out."""
        unrank(self.article, by=self.request.user, now=timezone.now(), reason=given["reason"])


class RankAgainView(_RankingView):
    """Puts an article back into the lists."""

    form_class = OnArticleForm
    heading = gettext_lazy("Put this article back among most read")
    button = gettext_lazy("Put it back")
    done = gettext_lazy("The article stands again where its readers put it.")

    def do(self, given: dict[str, Any]) -> None:
        """Put it back."""
        rank_again(self.article, by=self.request.user)
