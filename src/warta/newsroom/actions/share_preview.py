"""Let somebody without an account read a text before readers do, for a day at most; and take that back."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from wagtail.log_actions import log

from warta.newsroom.models import Article, PreviewLink

LONGEST: Final = timedelta(hours=24)


class NothingToShowError(Exception):
    """The article was never saved, or readers are told that it is withdrawn."""


@transaction.atomic
def share_preview(article: Article, *, by: Any, now: datetime) -> tuple[PreviewLink, str]:
    """Make a link to the article's newest text; return it with its secret, which is told this once.

    Raises: NothingToShowError.
    """
    revision = article.latest_revision
    if revision is None or article.withdrawn_at:
        raise NothingToShowError
    secret = secrets.token_urlsafe(32)
    link = PreviewLink.objects.create(
        article=article, revision=revision, digest=digest(secret), made_by=by, made_at=now, expires_at=now + LONGEST
    )
    log(instance=article, action="warta.share_preview", user=by, data={"link": link.pk})
    return link, secret


@transaction.atomic
def revoke_preview(link: PreviewLink, *, by: Any, now: datetime) -> None:
    """Take a link back; once is enough."""
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        log(instance=link.article, action="warta.revoke_preview", user=by, data={"link": link.pk})


def shared(secret: str, now: datetime) -> Article | None:
    """Return the text that a secret leads to now, None when it leads nowhere (any more)."""
    link = PreviewLink.objects.select_related("article", "revision").filter(digest=digest(secret)).first()
    if link is None or not is_open(link, now):
        return None
    text: Article = link.revision.as_object()
    return text


def is_open(link: PreviewLink, now: datetime) -> bool:
    """Tell whether a link leads anywhere: what was published or withdrawn since needs no preview."""
    published_at = link.article.last_published_at
    is_past = link.revoked_at is not None or now >= link.expires_at or link.article.withdrawn_at is not None
    return not is_past and (published_at is None or published_at <= link.made_at)


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
