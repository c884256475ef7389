"""Brings what is due into effect: scheduled articles become live, expired ones drafts.

Readers see both at their second without this, by the time test of the paper's store; this makes the newsroom agree.
"""

import logging
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Revision

from warta.newsroom.models import Article

logger = logging.getLogger(__name__)


def bring_into_effect(now: datetime) -> int:
    """Make due articles live and expired ones drafts, each in its own transaction; return how many.

    One that fails is logged and tried again at the next call; the others go on.
    """
    of_articles = ContentType.objects.get_for_model(Article)
    due = Revision.objects.filter(content_type=of_articles, approved_go_live_at__lte=now)
    done = 0
    for revision in due.order_by("approved_go_live_at")[:100]:
        done += _make_live(revision)
    for article in Article.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")[:100]:
        done += _expire(article)
    return done


def _make_live(revision: Revision) -> int:
    try:
        with transaction.atomic():
            article = revision.content_object
            Article.objects.filter(pk=article.pk, first_published_at=None).update(
                first_published_at=revision.approved_go_live_at
            )
            revision.content_object.publish(revision, log_action="wagtail.publish.scheduled")
    except Exception:
        logger.exception("article %s could not be made live; it is tried again", revision.object_id)
        return 0
    return 1


def _expire(article: Article) -> int:
    try:
        article.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    except Exception:
        logger.exception("article %s could not be taken back; it is tried again", article.pk)
        return 0
    return 1
