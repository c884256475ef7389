"""The instants of an article above its text: embargo, schedule, expiry, in the editor's zone and in the article's."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from wagtail.admin.panels import Panel

from warta.lexicon import dateline, zones
from warta.lexicon.languages import DEFAULT
from warta.newsroom import permissions
from warta.newsroom.models import Article
from warta.newsroom.permissions import Verb


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant in words; a loud one must not be overlooked."""

    what: str
    when: str
    is_loud: bool = False
    undo_url: str = ""


def moment(at: datetime, article: Article) -> str:
    """Write an instant to the second, in the zone of the person who looks and in the article's."""
    both = (timezone.get_current_timezone(), zones.zone(article.zone))
    return dateline.moment(at, both, (get_language() or DEFAULT)[:2])


def update_of(article: Article) -> Any:
    """Return the revision that is scheduled to take over from a live article, None without one."""
    return article.scheduled_revision if article.live and article.has_unpublished_changes else None


def withdrawal(article: Article) -> Iterator[Moment]:
    """Return when, on which ground and for which reason an article was withdrawn, and what can be done."""
    if article.withdrawn_at:
        said = (moment(article.withdrawn_at, article), article.get_withdrawal_ground_display())
        told = " — ".join([*filter(None, said), f"“{article.withdrawal_reason}”"])
        yield Moment(gettext("WITHDRAWN:"), told, is_loud=True)
        yield Moment(
            gettext("Only a managing editor can put it back, as readers had it."),
            gettext("What is saved here stays a draft."),
        )


def moments(article: Article, now: datetime) -> Iterator[Moment]:
    """Return what lies ahead of an article, the first thing to know first."""
    if article.embargo and article.embargo > now:
        yield Moment(gettext("EMBARGO: not before"), moment(article.embargo, article), is_loud=True)
    coming = article.scheduled_revision if article.pk else None
    if coming is not None:
        what = gettext("A scheduled update takes over on") if article.live else gettext("Goes live by itself on")
        undo_url = reverse("wagtailsnippets_newsroom_article:revisions_unschedule", args=[article.pk, coming.pk])
        yield Moment(what, moment(coming.approved_go_live_at, article), undo_url=undo_url)
        if article.latest_revision_id not in {None, coming.pk}:
            yield Moment(
                gettext("What was saved since is not part of it:"),
                gettext("publish again, so that it is."),
                is_loud=True,
            )
    elif article.go_live_at and article.go_live_at > now:
        yield Moment(gettext("To go live, once it is published, on"), moment(article.go_live_at, article))
    if article.expire_at:
        what = gettext("Disappears by itself on") if article.expire_at > now else gettext("Disappeared by itself on")
        yield Moment(what, moment(article.expire_at, article))


class MomentsPanel(Panel):
    """Shows them, and what other parts of the desk have to say above a text; nothing at all where there is nothing."""

    def __init__(self, *sources: Callable[[Article], Iterable[Moment]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sources = sources

    def clone_kwargs(self) -> dict[str, Any]:
        """Return nothing of its own by name: `clone` hands on the sources."""
        return dict(super().clone_kwargs())

    def clone(self) -> "MomentsPanel":
        """Return a copy with the same sources."""
        return type(self)(*self.sources, **self.clone_kwargs())

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsroom/moments.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the instants in words."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            may_undo = permissions.may(self.request.user, Verb.PUBLISH, self.instance)
            return {**context, "moments": self._moments, "may_undo": may_undo}

        def is_shown(self) -> bool:
            """Tell whether there is anything to say."""
            return bool(super().is_shown()) and bool(self._moments)

        @cached_property
        def _moments(self) -> list[Moment]:
            told = [one for source in self.panel.sources for one in source(self.instance)]
            return [*told, *moments(self.instance, timezone.now())]
