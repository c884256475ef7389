"""Withdraw an article: taken down with a public reason, the address kept."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from warta.lexicon.press_rules import Ground
from warta.newsroom.models import Article, Version, VersionKind
from warta.newsroom.states import State


class NoReasonError(ValueError):
    """A withdrawal needs a reason that readers can be told."""


@transaction.atomic
def withdraw(article: Article, *, by: Any, now: datetime, ground: Ground, reason: str) -> Article:
    """Take an article down on a listed ground; its address answers 410 with ground and reason from the next view on.

    The revision that readers had (or, when they had none yet, the newest) is kept as the one to be put back.

    Raises: NoReasonError.
    Source: Dewan Pers 1/2012, 5(a) and 5(b) for the grounds, 5(c) for the public reason.
    """
    if not reason.strip():
        raise NoReasonError("a withdrawal needs a reason that readers can be told")
    article.catch_up()
    text = article.live_revision_id or article.latest_revision_id
    if article.live:
        article.unpublish(user=by, log_action=False, is_version=False)
        Version.keep(article, kind=VersionKind.WITHDRAWN, at=now, why=reason.strip())
    Article.objects.filter(pk=article.pk).update(
        live=False,
        live_revision=text,
        state=State.WITHDRAWN,
        withdrawn_at=now,
        withdrawal_ground=ground,
        withdrawal_reason=reason.strip(),
    )
    article.revisions.update(approved_go_live_at=None)
    log(instance=article, action="warta.withdraw", user=by, data={"ground": ground, "reason": reason.strip()})
    article.leave_dispatch()
    article.refresh_from_db()
    return article
