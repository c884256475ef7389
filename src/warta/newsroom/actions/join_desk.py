"""Make somebody a member of a desk."""

from typing import Any

from warta.newsroom.models import Desk


class NoSuchDeskError(ValueError):
    """There is no desk of this name; the message says which there are."""


def join_desk(person: Any, name: str) -> Desk:
    """Let a person work for a desk.

    Raises: NoSuchDeskError.
    """
    desk = Desk.objects.filter(name=name).first()
    if desk is None:
        names = ", ".join(Desk.objects.order_by("name").values_list("name", flat=True)[:20]) or "none yet"
        raise NoSuchDeskError(f"There is no desk {name!r}. Desks are made in the newsroom under The paper: {names}.")
    desk.members.add(person)
    return desk
