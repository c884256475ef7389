"""Open a rubric."""

from django.db import transaction

from warta.lexicon import addresses
from warta.newsroom.models import Rubric


@transaction.atomic
def open_rubric(name: str, *, description: str = "", order: int = 100) -> Rubric:
    """Return the rubric of a name, opened when there is none; one that exists is left as it is."""
    known = Rubric.objects.filter(slug=addresses.slug(name)).first()
    if known is not None:
        return known
    rubric = Rubric(name=name, description=description, order=order)
    rubric.full_clean()
    rubric.save()
    return rubric
