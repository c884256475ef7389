"""Give readers a front as it was once before."""

from datetime import datetime
from typing import Any

from django.db import transaction

from warta.newsroom.actions.arrange import arrange, may_put
from warta.newsroom.models import Arrangement, Article


@transaction.atomic
def put_back_front(old: Arrangement, *, by: Any, now: datetime, after: int) -> Arrangement:
    """Arrange a front as in an older arrangement, without what is over, no longer there or not theirs to put.

    Raises: PermissionDenied; StaleFrontError when readers have another one than number `after`; UnchangedFrontError.
    """
    there = Article.objects.in_bulk([pin.article_id for pin in old.pins])
    there = {number: article for number, article in there.items() if may_put(article, by)}
    pins = [pin for pin in old.pins if pin.article_id in there and not pin.is_over(now)]
    return arrange(old.front.rubric, pins, by=by, now=now, after=after, back_to=old.number)
