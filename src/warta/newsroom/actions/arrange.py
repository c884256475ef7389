"""Give readers a front as an editor arranged it, unless somebody else arranged it meanwhile."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.lexicon.fronts import SLOTS
from warta.newsroom.models import Arrangement, Article, Front, Pin, Rubric
from warta.newsroom.permissions import Verb, may, need


class StaleFrontError(Exception):
    """Somebody arranged the front since this editor began; `between` is what they made, the newest first."""

    def __init__(self, between: list[Arrangement]) -> None:
        super().__init__("the front was arranged by somebody else meanwhile")
        self.between = between


class UnchangedFrontError(Exception):
    """Readers have the front like this already."""


class WrongPinError(ValueError):
    """What stands at a place cannot stand there; `why` is `slot`, `twice`, `article` or `until`."""

    def __init__(self, slot: str, why: str) -> None:
        super().__init__(f"{slot}: {why}")
        self.slot, self.why = slot, why


@transaction.atomic
def arrange(
    rubric: Rubric | None, pins: Iterable[Pin], *, by: Any, now: datetime, after: int, back_to: int | None = None
) -> Arrangement:
    """Let readers have these articles at these places of a front; every other place fills by itself.

    `after` is the number of the arrangement from which the editor started, 0 for none. An article that is not yet
    published may be put: its place fills by itself until then.
    Raises: PermissionDenied; WrongPinError; StaleFrontError; UnchangedFrontError; and nothing is changed.
    """
    need(by, Verb.ARRANGE, Front(rubric=rubric))
    given = tuple(pins)
    _check(given, by, now)
    front, _made = Front.objects.get_or_create(rubric=rubric)
    if not Front.objects.filter(pk=front.pk, number=after).update(number=after + 1):
        raise StaleFrontError(list(front.arrangements.filter(number__gt=after).select_related("made_by")[:20]))
    if _lying(front.arrangements.filter(number=after).first(), now) == set(given):
        raise UnchangedFrontError
    made = Arrangement(
        front=front,
        number=after + 1,
        slots=Arrangement.written(given),
        back_to=back_to,
        made_at=now,
        made_by=by,
    )
    made.save()
    told = {"number": made.number, "slots": made.slots, "back_to": back_to}
    log(instance=front, action="warta.arrange", user=by, data=told)
    front.leave_dispatch()
    return made


def may_put(article: Article, by: Any) -> bool:
    """Tell whether somebody may put an article at a place: readers have it or know of it, or it is theirs to see."""
    return bool(article.live or article.withdrawn_at) or may(by, Verb.SEE, article)


def _lying(arrangement: Arrangement | None, now: datetime) -> set[Pin]:
    """Return the pins of an arrangement whose time is not over."""
    return {pin for pin in arrangement.pins if not pin.is_over(now)} if arrangement else set()


def _check(pins: tuple[Pin, ...], by: Any, now: datetime) -> None:
    found = Article.objects.in_bulk([pin.article_id for pin in pins])
    seen = set()
    for pin in pins:
        article = found.get(pin.article_id)
        if pin.slot not in SLOTS:
            raise WrongPinError(pin.slot, "slot")
        if pin.article_id in seen or pin.slot in seen:
            raise WrongPinError(pin.slot, "twice")
        if article is None or not may_put(article, by):
            raise WrongPinError(pin.slot, "article")
        if pin.is_over(now):
            raise WrongPinError(pin.slot, "until")
        seen |= {pin.article_id, pin.slot}
