"""What the screen of a front shows: each place with its article in words, and what was found to be put there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from warta.lexicon.fronts import SLOTS
from warta.newsroom.desk.fronts.board import Board, Place
from warta.newsroom.desk.moments import moment
from warta.newsroom.models import Arrangement, Article, Pin
from warta.newsroom.permissions import articles_for
from warta.newsroom.states import State

NAMES: Final[dict[str, str | Promise]] = {
    "lead": gettext_lazy("Lead"),
    "second-1": gettext_lazy("Second 1"),
    "second-2": gettext_lazy("Second 2"),
    "second-3": gettext_lazy("Second 3"),
}
_WHY: Final[dict[str, str | Promise]] = {
    "slot": gettext_lazy("This front has no such place."),
    "twice": gettext_lazy("This article stands at two places: take it out of one of them."),
    "article": gettext_lazy("There is no such article, or not for you to see: take it out."),
    "until": gettext_lazy("This instant has passed: choose a later one, or leave it empty."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One place on the screen; `warning` says why its article is not with readers, `theirs` what another put there.

    `take` is the move that takes it, empty where both have the same.
    """

    slot: str
    name: str
    article_id: int | None
    headline: str
    about: str
    until: str
    warning: str
    errors: list[str]
    theirs: str = ""
    theirs_until: datetime | None = None
    take: str = ""

    @property
    def short(self) -> str:
        """Return its name where there is little room: the seconds are 1, 2 and 3."""
        return self.name if self.is_first else self.slot.rpartition("-")[2]

    @property
    def is_first(self) -> bool:
        """Tell whether nothing stands before it."""
        return self.slot == SLOTS[0]

    @property
    def is_last(self) -> bool:
        """Tell whether nothing stands behind it."""
        return self.slot == SLOTS[-1]


def about(article: Article) -> str:
    """Return rubric, and time or state, of an article."""
    told = moment(article.published_at, article) if article.live else str(State(article.state).label)
    return f"{article.rubric} · {told}"


class Words:
    """Headlines and states of articles as somebody may see them; two queries for all of them."""

    def __init__(self, ids: Iterable[int], user: Any) -> None:
        wanted = set(ids)
        self._found = Article.objects.select_related("rubric").in_bulk(wanted)
        self._own = set(articles_for(user).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()

    def headline(self, number: int | None) -> str:
        """Return the headline; of what is gone, or not this person's to see, that it is so."""
        if not number:
            return ""
        article = self._found.get(number)
        if article is None:
            return _("An article that is not there any more")
        return article.headline if self._may_see(article) else _("An article that is not yours to see")

    def about(self, number: int | None) -> str:
        """Return rubric and time."""
        article = self._found.get(number or 0)
        if article is None or not self._may_see(article):
            return ""
        return about(article)

    def warning(self, number: int | None, now: datetime) -> str:
        """Return why readers do not see it; nothing when they do."""
        article = self._found.get(number or 0)
        if not number or (article and article.live and not (article.expire_at and article.expire_at <= now)):
            return ""
        if article is None:
            return _("It is not there any more: the place fills by itself. Take it out.")
        if article.withdrawn_at:
            return _("It is withdrawn: the place fills by itself.")
        if article.live:
            return _("It has expired: the place fills by itself.")
        if article.state == State.SCHEDULED:
            return _("It is not published yet: until then the place fills by itself.")
        return _("It is not with readers: the place fills by itself.")

    def _may_see(self, article: Article) -> bool:
        return bool(article.live or article.withdrawn_at) or article.pk in self._own


def shown(
    board: Board, *, user: Any, now: datetime, wrong: Mapping[str, list[str]], against: Arrangement | None = None
) -> list[Shown]:
    """Return the places in words; with `against`, beside each what another editor put there meanwhile."""
    theirs = {pin.slot: pin for pin in against.pins if not pin.is_over(now)} if against else {}
    mine = {pin.slot: pin for pin in board.pins()[0]}
    laid = {place.slot: place for place in Board.of(against, now).places}
    words = Words([*board.article_ids, *(pin.article_id for pin in theirs.values())], user)
    return [
        Shown(
            slot=place.slot,
            name=str(NAMES[place.slot]),
            article_id=place.article_id,
            headline=words.headline(place.article_id),
            about=words.about(place.article_id),
            until=place.until,
            warning=_twice(board, place) or words.warning(place.article_id, now),
            errors=wrong.get(place.slot, []),
            theirs=words.headline(laid[place.slot].article_id),
            theirs_until=theirs[place.slot].until if place.slot in theirs else None,
            take=_take(laid[place.slot]) if against and theirs.get(place.slot) != mine.get(place.slot) else "",
        )
        for place in board.places
    ]


def in_words(arrangements: Iterable[Arrangement], user: Any) -> list[tuple[Arrangement, list[tuple[str, str, Pin]]]]:
    """Return arrangements with their places and headlines: two queries for all of them."""
    rows = list(arrangements)
    words = Words([pin.article_id for row in rows for pin in row.pins], user)
    return [(row, [(str(NAMES[pin.slot]), words.headline(pin.article_id), pin) for pin in row.pins]) for row in rows]


def why(reason: str) -> str:
    """Return in words why an article cannot stand at a place."""
    return str(_WHY[reason])


def _take(theirs: Place) -> str:
    return f"take:{theirs.slot}:{theirs.article_id}:{theirs.until}" if theirs.article_id else f"out:{theirs.slot}"


def _twice(board: Board, place: Place) -> str:
    if not place.article_id or board.article_ids.count(place.article_id) < 2:
        return ""
    return why("twice")
