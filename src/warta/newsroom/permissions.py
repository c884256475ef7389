"""Who may do what: five roles, and desks that hold rubrics. Every screen asks here (`policies.py`), and so do actions.

A role is a group of the same name; an administrator is a superuser. Rights over an article depend on whose it is and on
its rubric; no right follows from knowing its address.
"""

from enum import StrEnum
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet

from warta.newsroom.actions import found
from warta.newsroom.models import Article, Byline, Desk, Front, Rubric, Submission


class Role(StrEnum):
    """What somebody is in the newsroom; the value is the name of the group."""

    REPORTER = found.REPORTERS
    EDITOR = found.EDITORS
    MANAGING_EDITOR = found.MANAGING_EDITORS
    PHOTO_EDITOR = found.PHOTO_EDITORS
    ADMINISTRATOR = "Administrator"


class Verb(StrEnum):
    """What can be done."""

    SEE = "see"
    WRITE = "write"
    EDIT = "edit"
    SUBMIT = "submit"
    SEND_BACK = "send back"
    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    ARRANGE = "arrange"
    BREAK = "break"
    USE_PHOTO = "use photo"
    KEEP_PHOTO = "keep photo"
    NUMBERS = "see all numbers"
    AUDIT = "audit"
    ADMINISTER = "administer"


_OWN: Final = frozenset({Verb.SEE, Verb.EDIT, Verb.SUBMIT})
"""What a reporter may do with their own article; the desk publishes it."""
_HANDED: Final = _OWN | {Verb.SEND_BACK, Verb.PUBLISH}
"""What an editor may do with an article of another desk, while a text waits that files it under their own rubric."""
_REPORTER: Final = _OWN | {Verb.WRITE, Verb.USE_PHOTO, Verb.KEEP_PHOTO}
_EDITOR: Final = _REPORTER | {Verb.SEND_BACK, Verb.PUBLISH, Verb.CORRECT, Verb.ARRANGE, Verb.NUMBERS}
_RIGHTS: Final = {
    Role.REPORTER: _REPORTER,
    Role.EDITOR: _EDITOR,
    Role.MANAGING_EDITOR: frozenset(Verb) - {Verb.ADMINISTER},
    Role.PHOTO_EDITOR: frozenset({Verb.USE_PHOTO, Verb.KEEP_PHOTO}),
    Role.ADMINISTRATOR: frozenset(Verb),
}


def roles(user: Any) -> frozenset[Role]:
    """Return the roles of somebody who is signed in; asked once of each user object."""
    found: frozenset[Role] | None = getattr(user, "_warta_roles", None)
    if found is None:
        found = _asked_roles(user)
        user._warta_roles = found
    return found


def may(user: Any, verb: Verb, on: Article | Rubric | Front | None = None) -> bool:
    """Tell whether somebody may do something: at all, in a rubric, with an article as it is stored now, or a front.

    A rubric's front is for its editors, the front page for managing editors alone.
    """
    held = [role for role in roles(user) if verb in _RIGHTS[role]]
    if on is None or any(role in {Role.ADMINISTRATOR, Role.MANAGING_EDITOR} for role in held):
        return bool(held)
    if isinstance(on, Front) and on.rubric_id is None:
        return False
    if Role.EDITOR in held and _edits(user, on.pk if isinstance(on, Rubric) else on.rubric_id):
        return True
    if not held or not isinstance(on, Article):
        return False
    if verb in _OWN and _is_own(user, on):
        return True
    return Role.EDITOR in held and verb in _HANDED and _handed_to(user).filter(article=on.pk).exists()


def need(user: Any, verb: Verb, on: Article | Rubric | Front | None = None) -> None:
    """Make sure that somebody may do something.

    Raises: PermissionDenied.
    """
    if not may(user, verb, on):
        raise PermissionDenied(f"{user} may not {verb} {on or ''}".strip())


def may_publish(user: Any, article: Article | None, rubric_id: int | None) -> bool:
    """Tell whether somebody may make a text live that files an article (None: a new one) under a rubric.

    A text may change the rubric, so it takes the right on the article as it is stored and on the rubric.
    """
    rubric = Rubric.objects.filter(pk=rubric_id).first() if rubric_id else None
    return rubric is not None and may(user, Verb.PUBLISH, article) and may(user, Verb.PUBLISH, rubric)


def articles_for(user: Any) -> QuerySet[Article]:
    """Return the articles that somebody may see in the newsroom."""
    held = roles(user)
    if held & {Role.ADMINISTRATOR, Role.MANAGING_EDITOR}:
        return Article.objects.all()
    if not held & {Role.REPORTER, Role.EDITOR}:
        return Article.objects.none()
    own = Q(made_by=user) | Exists(Byline.objects.filter(article_id=OuterRef("pk"), contributor__user=user))
    if Role.EDITOR not in held:
        return Article.objects.filter(own)
    if not _has_desk(user):
        return Article.objects.all()
    of_desk = Exists(Desk.objects.filter(members=user, rubrics=OuterRef("rubric_id")))
    handed = Q(pk__in=_handed_to(user).values("article"))  # asked once, and few wait, however many articles there are
    return Article.objects.filter(own | of_desk | handed)


def rubrics_for(user: Any) -> QuerySet[Rubric]:
    """Return the rubrics that somebody publishes."""
    held = roles(user)
    if held & {Role.ADMINISTRATOR, Role.MANAGING_EDITOR} or (Role.EDITOR in held and not _has_desk(user)):
        return Rubric.objects.all()
    return Rubric.objects.filter(desks__members=user) if Role.EDITOR in held else Rubric.objects.none()


def _asked_roles(user: Any) -> frozenset[Role]:
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset({Role.ADMINISTRATOR})
    names = set(user.groups.values_list("name", flat=True))
    return frozenset(role for role in Role if role in names and role is not Role.ADMINISTRATOR)


def _edits(user: Any, rubric_id: int | None) -> bool:
    return Desk.objects.filter(members=user, rubrics=rubric_id).exists() or not _has_desk(user)


def _handed_to(user: Any) -> QuerySet[Submission]:
    """Return what waits with a text that files its article under a rubric of somebody's desks."""
    return Submission.objects.filter(outcome="", rubric__desks__members=user)


def _has_desk(user: Any) -> bool:
    return Desk.objects.filter(members=user).exists()


def _is_own(user: Any, article: Article) -> bool:
    if article.made_by_id == user.pk:
        return True
    return Byline.objects.filter(article_id=article.pk, contributor__user=user).exists()
