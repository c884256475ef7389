"""Introduce a person to readers: the contributor whose name stands over articles, and who may sign in as them."""

from typing import Any

from django.db import transaction

from warta.newsroom.models import Contributor


@transaction.atomic
def introduce(full_name: str, *, user: Any = None, role: str = "", initials: str = "", about: str = "") -> Contributor:
    """Return the contributor of a name, made when there is none; empty words are filled, a user is joined once."""
    person = Contributor.objects.filter(name__iexact=full_name).first() or Contributor(name=full_name)
    person.user = person.user or user
    person.role = person.role or role
    person.initials = person.initials or initials
    person.about = person.about or about
    person.save()
    return person
