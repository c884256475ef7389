"""The screens for rubrics, channels, topics, contributors, static pages, house words and desks."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from warta.newsroom.desk.headings import HeadingViewSet
from warta.newsroom.models import Channel, Contributor, Desk, HouseWord, Rubric, StaticPage, Topic


class RubricViewSet(HeadingViewSet):
    """Rubrics, in the order of the navigation."""

    model = Rubric
    icon = "folder-open-inverse"
    list_display: ClassVar = ["name", "slug", "order"]


class ChannelViewSet(HeadingViewSet):
    """Channels."""

    model = Channel
    icon = "list-ul"
    list_display: ClassVar = ["name", "slug", "order"]


class TopicViewSet(HeadingViewSet):
    """Topics."""

    model = Topic
    icon = "tag"
    list_display: ClassVar = ["name", "slug"]


class ContributorViewSet(HeadingViewSet):
    """Contributors."""

    model = Contributor
    icon = "user"
    list_display: ClassVar = ["name", "role", "initials"]


class StaticPageViewSet(SnippetViewSet):
    """Static pages."""

    model = StaticPage
    icon = "doc-empty"
    list_display: ClassVar = ["title", "slug", "order"]


class HouseWordViewSet(SnippetViewSet):
    """Words that this paper does not write, and those that it writes."""

    model = HouseWord
    icon = "openquote"
    list_display: ClassVar = ["wrong", "right"]
    search_fields: ClassVar = ["wrong", "right"]


class DeskViewSet(SnippetViewSet):
    """Desks."""

    model = Desk
    icon = "group"
    list_display: ClassVar = ["name"]


class PaperGroup(SnippetViewSetGroup):
    """One menu for what changes seldom."""

    menu_label = _("The paper")
    menu_icon = "globe"
    menu_order = 300
    items = (
        RubricViewSet,
        ChannelViewSet,
        TopicViewSet,
        ContributorViewSet,
        StaticPageViewSet,
        HouseWordViewSet,
        DeskViewSet,
    )
