"""Welcome a colleague: the person who signs in becomes the contributor whose name stands over articles."""

from typing import Any

from django.db import transaction

from warta.newsroom.models import Contributor


@transaction.atomic
def welcome(user: Any, *, full_name: str, role: str = "", initials: str = "") -> Contributor:
    """Return the contributor of a user, made when there is none of that name or found and joined."""
    known = Contributor.objects.filter(name__iexact=full_name, user=None).first()
    person = known or Contributor(name=full_name)
    person.user = user
    person.role = person.role or role
    person.initials = person.initials or initials
    person.save()
    return person
