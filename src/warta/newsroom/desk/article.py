"""The article's screens: list, editor, publish."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.snippets.views.snippets import HistoryView, RevisionsUnscheduleView, SnippetViewSet, UnpublishView

from warta.lexicon import embargo, zones
from warta.newsroom.desk import instants as _instants  # noqa: F401 — the field of every instant
from warta.newsroom.desk.approving import SendBackView, standing
from warta.newsroom.desk.choosing import ArticleChooserViewSet
from warta.newsroom.desk.deleting import DeleteArticleView
from warta.newsroom.desk.editor import EditorView, SessionView, TabForm, TabView
from warta.newsroom.desk.joining import JoinView
from warta.newsroom.desk.listing import ArticleFilters, ArticleListView
from warta.newsroom.desk.moments import MomentsPanel, withdrawal
from warta.newsroom.desk.new import NewArticleView
from warta.newsroom.desk.notes import NotesView
from warta.newsroom.desk.rules import urls as rules
from warta.newsroom.desk.sharing import ShareView
from warta.newsroom.models import Article
from warta.newsroom.models.article import possible_instant
from warta.newsroom.permissions import articles_for

_ZONES: list[tuple[str, str]] = [(iana, name) for name, iana in zones.INDONESIAN.items()]


class ArticleForm(TabForm):
    """Checks what the model cannot know: that the schedule is possible, and that publishing now is allowed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "zone" in self.fields:
            present = self.instance.zone
            others = [] if present in dict(_ZONES) else [(present, present)]
            self.fields["zone"] = forms.ChoiceField(
                label=self.fields["zone"].label, choices=[*_ZONES, *others], initial=present
            )

    def clean(self) -> dict[str, Any]:
        """Refuse impossible dates, and to publish before the embargo ends, at the field that can be changed."""
        cleaned: dict[str, Any] = super().clean()
        for name in ("go_live_at", "expire_at"):
            try:
                possible_instant(cleaned.get(name) or timezone.now())
            except ValidationError as error:
                self.add_error(name, error)
        if "action-publish" in self.data:
            now = timezone.now()
            try:
                embargo.check(max(cleaned.get("go_live_at") or now, now), cleaned.get("embargo"))
            except embargo.UnderEmbargoError as error:
                until = timezone.localtime(error.embargo, zones.zone(cleaned.get("zone") or "WIB"))
                self.add_error(
                    "embargo",
                    gettext(
                        "Under embargo until %(until)s. Set the time to go live in the schedule to that instant or"
                        " later, then publish: the article appears by itself."
                    )
                    % {"until": f"{until:%d/%m/%Y %H:%M} {until.tzname()}"},
                )
        return cleaned


class TakeBackView(UnpublishView):
    """Takes a live article back to a draft, out of the paper too: Wagtail's own view passes the model by."""

    def unpublish(self) -> Any:
        """Unpublish, and leave a Dispatch, in one transaction."""
        with transaction.atomic():
            self.object.leave_dispatch()
            return super().unpublish()


class UnscheduleView(RevisionsUnscheduleView):
    """Takes a scheduled article back, out of the paper too: Wagtail's own view would tell nobody."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Unschedule, and leave a Dispatch, in one transaction."""
        with transaction.atomic():
            self.object.unschedule()
            return super().post(request, *args, **kwargs)


class ArticleHistoryView(HistoryView):
    """The history, in which no version of a withdrawn article is called the live one: its row keeps which one was."""

    def get_object(self) -> Article:
        """Return the article as one that has no live version when it is withdrawn."""
        article: Article = super().get_object()
        if article.withdrawn_at is not None:
            article.live_revision = None
        return article


class ArticleViewSet(SnippetViewSet):
    """Articles in the newsroom: newest first, searched by headline, filtered by rubric, channel and state."""

    model = Article
    icon = "doc-full"
    menu_label = _("Articles")
    menu_order = 100
    add_to_admin_menu = True
    add_view_class = NewArticleView
    edit_view_class = EditorView
    chooser_viewset_class = ArticleChooserViewSet
    unpublish_view_class = TakeBackView
    history_view_class = ArticleHistoryView
    revisions_unschedule_view_class = UnscheduleView
    delete_view_class = DeleteArticleView
    delete_template_name = "newsroom/delete_refused.html"
    copy_view_enabled = False
    list_per_page = 50
    list_display: ClassVar = [
        "headline",
        "rubric",
        "channel",
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        DateColumn("first_published_at", label=_("Published")),
    ]
    index_view_class = ArticleListView
    filterset_class = ArticleFilters
    ordering: ClassVar = ["-made_at", "-id"]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MomentsPanel(withdrawal, standing),
                    FieldPanel(
                        "headline",
                        classname="title",
                        widget=AdminAutoHeightTextInput(attrs={"placeholder": _("Headline"), "rows": 1}),
                    ),
                    FieldPanel("standfirst"),
                    MultiFieldPanel(
                        [FieldPanel("lead_photo"), FieldPanel("lead_caption"), FieldPanel("lead_credit")],
                        heading=_("Lead photo"),
                    ),
                    FieldPanel("body"),
                    FieldPanel("initials"),
                    PublishingPanel(),
                ],
                heading=_("Text"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("channel"), FieldPanel("rubric"), FieldPanel("language")]),
                    FieldPanel("translation_of"),
                    FieldRowPanel([FieldPanel("place"), FieldPanel("zone")]),
                    InlinePanel("bylines", label=_("Byline"), heading=_("Bylines")),
                    FieldPanel("topics"),
                    FieldPanel("embargo"),
                ],
                heading=_("About it"),
            ),
        ],
        base_form_class=ArticleForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        """Add the screen that joins two texts, the notes, the press rules, and what the browser's scripts ask."""
        join = path("join/<int:pk>/<int:tab>/", self.construct_view(JoinView), name="join")
        tab = path("tab/<uuid:key>/", TabView.as_view(), name="tab")
        session = path("session/", SessionView.as_view(), name="session")
        notes = path("notes/<int:pk>/", self.construct_view(NotesView), name="notes")
        send_back = path("send-back/<int:pk>/", SendBackView.as_view(), name="send_back")
        share = path("share/<int:pk>/", ShareView.as_view(), name="share")
        return [*super().get_urlpatterns(), join, tab, session, notes, send_back, share, *rules.of_article]

    def get_queryset(self, request: Any) -> Any:
        """Return the articles that this person may see, with what a line of the list shows, in one query."""
        return articles_for(request.user).select_related("rubric", "channel", "latest_revision")
