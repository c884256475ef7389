"""The paper's own style of writing, and the index by which a story that was told before is found."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, Final

from django.db import models
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.signals import published

from warta.newsroom import live
from warta.newsroom.likeness import bands
from warta.newsroom.models.article import Article

_REMEMBERED: Final = timedelta(days=366)


class HouseWord(models.Model):
    """A word that this paper does not write, and the one that it writes."""

    wrong = models.CharField(_("not"), max_length=80, unique=True)
    right = models.CharField(_("but"), max_length=80)

    class Meta:
        ordering: ClassVar = ["wrong"]
        verbose_name = _("house-style word")
        verbose_name_plural = _("house-style words")

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}"


class StoryBand(models.Model):
    """One band of a published article's likeness (`likeness.py`): equal bands, like texts."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    band = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["band", "article"], name="newsroom_story_band")]


def story(article: Article) -> str:
    """Return what an article says, as one text."""
    blocks = (live.said(block) for block in article.body.raw_data)
    return "\n".join([article.headline, article.standfirst, *blocks])


@receiver(published, sender=Article)
def keep_likeness_of_published(instance: Article, **_: Any) -> None:
    """Keep the likeness of what was published, in the transaction that publishes."""
    StoryBand.objects.filter(article=instance).delete()
    keep_likeness([instance])


def keep_likeness(articles: Iterable[Article]) -> None:
    """Keep the likeness of those articles that are of the last year: nobody tells an older story as if it were new."""
    since = timezone.now() - _REMEMBERED
    StoryBand.objects.bulk_create(
        StoryBand(article=article, band=band)
        for article in articles
        if article.published_at >= since
        for band in sorted(set(bands(story(article))))
    )
