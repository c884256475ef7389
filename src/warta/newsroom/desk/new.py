"""The editor of an article that does not exist yet."""

from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.snippets.views.snippets import CreateView

from warta.newsroom.actions.edit import open_editor, refuse
from warta.newsroom.comparing import as_sent
from warta.newsroom.desk.approving import ByRole
from warta.newsroom.desk.editor import answer_stale
from warta.newsroom.desk.publishing import ChecksFirst
from warta.newsroom.models import Article, Byline, Channel, OpenEditor, Rubric


class NewArticleView(ByRole, ChecksFirst, CreateView):
    """Starts an article with what is known, so that it can be autosaved from its first word.

    The first channel, the writer's own byline, and the rubric they wrote for last (else the first): an article belongs
    to a desk from the start.
    """

    def get_initial_form_instance(self) -> Article:
        """Return the article that an empty form starts from."""
        article = Article(live=False, made_by=self.request.user)
        channel = Channel.objects.first()
        if channel is not None:
            article.channel = channel
        rubric = _usual_rubric(self.request.user)
        if rubric is not None:
            article.rubric = rubric
        contributor = getattr(self.request.user, "contributor", None)
        if contributor is not None:
            article.bylines = [Byline(contributor=contributor, role=Byline.REPORTER)]
        return article

    def get_initial(self) -> dict[str, Any]:
        """Name the tab, so that its text is known as the same when it is sent twice."""
        initial: dict[str, Any] = super().get_initial()
        return {**initial, "tab": uuid4(), "turn": 0} if self.request.method == "GET" else initial

    def form_valid(self, form: Any) -> HttpResponse:
        """Save a new article once: what the same tab sends again (the answer was lost) is joined with what it made."""
        self.form = form
        tab, turn = form.cleaned_data.get("tab") or uuid4(), form.cleaned_data.get("turn") or 0
        by, now = self.request.user, timezone.now()
        with transaction.atomic():
            get_user_model().objects.select_for_update().get(pk=by.pk)  # the second of two at once sees what one made
            made = OpenEditor.objects.select_related("article").filter(key=tab, user=by).first()
            if made is None:
                response: HttpResponse = super().form_valid(form)
                if self.object is not None and self.object.pk:
                    self.object.refresh_from_db(fields=["latest_revision"])
                    open_editor(self.object, by=by, now=now, key=tab, turn=turn)
                return response
        refused = refuse(made.article, as_sent(form.save(commit=False)), tab=tab, by=by, now=now)
        return answer_stale(self.request, refused, wanted=self.action, as_json=self.expects_json_response)


def _usual_rubric(user: Any) -> Rubric | None:
    saved = Revision.objects.filter(user=user, content_type__app_label="newsroom", content_type__model="article")
    last = saved.order_by("-created_at").values_list("object_id", flat=True).first()
    return (
        Rubric.objects.filter(pk__in=Article.objects.filter(pk=last).values("rubric")).first() or Rubric.objects.first()
    )
