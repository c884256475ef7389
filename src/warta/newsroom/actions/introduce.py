"""Introduce a person to readers: the contributor whose name stands over articles, and who may sign in as them."""

from typing import Any

from django.db import transaction

from warta.newsroom.models import Contributor


@transaction.atomic
def introduce(full_name: str, *, user: Any = None, role: str = "", initials: str = "", about: str = "") -> Contributor:
    """Return the contributor of a name, made when there is none; empty words are filled, a user is joined once.

    Raises: ValidationError for a name that is empty, or words that are too long.
    """
    name = " ".join(full_name.split())
    person = Contributor.objects.filter(name__iexact=name).first() or Contributor(name=name)
    person.user = person.user or user
    person.role = person.role or role
    person.initials = person.initials or initials
    person.about = person.about or about
    person.full_clean(validate_unique=False)
    person.save()
    return person
