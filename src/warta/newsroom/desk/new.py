"""The editor of an article that does not exist yet."""

from typing import Any

from django.utils import timezone
from wagtail.models import Revision
from wagtail.snippets.views.snippets import CreateView

from warta.newsroom.actions.edit import open_editor
from warta.newsroom.models import Article, Byline, Channel, Rubric


class NewArticleView(CreateView):
    """Starts an article with what is known, so that it can be autosaved from its first word.

    The first channel, the writer's own byline, and the rubric they wrote for last (else the first): an article belongs
    to a desk from the start.
    """

    def get_initial_form_instance(self) -> Article:
        """Return the article that an empty form starts from."""
        article = Article(live=False)
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

    def get_success_json(self) -> dict[str, Any]:
        """Tell the page, after its first autosave, which open editor it is from now on."""
        told: dict[str, Any] = super().get_success_json()
        editor = open_editor(self.object, by=self.request.user, now=timezone.now())
        told["field_updates"]["tab"] = str(editor.pk)
        return told


def _usual_rubric(user: Any) -> Rubric | None:
    saved = Revision.objects.filter(user=user, content_type__app_label="newsroom", content_type__model="article")
    last = saved.order_by("-created_at").values_list("object_id", flat=True).first()
    return (
        Rubric.objects.filter(pk__in=Article.objects.filter(pk=last).values("rubric")).first() or Rubric.objects.first()
    )
