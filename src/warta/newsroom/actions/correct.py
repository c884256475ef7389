"""Publish a correction, with the changed text in the same moment if there is one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from warta.newsroom.actions.twice import AGAIN_WITHIN, SentTwiceError
from warta.newsroom.models import Article, Correction, Version, VersionKind
from warta.newsroom.states import State


class NothingToCorrectError(ValueError):
    """Readers neither have the article nor are they about to: it is a draft, or withdrawn."""


@transaction.atomic
def correct(correction: Correction, *, by: Any, now: datetime, text: Revision | None = None) -> Correction:
    """Publish a correction, new or a draft; from then on it is kept as it is.

    `text` is the revision that puts the article right: it goes live in the same transaction, or takes the place of the
    scheduled one and keeps its second.
    Raises: NothingToCorrectError; SentTwiceError; ValidationError; KeptCorrectionError when it was published before.
    Source: UU 40/1999, 1(13) and 5(3); Kode Etik Jurnalistik, 10; Dewan Pers 1/2012, 4(b) and 4(c).
    """
    article = Article.objects.select_for_update().get(pk=correction.article_id)
    scheduled = None if article.live else article.get_scheduled_revision_as_object()
    if not article.live and scheduled is None:
        raise NothingToCorrectError(f"article {article.pk} is neither published nor scheduled")
    _need_new(correction, by=by, now=now)
    correction.made_at = correction.made_at or now
    correction.made_by = correction.made_by or by
    correction.full_clean()
    correction.published_at, correction.published_by = now, by
    correction.save()
    Article.objects.filter(pk=article.pk, live=True).update(state=State.CORRECTED)
    if text is not None:
        go_live_at = scheduled.go_live_at if scheduled else None
        _publish(article, text, by=by, go_live_at=go_live_at, why=correction.right)
    elif article.live:
        article.keep_first_version()
        Version.keep(article, kind=VersionKind.CORRECTED, at=now, why=correction.right)
    log(
        instance=article,
        action="warta.correct",
        user=by,
        data={
            "correction": correction.pk,
            "kind": correction.kind,
            "seriousness": correction.seriousness,
            "wrong": correction.wrong,
            "right": correction.right,
            "stands_in": correction.stands_in_id,
            "corrects": correction.corrects_id,
            "with_text": text is not None,
        },
    )
    article.leave_dispatch()
    return correction


def _need_new(correction: Correction, *, by: Any, now: datetime) -> None:
    """Refuse what the same person published a moment ago; the article is held, so that two cannot pass at once."""
    same = Correction.objects.published().filter(article=correction.article_id, corrects=correction.corrects_id)
    same = same.filter(wrong=correction.wrong, right=correction.right, published_by=by).exclude(pk=correction.pk)
    if same.filter(published_at__gt=now - AGAIN_WITHIN).exists():
        raise SentTwiceError(f"the same correction of article {correction.article_id} was published a moment ago")


def _publish(article: Article, text: Revision, *, by: Any, go_live_at: datetime | None, why: str) -> None:
    revised = text.as_object()
    if revised.go_live_at != go_live_at:
        revised.go_live_at = go_live_at
        text = revised.save_revision(user=by, clean=False)
    article.publish(text, user=by, skip_permission_checks=True, why=why)
