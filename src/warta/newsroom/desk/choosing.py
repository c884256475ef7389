"""Choosing an article for `Baca juga`: what readers can see, and what the person may see in the newsroom."""

from typing import Any

from django.db.models import QuerySet
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from warta.newsroom.desk.listing import FirstThousands
from warta.newsroom.models import Article
from warta.newsroom.permissions import articles_for


def _offered(request: Any) -> QuerySet[Article]:
    return Article.objects.filter(live=True) | articles_for(request.user)


class _Offered:
    """Lists and finds what is offered, and nothing else."""

    request: Any

    def get_object_list(self) -> QuerySet[Article]:
        return _offered(self.request)

    def get_object(self, pk: Any) -> Article:
        return _offered(self.request).get(pk=pk)

    def get_objects(self, pks: Any) -> QuerySet[Article]:
        return _offered(self.request).filter(pk__in=pks)


class _Choose(_Offered, ChooseView):
    """The window that offers articles, and counts no further than one leafs."""

    paginator_class = FirstThousands


class _ChooseResults(_Offered, ChooseResultsView):
    """Its list alone."""

    paginator_class = FirstThousands


class _Chosen(_Offered, SnippetChosenView):
    """What was chosen."""


class _ChosenMultiple(_Offered, SnippetChosenMultipleView):
    """Several that were chosen."""


class ArticleChooserViewSet(SnippetChooserViewSet):
    """The chooser of articles."""

    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults
    chosen_view_class = _Chosen
    chosen_multiple_view_class = _ChosenMultiple
