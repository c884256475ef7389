"""The list of articles, filtered by desk, state, rubric, person and date, at a cost that does not grow with them."""

from typing import Any, ClassVar, Final

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.snippets.views.snippets import IndexView

from warta.newsroom.models import Article, Byline, Channel, Contributor, Desk, Rubric, Topic
from warta.newsroom.models.defaults import LANGUAGES
from warta.newsroom.states import State

MOST: Final = 5_000
"""Articles that one can leaf through; who looks for an older one filters or searches."""


class FirstThousands(WagtailPaginator):
    """Counts and shows the first thousands alone: no COUNT over a million rows, no OFFSET into them."""

    def __init__(self, object_list: Any, per_page: int, **kwargs: Any) -> None:
        ordered = object_list.order_by(*_order(object_list)) if isinstance(object_list, QuerySet) else object_list
        super().__init__(ordered[:MOST], per_page, **kwargs)

    @cached_property
    def model(self) -> Any:
        """Return the kind of row, for the words under the list."""
        return Article

    @cached_property
    def items_count_label(self) -> str:
        """Say how many there are, as far as that is counted."""
        if self.count < MOST:
            return str(super().items_count_label)
        return gettext("the first %(count)s: filter or search for others") % {"count": MOST}


class ArticleFilters(WagtailFilterSet):
    """What a desk looks for."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=State)
    desk = django_filters.ModelChoiceFilter(label=_("Desk"), field_name="rubric__desks", queryset=Desk.objects.all())
    rubric = django_filters.ModelChoiceFilter(label=_("Rubric"), queryset=Rubric.objects.all())
    channel = django_filters.ModelChoiceFilter(label=_("Channel"), queryset=Channel.objects.all())
    person = django_filters.ModelChoiceFilter(label=_("Person"), method="of_person", queryset=Contributor.objects.all())
    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"), field_name="topics", queryset=Topic.objects.all(), widget=forms.HiddenInput
    )
    """By a topic's own screen alone: a paper has thousands."""
    made_at = django_filters.DateFromToRangeFilter(label=_("Begun"), widget=DateRangePickerWidget)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=LANGUAGES)

    class Meta:
        model = Article
        fields: ClassVar[list[str]] = []

    def of_person(self, rows: QuerySet[Article], _name: str, person: Contributor) -> QuerySet[Article]:
        """Leave the articles of one person, who may stand in one twice; without making all of them different first."""
        return rows.filter(pk__in=Byline.objects.filter(contributor=person).values("article"))


class ArticleListView(IndexView):
    """The list, which counts no further than one leafs."""

    paginator_class = FirstThousands
    context_object_name = "articles"  # a search for signs alone has results of no model


def _order(rows: QuerySet[Any]) -> tuple[Any, ...]:
    return tuple(rows.query.order_by) or ("-made_at", "-id")
