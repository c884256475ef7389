"""The screens of what articles are filed under: a rubric, a channel, a topic, a contributor.

Wagtail's own read every article under a heading to show how often it is used. These lead to the list of its articles,
and before something is deleted they ask whether there is any.
"""

from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import MediaContainer
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail.snippets.views.snippets import DeleteView, EditView, SnippetViewSet, UsageView

from warta.newsroom.desk.deleting import DeleteMany, is_needed
from warta.newsroom.models import Channel, Contributor, Rubric, Topic

_FILTERS: Final[dict[type[Model], str]] = {
    Rubric: "rubric",
    Channel: "channel",
    Topic: "topic",
    Contributor: "person",
}
"""By which filter the list of articles shows those of a heading."""


def articles_url(heading: Model) -> str:
    """Return the address of the list of a heading's articles."""
    asked = urlencode({_FILTERS[type(heading)]: heading.pk})
    return f"{reverse('wagtailsnippets_newsroom_article:list')}?{asked}"


class _StatusPanel(SnippetStatusSidePanel):
    def get_usage_context(self) -> dict[str, Any]:
        return {"usage_url": self.usage_url, "usage_url_text": _("Its articles")}


class _EditView(EditView):
    def get_usage_url(self) -> str:
        return articles_url(self.object)

    def get_side_panels(self) -> MediaContainer:
        panel = _StatusPanel(
            self.object,
            self.request,
            usage_url=self.get_usage_url(),
            history_url=self.get_history_url(),
            last_updated_info=self.get_last_updated_info(),
        )
        return MediaContainer([panel])


class _UsageView(UsageView):
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(articles_url(self.object))


class _DeleteView(DeleteView):
    """Says why something cannot be deleted, instead of asking whether it should be."""

    def get_usage_url(self) -> None:
        """Return none: nothing is counted."""

    @cached_property
    def is_protected(self) -> bool:
        return is_needed(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = {"is_protected": self.is_protected, "articles_url": articles_url(self.object)}
        return {**super().get_context_data(**kwargs), **about}

    def form_valid(self, form: Any) -> HttpResponse:
        if self.is_protected:
            return self.render_to_response(self.get_context_data(form=form), status=409)
        answer: HttpResponse = super().form_valid(form)
        return answer


class HeadingViewSet(SnippetViewSet):
    """The screens of one kind of heading."""

    edit_view_class = _EditView
    usage_view_class = _UsageView
    delete_view_class = _DeleteView
    delete_template_name = "newsroom/delete_heading.html"


class DeleteHeadings(DeleteMany):
    """Deletes many, and leaves out those that articles are filed under."""

    models = tuple(_FILTERS)
    left_out = _("Left out: articles are filed under them, or they are not yours to delete:")


hooks.register("register_bulk_action", DeleteHeadings, order=1)  # after Wagtail's, in whose place it stands
