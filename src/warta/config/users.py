"""People who sign in to the newsroom, for the command line."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.contrib.auth import password_validation
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction

from warta.newsroom.actions.introduce import introduce
from warta.newsroom.actions.join_desk import NoSuchDeskError, join_desk
from warta.newsroom.permissions import Role
from warta.newsroom.signin import records

_GROUPS: Final = {
    "reporter": Role.REPORTER,
    "editor": Role.EDITOR,
    "managing-editor": Role.MANAGING_EDITOR,
    "photo-editor": Role.PHOTO_EDITOR,
}


class RefusedUserError(ValueError):
    """The person cannot be added or changed; the message says why."""


@transaction.atomic
def add(
    name: str, *, role: str, password: str, full_name: str = "", email: str = "", desks: Iterable[str] = ()
) -> User:
    """Let a person sign in with a role; a full name also makes them a contributor, `desks` a member of desks.

    Raises: RefusedUserError for a name that is taken, unfit or too long, an unknown desk, or a password that is too
    easy.
    """
    full_name = " ".join(full_name.split())
    if User.objects.filter(username=name).exists():
        raise RefusedUserError(f"{name!r} exists already: `warta user password {name}` gives a new password.")
    person = User(username=name, email=email, is_superuser=role == "admin", is_staff=role == "admin")
    person.first_name, _, person.last_name = full_name.partition(" ")
    try:
        person.full_clean(exclude=["password"])
        password_validation.validate_password(password, person)
    except ValidationError as error:
        raise RefusedUserError(" ".join(error.messages)) from error
    person.set_password(password)
    person.save()
    if role in _GROUPS:
        person.groups.add(Group.objects.get(name=_GROUPS[role]))
    try:
        for desk in desks:
            join_desk(person, desk)
    except NoSuchDeskError as error:
        raise RefusedUserError(str(error)) from error
    if full_name:
        try:
            introduce(full_name, user=person)
        except ValidationError as error:
            raise RefusedUserError(f"--full-name: {' '.join(error.messages)}") from error
    return person


def set_password(name: str, password: str) -> None:
    """Give a person a new password; sessions opened with the old one end.

    Raises: RefusedUserError.
    """
    person = User.objects.filter(username=name).first()
    if person is None:
        raise RefusedUserError(f"There is no user {name!r}: `warta user list` shows who there is.")
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        raise RefusedUserError(" ".join(error.messages)) from error
    person.set_password(password)
    person.save(update_fields=["password"])


def forget_factors(name: str) -> int:
    """Take somebody's second factors away, because telephone, key and codes are lost; return how many there were.

    Their sessions end; at the next sign-in they set up new ones.

    Raises: RefusedUserError.
    """
    person = User.objects.filter(username=name).first()
    if person is None:
        raise RefusedUserError(f"There is no user {name!r}: `warta user list` shows who there is.")
    return records.forget_factors(person)


def everyone() -> Iterator[dict[str, str]]:
    """Return name, role and full name of all who may sign in."""
    for person in User.objects.filter(is_active=True).order_by("username").prefetch_related("groups"):
        groups = ", ".join(sorted(group.name for group in person.groups.all()))
        role = "Administrator" if person.is_superuser else groups
        yield {"user": person.username, "role": role, "full_name": person.get_full_name()}
