"""Put breaking news above every page of the paper."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from warta.lexicon import addresses
from warta.lexicon.fronts import BREAKING_LENGTH, BREAKING_SPAN
from warta.newsroom.models import Article, Breaking
from warta.newsroom.permissions import Verb, need


class StaleBreakingError(Exception):
    """Somebody put up other breaking news meanwhile, or ended it; `running` is what readers have now."""

    def __init__(self, running: Breaking | None) -> None:
        super().__init__("the breaking news was changed by somebody else meanwhile")
        self.running = running


class WrongBreakingError(ValueError):
    """It cannot stand above every page; `why` is `text`, `target`, `article`, `path` or `end`."""

    def __init__(self, why: str) -> None:
        super().__init__(f"breaking news cannot be published: {why}")
        self.why = why


@transaction.atomic
def break_news(
    *,
    by: Any,
    now: datetime,
    text: str,
    ends_at: datetime,
    article: Article | None = None,
    path: str = "",
    after: int | None = None,
) -> Breaking:
    """Tell every reader, with a link to an article or to a path of the paper, until `ends_at` (at most 24 hours).

    It takes the place of what runs; `after` is the number of that, None when nothing ran.
    Raises: PermissionDenied; WrongBreakingError; StaleBreakingError.
    """
    need(by, Verb.BREAK)
    target = _checked(text, ends_at, article, path, now)
    running = Breaking.running(now)
    if (running.pk if running else None) != after:
        raise StaleBreakingError(running)
    if running and not Breaking.objects.filter(pk=running.pk, ended_at=None).update(ended_at=now, ended_by=by):
        raise StaleBreakingError(None)
    made = Breaking.objects.create(
        text=text.strip(), article=article, path=target, started_at=now, started_by=by, ends_at=ends_at
    )
    told = {"text": made.text, "article": made.article_id, "path": target, "ends_at": ends_at.isoformat()}
    log(instance=made, action="warta.break", user=by, data=told)
    made.leave_dispatch()
    return made


def _checked(text: str, ends_at: datetime, article: Article | None, path: str, now: datetime) -> str:
    if not 0 < len(text.strip()) <= BREAKING_LENGTH:
        raise WrongBreakingError("text")
    if not now < ends_at <= now + BREAKING_SPAN:
        raise WrongBreakingError("end")
    if bool(article) == bool(path.strip()):
        raise WrongBreakingError("target")
    if article is not None:
        if not article.live:
            raise WrongBreakingError("article")
        return ""
    target = addresses.within(path, settings.WARTA_SITE_URL)
    if target is None:
        raise WrongBreakingError("path")
    return target
